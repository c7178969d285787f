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

import io.feathub.spark.grouping.KeyGroupSorter;
import io.feathub.spark.grouping.KeyedRows;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;

/** Groups the rows of an input by key and sorts them. The input is read up first. */
final class GroupedRows extends RowIterator {
  private final RowIterator input;
  private final KeyGroupSorter sorter;
  private KeyedRows rows;

  GroupedRows(RowIterator input, KeyGroupSorter sorter) {
    this.input = input;
    this.sorter = sorter;
  }

  @Override
  public boolean advanceNext() {
    if (rows == null) {
      while (input.advanceNext()) {
        sorter.insert((UnsafeRow) input.getRow());
      }
      rows = sorter.sorted();
    }
    return rows.advanceNext();
  }

  @Override
  public InternalRow getRow() {
    return rows.row();
  }

  /** Whether the row is the first one of its key. */
  boolean atNewKey() {
    return rows.atNewKey();
  }
}
