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

import io.feathub.spark.window.recent.Exclusion;
import java.io.Serializable;
import java.util.List;

/**
 * A frame over a lane, with the functions over it.
 *
 * @param limit the most rows; {@link #NO_LIMIT} if there is none
 * @param entersAtOnce whether each row is within the upper bound as soon as it is in the lane
 */
record FramePlan(
    Bound lower,
    Bound upper,
    Exclusion exclude,
    long limit,
    boolean entersAtOnce,
    List<FunctionPlan> functions)
    implements Serializable {
  static final long NO_LIMIT = Long.MAX_VALUE;

  FramePlan with(List<FunctionPlan> newFunctions) {
    return new FramePlan(lower, upper, exclude, limit, entersAtOnce, newFunctions);
  }

  /** Whether rows leave the frame before its key ends. */
  boolean leaves() {
    return limit != NO_LIMIT || !(lower instanceof Bound.Unbounded);
  }

  /** Whether peers enter and leave together, so that they have no order among each other. */
  boolean movesByPeers() {
    return limit == NO_LIMIT && !(lower instanceof Bound.Rows) && !(upper instanceof Bound.Rows);
  }

  /** Whether all rows of a peer group have the same frame. */
  boolean isSameForPeers() {
    return !exclude.differsAmongPeers()
        && !(lower instanceof Bound.Rows)
        && !(upper instanceof Bound.Rows);
  }
}
