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

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * One function over a frame. Rows enter and leave in order, each once; what {@link #write} gives is
 * the value for the rows that the frame has {@linkplain FrameSelection selected}.
 */
interface FrameFunction {

  /** A row of the lane becomes the last one of the frame. */
  void enter(long position, long[] cells, int base);

  /** The first row of the frame leaves it. */
  void leave(long[] cells, int base);

  /** The frame has no rows any more; the next key begins. */
  void clear();

  /** Writes the value for the selected rows. */
  void write(FrameSelection selection, UnsafeRowWriter target, int ordinal);

  /** The first row, up to a position, that the function will look up in the lane by itself. */
  default long oldestNeeded(long start, long end) {
    return end;
  }
}
