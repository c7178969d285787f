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

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.execution.metric.SQLMetric;

/** Counts rows as they pass. */
final class CountedRows extends RowIterator {
  private final RowIterator rows;
  private final SQLMetric counter;

  CountedRows(RowIterator rows, SQLMetric counter) {
    this.rows = rows;
    this.counter = counter;
  }

  @Override
  public boolean advanceNext() {
    boolean atRow = rows.advanceNext();
    if (atRow) {
      counter.add(1);
    }
    return atRow;
  }

  @Override
  public InternalRow getRow() {
    return rows.getRow();
  }
}
