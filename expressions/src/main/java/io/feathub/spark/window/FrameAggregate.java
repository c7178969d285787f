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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * One aggregate function over a frame that only moves forward: rows enter at its end and leave at
 * its start, in the order of time. Null values neither enter nor leave.
 *
 * <p>Values are passed as the 64 bits that {@link ValueType#read} gives.
 */
sealed interface FrameAggregate
    permits CountFrame, LongSumFrame, LongAverageFrame, DoubleSumFrame, MonotonicDeque {

  void add(long time, long bits);

  /** The oldest value leaves; when one does, all values of its time leave before the next read. */
  void remove(long time, long bits);

  /** Back to an empty frame; memory that grew with the frame is given back. */
  void clear();

  /** Writes the function's value for the frame as it is. */
  void write(UnsafeRow target, int ordinal);
}
