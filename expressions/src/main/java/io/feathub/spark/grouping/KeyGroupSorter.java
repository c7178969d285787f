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

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.memory.SparkOutOfMemoryError;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Brings the rows of each key together, in order: those of key 7 by time, then those of key 3 by
 * time, and so on. In which order the keys come means nothing.
 *
 * <p>Rows are divided into 256 buckets by a hash of their key when they are inserted. A bucket is
 * then grouped and sorted at once, which happens in the processor's cache: a sort of all rows would
 * wait for memory with each row that is read in its order. Rows that are equal in the order stay as
 * they were inserted, whatever is spilled.
 *
 * <p>What it keeps in memory are the rows, 8 bytes more for each, and for the largest bucket alone
 * 36 bytes for each row and about 50 for each key. When there is no more it writes all rows to a
 * file, bucket by bucket, each sorted; buckets are then merged from the files and the memory while
 * they are read, one row of each at a time, so that a key's rows need not fit in memory. Another
 * operator of the task that asks for memory makes it spill too, also while rows are read.
 *
 * <p>For the use of one task, which frees everything when it ends.
 */
public final class KeyGroupSorter {
  private final RowKeys keys;
  private final SorterMemory memory;
  private final RowStore store;
  private final BucketSorter sorter;
  private final SpillFiles files;
  private final SpilledBuckets spilled;
  private final BucketReader reader;
  private final SpillLimits limits;
  private boolean isReading;
  private long bytesSpilled;

  /**
   * @param fields how many columns the rows have
   * @param task that inserts and reads the rows
   */
  public KeyGroupSorter(RowKeySpec keySpec, RowOrder order, int fields, TaskContext task) {
    this(keySpec, order, fields, task, SpillLimits.of(SparkEnv.get().conf()), SpillFiles.of(task));
  }

  KeyGroupSorter(
      RowKeySpec keySpec,
      RowOrder order,
      int fields,
      TaskContext task,
      SpillLimits limits,
      SpillFiles files) {
    this.limits = limits;
    this.files = files;
    keys = keySpec.newKeys();
    memory = new SorterMemory(task.taskMemoryManager(), this::spillAll);
    store = new RowStore(memory, task.taskMemoryManager());
    sorter = new BucketSorter(memory, store, keys, order, fields);
    spilled = new SpilledBuckets(files, store, sorter, fields);
    RunMerger merger = new RunMerger(files, task, keys, order, fields, limits.fanIn());
    reader = new BucketReader(task, memory, store, sorter, spilled, merger, this::close, fields);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> close());
  }

  /** Copies a row. */
  public void insert(UnsafeRow row) {
    memory.enter();
    if (store.size() >= limits.rows()) {
      spillNow();
    }
    int hash = keys.load(row);
    int bucket = RowStore.bucketOf(hash);
    int length = row.getSizeInBytes();
    if (store.count(bucket) >= sorter.capacity() || !store.hasRoom(bucket, length)) {
      makeRoom(bucket, length);
    }
    store.append(hash, row);
  }

  /** All rows; nothing is inserted any more. To be called once. */
  public KeyedRows sorted() {
    isReading = true;
    return reader;
  }

  /** Time spent in sorting, in nanoseconds. */
  public long sortNanos() {
    return sorter.nanos();
  }

  /** The most memory that was held at a time, in bytes. */
  public long peakMemory() {
    return memory.peak();
  }

  /** How much memory was given back by spilling, in bytes. */
  public long spillBytes() {
    return bytesSpilled;
  }

  /**
   * Frees all memory and files. Happens by itself when all rows are read and when the task ends.
   */
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sorter.free();
      store.clear(RowStore.NONE);
      files.deleteAll();
    }
  }

  /** Each step may spill all rows that there are, and so undo the one before. */
  private void makeRoom(int bucket, int length) {
    if (store.isFullOfPages()
        || memory.getUsed() >= limits.bytes()
        || store.count(bucket) == SortRoom.MOST_ROWS) {
      spillNow();
    }
    if (store.count(bucket) >= sorter.capacity()) {
      makeRoomToSort(store.count(bucket) + 1);
    }
    if (!store.hasRoom(bucket, length)) {
      store.makeRoom(bucket, length);
    }
    if (sorter.capacity() == 0) {
      // All rows were spilled for the page, which may have taken all that there is.
      store.clear(RowStore.NONE);
      sorter.reserve(1);
      store.makeRoom(bucket, length);
    }
  }

  private void makeRoomToSort(int count) {
    try {
      sorter.reserve(count);
    } catch (SparkOutOfMemoryError e) {
      // All rows were spilled to no avail: there are none to be sorted any more.
      if (store.size() > 0) {
        throw e;
      }
      sorter.reserve(1);
    }
  }

  private void spillNow() {
    try {
      memory.spill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what was not read yet, and frees all memory but that of the row that is being read. If
   * there is nothing to write while rows are inserted, a page may just have been taken for the
   * first one: that stays.
   */
  private void spillAll() throws IOException {
    boolean anyUnread = reader.unread() > 0;
    if (!anyUnread && !isReading) {
      return;
    }
    BucketCursor cursor = reader.cursor();
    if (anyUnread) {
      spilled.writeAll(cursor, reader.bucket());
    }
    long before = memory.getUsed();
    store.clear(cursor == null ? RowStore.NONE : cursor.kept());
    sorter.free();
    if (anyUnread) {
      long freed = before - memory.getUsed();
      bytesSpilled += freed;
      files.countMemorySpilled(freed);
    }
  }
}
