/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package io.feathub.spark.window;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * What the loop of a window does with each row.
 *
 * @param order the ORDER BY column if a frame goes by distance; else null
 * @param lanes of which functions look at the rows
 * @param results the columns that are appended
 */
record WindowPlan(OrderColumn order, Pace pace, List<LanePlan> lanes, StructType results)
    implements Serializable {

  /** Whether all results of a row are also those of its peers. */
  boolean isSameForPeers() {
    return lanes.stream()
        .allMatch(lane -> lane.frames().stream().allMatch(FramePlan::isSameForPeers));
  }

  /** Upper bounds of frames that later rows may be within. */
  List<Bound> boundsAhead() {
    return lanes.stream()
        .flatMap(lane -> lane.frames().stream())
        .map(FramePlan::upper)
        .distinct()
        .toList();
  }
}
