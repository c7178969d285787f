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

import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;

/** Rows in order as they come. Each is copied, as the one after it is looked at. */
final class SortedRows extends BorderedRows {
  private final RowIterator rows;
  private final KeyBorder border;
  private final BaseOrdering order;
  private final UnsafeRow current;
  private boolean started;
  private boolean hasNext;
  private boolean startsKey;
  private boolean startsPeers;
  private boolean nextStartsKey = true;
  private boolean nextStartsPeers = true;

  /** Tells where a key ends. */
  interface KeyBorder {
    /** Whether the second row, which comes right after the first one, is of another key. */
    boolean isBetween(UnsafeRow one, UnsafeRow next);
  }

  /**
   * @param order by which rows are peers if they are equal
   */
  SortedRows(RowIterator rows, KeyBorder border, BaseOrdering order, int fields) {
    this.rows = rows;
    this.border = border;
    this.order = order;
    this.current = new UnsafeRow(fields);
    current.pointTo(new byte[0], 0);
  }

  @Override
  boolean advance() {
    if (!started) {
      started = true;
      hasNext = rows.advanceNext();
    }
    if (!hasNext) {
      return false;
    }
    startsKey = nextStartsKey;
    startsPeers = nextStartsPeers;
    current.copyFrom((UnsafeRow) rows.getRow());
    hasNext = rows.advanceNext();
    nextStartsKey = true;
    nextStartsPeers = true;
    if (hasNext) {
      UnsafeRow next = (UnsafeRow) rows.getRow();
      nextStartsKey = border.isBetween(current, next);
      nextStartsPeers = nextStartsKey || isLater(next);
    }
    return true;
  }

  private boolean isLater(UnsafeRow next) {
    int comparison = order.compare(current, next);
    if (comparison > 0) {
      throw new IllegalStateException("The input of a streaming window is not sorted.");
    }
    return comparison != 0;
  }

  @Override
  UnsafeRow row() {
    return current;
  }

  @Override
  boolean startsKey() {
    return startsKey;
  }

  @Override
  boolean startsPeers() {
    return startsPeers;
  }

  @Override
  boolean endsKey() {
    return nextStartsKey;
  }

  @Override
  boolean endsPeers() {
    return nextStartsPeers;
  }
}
