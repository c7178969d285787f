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
package io.feathub.spark.grouping;

import io.feathub.spark.grouping.BucketSorter.KeySequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.memory.SparkOutOfMemoryError;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Reads one bucket after the other, from memory, from disk or from both. */
final class BucketReader implements KeyedRows {
  private static final int ROWS_BETWEEN_CHECKS = 1 << 12;

  private final TaskContext task;
  private final SorterMemory memory;
  private final RowStore store;
  private final BucketSorter sorter;
  private final SpilledBuckets spilled;
  private final RunMerger merger;
  private final Runnable atEnd;
  private final int fields;
  private int bucket = -1;
  private int sinceCheck;

  /** All of the bucket; null before the first one and when all is over. */
  private SortedRows rows;

  /** The part of the bucket that was in memory; null if there is none. */
  private BucketCursor cursor;

  /**
   * @param atEnd frees what the rows have taken
   * @param fields how many columns the rows have
   */
  BucketReader(
      TaskContext task,
      SorterMemory memory,
      RowStore store,
      BucketSorter sorter,
      SpilledBuckets spilled,
      RunMerger merger,
      Runnable atEnd,
      int fields) {
    this.task = task;
    this.memory = memory;
    this.store = store;
    this.sorter = sorter;
    this.spilled = spilled;
    this.merger = merger;
    this.atEnd = atEnd;
    this.fields = fields;
  }

  @Override
  public boolean advanceNext() {
    memory.enter();
    try {
      checkKilled();
      while (rows == null || !rows.advance()) {
        if (!nextBucket()) {
          atEnd.run();
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public UnsafeRow row() {
    return rows.row();
  }

  @Override
  public boolean atNewKey() {
    return rows.atNewKey();
  }

  int bucket() {
    return bucket;
  }

  BucketCursor cursor() {
    return cursor;
  }

  /** How many rows in memory were not read yet. */
  long unread() {
    return cursor == null ? store.size() : store.size() - store.count(bucket) + cursor.unread();
  }

  /** Gives up the bucket that is being read. */
  void close() throws IOException {
    SortedRows read = rows;
    rows = null;
    cursor = null;
    if (read != null) {
      read.close();
    }
  }

  /** The rows of one key may take long. */
  private void checkKilled() {
    sinceCheck++;
    if (sinceCheck == ROWS_BETWEEN_CHECKS) {
      sinceCheck = 0;
      task.killTaskIfInterrupted();
    }
  }

  private boolean nextBucket() throws IOException {
    close();
    if (bucket >= 0) {
      store.release(bucket);
    }
    do {
      bucket++;
      if (bucket >= RowStore.BUCKETS) {
        bucket = RowStore.BUCKETS - 1;
        return false;
      }
    } while (store.count(bucket) == 0 && spilled.runs(bucket).isEmpty());
    open();
    return true;
  }

  private void open() throws IOException {
    List<Run> runs = spilled.runs(bucket);
    int count = sort(runs.isEmpty() ? KeySequence.AS_FOUND : KeySequence.BY_HASH);
    if (count > 0) {
      cursor = new BucketCursor(store, sorter, count, fields);
    }
    runs = spilled.runs(bucket);
    rows = runs.isEmpty() ? cursor : merger.open(runs, cursor);
  }

  /** Sorts what is in memory; 0 if that is nothing, or was spilled as memory was wanted for it. */
  private int sort(KeySequence sequence) {
    if (store.count(bucket) == 0) {
      return 0;
    }
    RowStore.Scan scan = store.scan(bucket);
    int count = sorter.sort(scan, store.count(bucket), sequence);
    if (!scan.atChunk()) {
      return count;
    }
    makeRoomForAllKeys();
    return store.count(bucket) == 0
        ? 0
        : sorter.sort(store.scan(bucket), store.count(bucket), sequence);
  }

  private void makeRoomForAllKeys() {
    try {
      sorter.reserveKeys();
    } catch (SparkOutOfMemoryError e) {
      if (store.count(bucket) > 0) {
        throw e;
      }
    }
  }
}
