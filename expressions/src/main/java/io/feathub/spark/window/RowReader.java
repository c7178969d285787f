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

import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Reads of a row its order value and the row in which the inputs and conditions of functions are.
 * What it returns is valid until the next row.
 */
final class RowReader {
  private final UnsafeProjection projection;
  private final OrderColumn column;
  private UnsafeRow columns;
  private boolean untimed;
  private long order;

  /**
   * @param projection makes the row of the columns that are read; null if that is the row itself
   * @param column null if no frame goes by distance
   */
  RowReader(UnsafeProjection projection, OrderColumn column) {
    this.projection = projection;
    this.column = column;
  }

  void load(UnsafeRow row) {
    columns = projection == null ? row : projection.apply(row);
    if (column != null) {
      untimed = columns.isNullAt(column.ordinal());
      order = untimed ? 0 : column.read(columns);
    }
  }

  UnsafeRow columns() {
    return columns;
  }

  /** Whether the order value is null. */
  boolean untimed() {
    return untimed;
  }

  /** The order value, ascending; 0 if it is null. */
  long order() {
    return order;
  }
}
