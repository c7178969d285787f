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
package io.feathub.spark.asof;

import org.apache.spark.sql.catalyst.InternalRow;

/** How far apart times are, and what is too far. */
interface TimeDistance {

  /** Goes on to distances from the time of this left row. */
  void from(InternalRow leftRow);

  /** Whether a match at this time is within the tolerance. */
  boolean reaches(long left, long right);

  /** Whether the later of two times on either side of the left one is strictly closer. */
  boolean isLaterCloser(long left, long earlier, long later);
}
