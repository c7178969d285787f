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

import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.array.LongArray;
import org.apache.spark.unsafe.memory.MemoryBlock;
import org.apache.spark.util.collection.unsafe.sort.RadixSort;

/**
 * Collects the right rows of an as-of join in any order and arranges them as an {@link AsOfIndex}.
 *
 * <p>Linear in the rows: one stable radix sort of all times, then one stable counting sort by key
 * number, which together order the rows by (key, time). Of rows with equal key and time the
 * greatest stays, so the result does not depend on the order in which the rows came.
 */
final class AsOfIndexBuilder {
  private static final int INITIAL_ROWS = 1024;

  /** A key number, a time and an address. */
  private static final long BYTES_PER_ROW = 20;

  /** While sorting: pairs of longs with room to move them, and positions in two orders. */
  private static final long SORTING_BYTES_PER_ROW = 40;

  /** An index into an array of pairs of longs, with as much room again for sorting. */
  private static final int MAX_ROWS = (Integer.MAX_VALUE - 8) / 4;

  private final MemoryBudget budget;
  private final Comparator<UnsafeRow> tieOrder;
  private final int fields;
  private final RowPages pages = new RowPages();
  private final KeyTable keys;
  private final UnsafeRow reusedKey;

  private int[] keyNumbers;
  private long[] times;
  private long[] addresses;
  private int size;

  /**
   * @param keyFields the number of key columns
   * @param fields the number of columns of the right rows
   * @param tieOrder which of two rows with equal key and time is greater
   */
  AsOfIndexBuilder(int keyFields, int fields, Comparator<UnsafeRow> tieOrder, MemoryBudget budget) {
    this.budget = budget;
    this.tieOrder = tieOrder;
    this.fields = fields;
    this.keys = new KeyTable(pages, keyFields, budget);
    this.reusedKey = keys.newReusedKey();
    budget.reserve(BYTES_PER_ROW * INITIAL_ROWS);
    this.keyNumbers = new int[INITIAL_ROWS];
    this.times = new long[INITIAL_ROWS];
    this.addresses = new long[INITIAL_ROWS];
  }

  /** Adds a row, which is copied. */
  void add(UnsafeRow key, long time, UnsafeRow row) {
    if (size == times.length) {
      grow();
    }
    keyNumbers[size] = keys.findOrAdd(key, reusedKey, budget);
    times[size] = time;
    addresses[size] = pages.append(row, budget);
    size++;
  }

  /** Arranges what was added; the builder is of no use afterwards. */
  AsOfIndex build() {
    pages.trim(budget);
    long startsBytes = 4L * (keys.size() + 1);
    budget.reserve(SORTING_BYTES_PER_ROW * size + 2 * startsBytes);
    int[] firstOfKey = firstOfKey();
    int[] sorted = byKey(positionsByTime(), firstOfKey);
    AsOfIndex index = withoutTies(sorted, firstOfKey);
    // The index holds 16 bytes a row, which the sorting has paid for.
    budget.release(
        (SORTING_BYTES_PER_ROW - 16) * size + BYTES_PER_ROW * times.length + startsBytes);
    return index;
  }

  /** Where each key's rows start in the order by key, and where the last one's end. */
  private int[] firstOfKey() {
    int[] starts = new int[keys.size() + 1];
    for (int i = 0; i < size; i++) {
      starts[keyNumbers[i] + 1]++;
    }
    for (int key = 0; key < keys.size(); key++) {
      starts[key + 1] += starts[key];
    }
    return starts;
  }

  private int[] byKey(int[] byTime, int[] firstOfKey) {
    int[] byKeyAndTime = new int[size];
    int[] next = Arrays.copyOf(firstOfKey, keys.size());
    for (int position : byTime) {
      byKeyAndTime[next[keyNumbers[position]]++] = position;
    }
    return byKeyAndTime;
  }

  private int[] positionsByTime() {
    // Pairs of (position, time), followed by as much room as the sort needs to move them.
    long[] pairs = new long[4 * size];
    for (int i = 0; i < size; i++) {
      pairs[2 * i] = i;
      pairs[2 * i + 1] = times[i];
    }
    LongArray array = new LongArray(MemoryBlock.fromLongArray(pairs));
    int sortedFrom = RadixSort.sortKeyPrefixArray(array, 0, size, 0, 7, false, true);
    int[] positions = new int[size];
    for (int i = 0; i < size; i++) {
      positions[i] = (int) pairs[sortedFrom + 2 * i];
    }
    return positions;
  }

  private AsOfIndex withoutTies(int[] byKeyAndTime, int[] firstOfKey) {
    UnsafeRow kept = new UnsafeRow(fields);
    UnsafeRow candidate = new UnsafeRow(fields);
    int[] starts = new int[keys.size() + 1];
    long[] keptTimes = new long[size];
    long[] keptRows = new long[size];
    int count = 0;
    for (int key = 0; key < keys.size(); key++) {
      starts[key] = count;
      for (int i = firstOfKey[key]; i < firstOfKey[key + 1]; i++) {
        int position = byKeyAndTime[i];
        if (count == starts[key] || keptTimes[count - 1] != times[position]) {
          keptTimes[count] = times[position];
          keptRows[count] = addresses[position];
          count++;
          continue;
        }
        pages.read(keptRows[count - 1], kept);
        pages.read(addresses[position], candidate);
        if (tieOrder.compare(candidate, kept) > 0) {
          keptRows[count - 1] = addresses[position];
        }
      }
    }
    starts[keys.size()] = count;
    return new AsOfIndex(
        pages,
        keys,
        fields,
        starts,
        Arrays.copyOf(keptTimes, count),
        Arrays.copyOf(keptRows, count),
        size - count);
  }

  private void grow() {
    int capacity = size < MAX_ROWS / 2 ? 2 * size : MAX_ROWS;
    if (capacity == size) {
      throw AsOfErrors.outOfMemory(BYTES_PER_ROW * size);
    }
    budget.reserve(BYTES_PER_ROW * capacity);
    keyNumbers = Arrays.copyOf(keyNumbers, capacity);
    times = Arrays.copyOf(times, capacity);
    addresses = Arrays.copyOf(addresses, capacity);
    budget.release(BYTES_PER_ROW * size);
  }
}
