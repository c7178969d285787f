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

/** One end of a frame. Both ends are included. */
sealed interface Bound extends Serializable {

  /** The first row of the partition for a lower bound, the last one for an upper bound. */
  record Unbounded() implements Bound {}

  /** RANGE .. CURRENT ROW: the first or last peer of the current row. */
  record Peers() implements Bound {}

  /** RANGE: the first row at or after, or the last row at or before a distance. */
  record Range(Distance distance) implements Bound {}

  /** ROWS: a number of rows from the current one, negative before it. */
  record Rows(long offset) implements Bound {}
}
