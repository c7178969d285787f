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

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;

/**
 * The distinct values of a frame, each at an index that its owner gives it. A value in cells is
 * made the current one, is then compared with values held, and may be held itself.
 */
sealed interface DistinctValues permits WordValues, WideValues, ByteValues {
  /** Makes the value in the cells the current one and gives its hash. */
  int moveTo(long[] cells, int at);

  /** Whether the current value equals that at an index. */
  boolean isCurrent(int index);

  /** Holds the current value at an index, which is free. */
  void hold(int index);

  /**
   * Frees the place of a value and moves the value at {@code last} there, which may be the same.
   */
  void replace(int index, int last);

  /** The order of the values at two indexes. */
  int compare(int left, int right);

  void write(int index, UnsafeArrayWriter target, int ordinal);

  /** Bytes of an element in the fixed part of an array. */
  int elementSize();

  /** Bytes that each index takes, apart from values of variable length. */
  int bytesPerIndex();

  /** Allocates places for indexes below {@code capacity}; those held are kept. */
  void resize(int capacity);

  /** Forgets all values, of which there are {@code count}. */
  void clear(int count);
}
