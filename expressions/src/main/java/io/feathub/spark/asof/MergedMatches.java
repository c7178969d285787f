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

import io.feathub.spark.bucketsort.BucketAndTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;

/**
 * Finds the matches of left rows that come by hash bucket and time, in right rows that come so,
 * too: it moves on in the right rows up to the left row's time, and remembers the last one of each
 * key of the bucket.
 *
 * <p>Looking forward is looking back in rows whose times run backwards.
 */
final class MergedMatches {
  /** An entry of the map and the objects of a key's copy, without the bytes. */
  private static final long ENTRY_BYTES = 160;

  private final RowIterator right;
  private final RightRecords.Reader reader;
  private final TieOrder tieOrder;
  private final boolean allowExactMatches;
  private final MemoryBudget budget;
  private final AsOfMetrics metrics;
  private final int fields;
  private final Map<UnsafeRow, Last> lastOfKey = new HashMap<>();
  private long reserved;
  private long bucketRank = -1;
  private boolean atRow;
  private long rightRank;

  MergedMatches(
      RowIterator right,
      RightRecords.Reader reader,
      TieOrder tieOrder,
      boolean allowExactMatches,
      MemoryBudget budget,
      AsOfMetrics metrics,
      int fields) {
    this.right = right;
    this.reader = reader;
    this.tieOrder = tieOrder;
    this.allowExactMatches = allowExactMatches;
    this.budget = budget;
    this.metrics = metrics;
    this.fields = fields;
    advance();
  }

  /** The last right row of the left row's key that is not too late, or null. */
  Last find(LeftRecords left) {
    long leftRank = BucketAndTime.packUntimed(left.bucket(), true);
    long time = left.time();
    while (atRow && (rightRank < leftRank || (rightRank == leftRank && isInTime(time)))) {
      remember();
      advance();
    }
    return leftRank == bucketRank ? lastOfKey.get(left.key()) : null;
  }

  private boolean isInTime(long leftTime) {
    return allowExactMatches ? reader.time() <= leftTime : reader.time() < leftTime;
  }

  private void advance() {
    atRow = right.advanceNext();
    if (atRow) {
      reader.load((UnsafeRow) right.getRow());
      rightRank = BucketAndTime.packUntimed(reader.bucket(), true);
    }
  }

  private void remember() {
    if (rightRank != bucketRank) {
      lastOfKey.clear();
      budget.release(reserved);
      reserved = 0;
      bucketRank = rightRank;
    }
    UnsafeRow row = (UnsafeRow) right.getRow();
    Last last = lastOfKey.get(reader.key());
    if (last == null) {
      last = new Last(fields);
      reserve(ENTRY_BYTES + reader.key().getSizeInBytes());
      lastOfKey.put(reader.key().copy(), last);
    } else if (last.time == reader.time()) {
      metrics.ties().add(1);
      if (tieOrder.compare(row, last.row) <= 0) {
        return;
      }
    }
    last.set(row, reader.time());
  }

  private void reserve(long bytes) {
    budget.reserve(bytes);
    reserved += bytes;
    metrics.raisePeakState(reserved);
  }

  /** The last right row of a key, copied. */
  final class Last {
    private final UnsafeRow row;
    private byte[] bytes = new byte[0];
    private long time;

    private Last(int fields) {
      row = new UnsafeRow(fields);
    }

    UnsafeRow row() {
      return row;
    }

    long time() {
      return time;
    }

    private void set(UnsafeRow newRow, long newTime) {
      int size = newRow.getSizeInBytes();
      if (size > bytes.length) {
        reserve(size - bytes.length);
        bytes = new byte[size];
      }
      newRow.writeToMemory(bytes, org.apache.spark.unsafe.Platform.BYTE_ARRAY_OFFSET);
      row.pointTo(bytes, size);
      time = newTime;
    }
  }
}
