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
package io.feathub.spark.window.aggregate;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * One aggregate function over a moving frame. It sees the values of one key at a time; null values
 * neither enter nor leave.
 *
 * <p>A value is one or two 64-bit words in an array of its caller:
 *
 * <ul>
 *   <li>booleans, integers, dates, times, timestamps and intervals: their number;
 *   <li>floating-point values: the bits of the double;
 *   <li>decimals of at most 18 digits: the unscaled number;
 *   <li>decimals of more digits: the high and the low word of the unscaled 128-bit number;
 *   <li>values of variable length: a handle, by which the value itself can be found.
 * </ul>
 */
public interface FrameAggregate {
  /** A value enters; its words start at {@code cells[at]}. */
  void add(long[] cells, int at);

  /** A value leaves that entered before; its words start at {@code cells[at]}. */
  void remove(long[] cells, int at);

  /** Back to an empty frame; memory that grew with the frame is given back. */
  void clear();

  /** Writes the function's value for the frame as it is; the target's null bits are zero before. */
  void write(UnsafeRowWriter target, int ordinal);
}
