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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Groups the rows of one bucket by key, and sorts the rows of each key. The rows stay where they
 * are: what is moved are pairs of a pointer and the order of its row.
 *
 * <p>A bucket fits in the cache unless there are very many rows, which is what makes this fast: one
 * scan finds the key of each row, the pairs are then distributed by key as in a counting sort, and
 * those of each key are sorted, which mostly finds them in order.
 */
final class BucketSorter {
  /** The first row of a key. */
  static final long FIRST_OF_KEY = 1;

  private static final int LEAST_ROWS = 64;

  /** In which order keys come. */
  enum KeySequence {
    AS_FOUND,
    /** By hash as an unsigned number, then {@link RowKeys#compare}. */
    BY_HASH
  }

  private final SorterMemory memory;
  private final OrderColumn order;
  private final int nullPart;
  private final KeyGroups groups;
  private final LongPairSort longSort = new LongPairSort();

  /** Null if there is nothing more to compare. */
  private final RowPairSort tieSort;

  private final RowPairSort keySort;
  private final RowStore store;
  private final UnsafeRow row;
  private SortRoom room;
  private Object base;
  private long pairs;
  private long otherPairs;
  private long parts;
  private int count;
  private long nanos;

  BucketSorter(SorterMemory memory, RowStore store, RowKeys keys, RowOrder order, int fields) {
    this.memory = memory;
    this.store = store;
    this.order = order.first();
    this.nullPart = this.order.nullRank() < 0 ? 0 : 1;
    this.groups = new KeyGroups(store, keys, fields);
    RowComparator comparator = order.newComparator();
    this.tieSort = comparator == null ? null : new RowPairSort(store, comparator, fields);
    this.keySort = new RowPairSort(store, keys::compare, fields);
    this.row = new UnsafeRow(fields);
  }

  /** How many rows can be sorted. */
  int capacity() {
    return room == null ? 0 : room.rows();
  }

  /**
   * Takes memory for more rows, and some beyond. Its owner may be asked to spill, with what there
   * is, and to free that. Fails as Spark does if there is not enough.
   */
  void reserve(int rows) {
    int wanted = Math.max(rows, Math.max(LEAST_ROWS, capacity() + capacity() / 4));
    reserve(wanted, SortRoom.usualKeys(wanted));
  }

  /** Takes memory for as many keys as there is for rows. */
  void reserveKeys() {
    reserve(room.rows(), room.rows());
  }

  private void reserve(int rows, int keys) {
    SortRoom larger = SortRoom.allocate(memory, rows, keys);
    free();
    room = larger;
  }

  /** Gives the memory back; what was sorted is gone. */
  void free() {
    if (room != null) {
      memory.freeArray(room.array());
      room = null;
    }
  }

  /**
   * Sorts rows from a place on, until the end of the bucket or as many as there is memory for the
   * keys of; the place moves on.
   *
   * @param rows how many there are at most
   * @return how many they are
   */
  int sort(RowStore.Scan scan, int rows, KeySequence sequence) {
    long start = System.nanoTime();
    base = room.base();
    pairs = room.pairs();
    otherPairs = room.otherPairs();
    parts = room.parts();
    count = 0;
    groups.begin(room, rows);
    boolean goesOn = true;
    while (goesOn && scan.atChunk()) {
      goesOn = scanChunk(scan);
    }
    place(sequence);
    distribute();
    for (int key = 0; key < groups.size(); key++) {
      sortKey(key);
    }
    nanos += System.nanoTime() - start;
    return count;
  }

  /** The time that sorting took, in nanoseconds. */
  long nanos() {
    return nanos;
  }

  /** Of the rows that were sorted last; the lowest bits are flags. */
  long pointer(int position) {
    return Platform.getLong(base, pairs + (long) position * PairSort.PAIR);
  }

  /** Finds the keys of a chunk's rows; false if there is no room for another key. */
  private boolean scanChunk(RowStore.Scan scan) {
    Object page = scan.page();
    long end = scan.end();
    long toPointer = scan.toPointer();
    long at = scan.offset();
    while (at < end) {
      int hash = Platform.getInt(page, at);
      int length = Platform.getInt(page, at + Integer.BYTES);
      row.pointTo(page, at + RowStore.ROW_HEADER, length);
      int key = groups.findOrAdd(hash, row, at + toPointer);
      if (key == KeyGroups.NOT_FOUND) {
        scan.resumeAt(at);
        return false;
      }
      boolean isNull = order.isNull(row);
      int part = isNull ? nullPart : 1 - nullPart;
      groups.count(key, part);
      long pair = otherPairs + (long) count * PairSort.PAIR;
      Platform.putLong(base, pair, at + toPointer);
      Platform.putLong(base, pair + PairSort.SECOND, isNull ? 0 : order.read(row));
      Platform.putInt(base, parts + (long) count * Integer.BYTES, key << 1 | part);
      count++;
      at += RowStore.ROW_HEADER + length;
    }
    scan.nextChunk();
    return true;
  }

  /** Says where the rows of each key go. */
  private void place(KeySequence sequence) {
    int start = 0;
    switch (sequence) {
      case AS_FOUND -> {
        for (int key = 0; key < groups.size(); key++) {
          start = groups.place(key, start);
        }
      }
      case BY_HASH -> {
        sortKeys();
        for (int i = 0; i < groups.size(); i++) {
          long first = pointer(i);
          store.read(first, row);
          start = groups.place(groups.findOrAdd(store.hash(first), row, first), start);
        }
      }
    }
  }

  private void sortKeys() {
    for (int key = 0; key < groups.size(); key++) {
      long pair = pairs + (long) key * PairSort.PAIR;
      Platform.putLong(base, pair, groups.firstRow(key));
      Platform.putLong(base, pair + PairSort.SECOND, Integer.toUnsignedLong(groups.hash(key)));
    }
    longSort.sort(base, pairs, room.keyPairs(), groups.size());
    keySort.sortTies(base, pairs, room.keyPairs(), groups.size());
  }

  private void distribute() {
    for (int i = 0; i < count; i++) {
      int keyAndPart = Platform.getInt(base, parts + (long) i * Integer.BYTES);
      long place = groups.nextPlace(keyAndPart >>> 1, keyAndPart & 1);
      PairSort.copy(base, otherPairs + (long) i * PairSort.PAIR, pairs + place * PairSort.PAIR);
    }
  }

  private void sortKey(int key) {
    int start = groups.start(key);
    int middle = groups.end(key, 0);
    sortPart(start, middle);
    sortPart(middle, groups.end(key, 1));
    long first = pairs + (long) start * PairSort.PAIR;
    Platform.putLong(base, first, Platform.getLong(base, first) | FIRST_OF_KEY);
  }

  private void sortPart(int from, int to) {
    int size = to - from;
    if (size > 1) {
      long start = pairs + (long) from * PairSort.PAIR;
      longSort.sort(base, start, otherPairs, size);
      if (tieSort != null) {
        tieSort.sortTies(base, start, otherPairs, size);
      }
    }
  }
}
