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

import org.apache.spark.unsafe.array.LongArray;

/**
 * The memory in which one bucket is sorted. It is taken while rows are inserted, as large as the
 * largest bucket needs, so that there is always enough to sort and spill.
 *
 * @param array all of it
 * @param rows how many rows there is room for: for two pairs of longs and an int each
 * @param keys how many keys there is room for
 * @param slots of the hash table, a power of two, at least twice as many as keys
 */
record SortRoom(LongArray array, int rows, int keys, int slots) {
  /** Of a key's group, see {@link KeyGroups}. */
  static final int GROUP_BYTES = 24;

  private static final int KEYS_LIKE_ROWS = 16 << 10;
  private static final int ROWS_PER_KEY = 8;

  /** As many as an array can hold; more rows of a bucket have to be spilled. */
  static final int MOST_ROWS = 1 << 27;

  /**
   * How many keys there should be room for if all that is known is the number of rows: all of a
   * small bucket, which are likely to be distinct; many rows in one bucket are of few keys.
   */
  static int usualKeys(int rows) {
    return Math.max(Math.min(rows, KEYS_LIKE_ROWS), rows / ROWS_PER_KEY);
  }

  /** May make the owner of the memory spill. Fails as Spark does if there is not enough. */
  static SortRoom allocate(SorterMemory memory, int rows, int keys) {
    int slots = Integer.highestOneBit(Math.max(1, keys - 1)) << 2;
    long bytes =
        rows * (2L * PairSort.PAIR)
            + words(rows)
            + (long) keys * (PairSort.PAIR + GROUP_BYTES)
            + words(slots);
    return new SortRoom(memory.array(bytes / Long.BYTES), rows, keys, slots);
  }

  Object base() {
    return array.getBaseObject();
  }

  /** Where the sorted pairs of [pointer, order] are in the end. */
  long pairs() {
    return array.getBaseOffset();
  }

  /** Where the pairs are in the order of insertion, later what sorting needs. */
  long otherPairs() {
    return pairs() + (long) rows * PairSort.PAIR;
  }

  /** An int for each row: its key, and in which part of the key's rows it is. */
  long parts() {
    return otherPairs() + (long) rows * PairSort.PAIR;
  }

  /** What sorting the keys needs. */
  long keyPairs() {
    return parts() + words(rows);
  }

  long groups() {
    return keyPairs() + (long) keys * PairSort.PAIR;
  }

  /** Ints: the numbers of keys, from 1. */
  long table() {
    return groups() + (long) keys * GROUP_BYTES;
  }

  /** The bytes of so many ints, in full words. */
  private static long words(int ints) {
    return ((long) ints * Integer.BYTES + 7) & ~7L;
  }
}
