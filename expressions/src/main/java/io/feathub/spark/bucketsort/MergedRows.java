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
package io.feathub.spark.bucketsort;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;

/** Merges two inputs that are both sorted by bucket, in the order of packed longs, then time. */
final class MergedRows extends RowIterator {
  private final Side left;
  private final Side right;
  private final TimeOrder order;
  private Side current;

  MergedRows(Side left, Side right, TimeOrder order) {
    this.left = left;
    this.right = right;
    this.order = order;
  }

  @Override
  public boolean advanceNext() {
    if (current == null) {
      left.advance();
      right.advance();
    } else {
      current.advance();
    }
    current = isLeftNext() ? left : right;
    return current.atRow;
  }

  @Override
  public InternalRow getRow() {
    return current.rows.getRow();
  }

  private boolean isLeftNext() {
    if (!left.atRow || !right.atRow) {
      return left.atRow;
    }
    BucketedRow l = left.reader;
    BucketedRow r = right.reader;
    int buckets = Long.compare(left.bucketRank, right.bucketRank);
    return buckets < 0
        || (buckets == 0 && order.compare(l.untimed(), l.time(), r.untimed(), r.time()) <= 0);
  }

  /** One input and the row that it is at. */
  static final class Side {
    private final RowIterator rows;
    private final BucketedRow reader;
    private boolean atRow;
    private long bucketRank;

    Side(RowIterator rows, BucketedRow reader) {
      this.rows = rows;
      this.reader = reader;
    }

    private void advance() {
      atRow = rows.advanceNext();
      if (atRow) {
        reader.load((UnsafeRow) rows.getRow());
        bucketRank = BucketAndTime.packUntimed(reader.bucket(), true);
      }
    }
  }
}
