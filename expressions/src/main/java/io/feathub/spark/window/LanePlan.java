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

/**
 * The rows that some functions look at, and what is kept of them.
 *
 * @param condition the column that is true for these rows, or {@link LaneLayout#NONE}
 * @param required columns that are not null in these rows
 * @param inputs the columns that are kept
 * @param types how these are held
 */
record LanePlan(
    int condition,
    List<Integer> required,
    List<Integer> inputs,
    List<ValueType> types,
    LaneLayout layout,
    List<FramePlan> frames)
    implements Serializable {

  boolean keepsBytes() {
    return types.stream().anyMatch(ValueType::isBytes);
  }

  /** Whether all rows of the key are in this lane. */
  boolean takesAllRows() {
    return condition == LaneLayout.NONE && required.isEmpty();
  }
}
