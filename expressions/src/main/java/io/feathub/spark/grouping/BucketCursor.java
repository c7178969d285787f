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
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Reads a bucket that was sorted in memory. The rows that were not read yet may be spilled; it goes
 * on with the file then. The row that it is at stays in memory until the next one.
 */
final class BucketCursor implements SortedRows {
  private final RowStore store;
  private final BucketSorter sorter;
  private final UnsafeRow row;
  private int next;
  private int count;
  private long pointer = RowStore.NONE;

  /** What was spilled; null if nothing was. */
  private SortedRows rest;

  /** Why the rest is lost; null if it is not. */
  private IOException failure;

  /**
   * @param count how many rows the sorter has sorted
   * @param fields how many columns the rows have
   */
  BucketCursor(RowStore store, BucketSorter sorter, int count, int fields) {
    this.store = store;
    this.sorter = sorter;
    this.count = count;
    this.row = new UnsafeRow(fields);
  }

  @Override
  public boolean advance() throws IOException {
    if (next < count) {
      pointer = sorter.pointer(next);
      store.read(pointer, row);
      next++;
      return true;
    }
    return advanceRest();
  }

  private boolean advanceRest() throws IOException {
    if (failure != null) {
      throw failure;
    }
    pointer = RowStore.NONE;
    store.freeKept();
    return rest != null && rest.advance();
  }

  @Override
  public UnsafeRow row() {
    return pointer == RowStore.NONE ? rest.row() : row;
  }

  @Override
  public int hash() {
    return pointer == RowStore.NONE ? rest.hash() : store.hash(pointer);
  }

  @Override
  public boolean atNewKey() {
    return pointer == RowStore.NONE ? rest.atNewKey() : (pointer & BucketSorter.FIRST_OF_KEY) != 0;
  }

  /** How many rows in memory were not read yet. */
  int unread() {
    return count - next;
  }

  /** What must stay in memory: the row that this is at, or {@link RowStore#NONE}. */
  long kept() {
    return pointer;
  }

  /** Writes the rows that were not read yet; there are some. They are still here. */
  Run writeUnread(SpillWriter writer) {
    UnsafeRow unread = new UnsafeRow(row.numFields());
    for (int i = next; i < count; i++) {
      long unreadPointer = sorter.pointer(i);
      store.read(unreadPointer, unread);
      writer.write(
          unread, store.hash(unreadPointer), (unreadPointer & BucketSorter.FIRST_OF_KEY) != 0);
    }
    return writer.endRun();
  }

  /** Goes on with what was written instead of what is in memory. */
  void continueWith(SortedRows written) {
    count = next;
    rest = written;
  }

  /** The rows that were not read yet are neither in memory nor on disk. */
  void fail(IOException reason) {
    count = next;
    failure = reason;
  }

  @Override
  public void close() throws IOException {
    if (rest != null) {
      rest.close();
    }
  }
}
