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

import java.util.List;

/** The lower bounds of all frames at the time that is being worked on. */
final class FrameBounds {
  private final LowerBound[] bounds;
  private final long[] values;

  FrameBounds(List<LowerBound> bounds) {
    this.bounds = bounds.toArray(LowerBound[]::new);
    this.values = new long[this.bounds.length];
  }

  void moveTo(long time) {
    for (int i = 0; i < bounds.length; i++) {
      values[i] = bounds[i].of(time);
    }
  }

  long lower(int frame) {
    return values[frame];
  }
}
