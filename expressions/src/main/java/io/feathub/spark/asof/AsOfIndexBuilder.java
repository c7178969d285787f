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

import io.feathub.spark.FeathubException;
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
 * number, which together order the rows by (key, time). The order of rows with equal key and time
 * is {@link TieOrder}, so the result does not depend on the order in which the rows came. Times
 * that do not fit in a long are ranked first, see {@link TimeRanking}.
 */
final class AsOfIndexBuilder {
  private static final int INITIAL_ROWS = 64;

  /** A key number, a time and an address. */
  private static final long COLLECTING_BYTES_PER_ROW = 20;

  /** While sorting: pairs of longs with room to move them, and positions in two orders. */
  private static final long SORTING_BYTES_PER_ROW = 40;

  /** Where the rows of a key start, in two orders: each key has a row at least. */
  private static final long STARTS_BYTES_PER_ROW = 8;

  /** Asked for while rows come, so that what has come can be indexed. */
  private static final long BYTES_PER_ROW =
      COLLECTING_BYTES_PER_ROW + SORTING_BYTES_PER_ROW + STARTS_BYTES_PER_ROW;

  /** What the index keeps: an order by time and address, and the same again to write it to. */
  private static final long ARRANGED_BYTES_PER_ROW = 16;

  /** An index into an array of pairs of longs, with as much room again for sorting. */
  private static final int MAX_ROWS = (Integer.MAX_VALUE - 8) / 4;

  private final MemoryBudget budget;
  private final RightSide rightSide;
  private final TieOrder tieOrder;
  private final int fields;
  private RowPages pages = new RowPages();
  private KeyTable keys;
  private final UnsafeRow reusedKey;

  private int[] keyNumbers = new int[0];
  private long[] times = new long[0];
  private long[] addresses = new long[0];
  private int size;
  private int leastRowBytes = Integer.MAX_VALUE;
  private int mostRowBytes;

  /** Null if times are encoded. */
  private final TimeRanking ranking;

  AsOfIndexBuilder(RightSide rightSide, MemoryBudget budget) {
    this.budget = budget;
    this.rightSide = rightSide;
    this.tieOrder = rightSide.tieOrder();
    this.fields = rightSide.storedTypes().size();
    this.keys = new KeyTable(rightSide.keys().size());
    this.reusedKey = keys.newReusedKey();
    this.ranking =
        rightSide.hasEncodedTimes()
            ? null
            : new TimeRanking(
                rightSide.storedTime(), rightSide.types().get(rightSide.time()), fields, budget);
  }

  /**
   * Adds the row that they are at, if they are at one, and all that follow.
   *
   * @throws FeathubException if memory is refused; the rows are at the first one then that was not
   *     added
   */
  AsOfIndexBuilder addAll(RightRows rows) {
    for (boolean atRow = rows.atRow() || rows.advance(); atRow; atRow = rows.advance()) {
      add(rows);
    }
    return this;
  }

  /**
   * Does the same as long as there is memory, and says whether there was enough for all. What those
   * lack that give the rows is their failure.
   */
  boolean addThoseThatFit(RightRows rows) {
    boolean atRow = rows.atRow() || rows.advance();
    while (atRow && fits(rows)) {
      atRow = rows.advance();
    }
    return !atRow;
  }

  private boolean fits(RightRows rows) {
    try {
      add(rows);
      return true;
    } catch (FeathubException refused) {
      if (!AsOfErrors.isOutOfMemory(refused)) {
        throw refused;
      }
      return false;
    }
  }

  private void add(RightRows rows) {
    if (size == times.length) {
      grow();
    }
    UnsafeRow stored = rows.stored();
    if (ranking != null) {
      ranking.reserveFor(stored);
    }
    // The row before its key: where memory is refused in between no key is left without a row.
    addresses[size] = pages.append(stored, budget);
    keyNumbers[size] = keys.findOrAdd(rows.key(), reusedKey, budget);
    times[size] = rows.time();
    leastRowBytes = Math.min(leastRowBytes, stored.getSizeInBytes());
    mostRowBytes = Math.max(mostRowBytes, stored.getSizeInBytes());
    size++;
  }

  /** How many rows were added. */
  int size() {
    return size;
  }

  /** Takes rows that were to be indexed. */
  interface Sink {
    void accept(UnsafeRow key, long time, UnsafeRow stored);
  }

  /** Hands over what was added, and gives its memory back on the way. */
  void drain(Sink sink) {
    budget.release((BYTES_PER_ROW - COLLECTING_BYTES_PER_ROW) * times.length);
    UnsafeRow row = new UnsafeRow(fields);
    for (int i = 0; i < size; i++) {
      pages.releaseBefore(addresses[i], budget);
      sink.accept(keys.read(keyNumbers[i], reusedKey), times[i], read(addresses[i], row));
    }
    forget();
    budget.releaseAll();
  }

  /** Whoever holds on to the builder holds on to nothing else. */
  private void forget() {
    forgetRows();
    pages = null;
    keys = null;
  }

  private void forgetRows() {
    keyNumbers = new int[0];
    times = new long[0];
    addresses = new long[0];
    size = 0;
  }

  /** Arranges what was added; the builder is of no use afterwards. */
  AsOfIndex build() {
    pages.trim(budget);
    RankedTimes ranks =
        ranking == null
            ? null
            : ranking.rank(size, (position, row) -> read(addresses[position], row), times);
    int[] firstOfKey = firstOfKey();
    return arranged(byKey(positionsByTime(), firstOfKey), firstOfKey, ranks);
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

  private AsOfIndex arranged(int[] byKeyAndTime, int[] firstOfKey, RankedTimes ranks) {
    long[] keptTimes = new long[size];
    long[] keptRows = new long[size];
    TimeBuckets buckets = new TimeBuckets(size);
    Ties ties = new Ties();
    int count = 0;
    long tied = 0;
    for (int key = 0; key < keys.size(); key++) {
      int firstOfThis = count;
      int beyond = firstOfKey[key + 1];
      for (int first = firstOfKey[key]; first < beyond; ) {
        int next = first + 1;
        while (next < beyond && times[byKeyAndTime[next]] == times[byKeyAndTime[first]]) {
          next++;
        }
        tied += next - first - 1;
        Arrays.fill(keptTimes, count, count + (next - first), times[byKeyAndTime[first]]);
        count += ties.arrange(byKeyAndTime, first, next, keptRows, count);
        first = next;
      }
      buckets.cut(keptTimes, firstOfThis, count);
      keys.setRows(key, firstOfThis, count, keptTimes[firstOfThis], keptTimes[count - 1]);
    }
    long bucketBytes = TimeBuckets.BYTES_PER_ROW * size;
    budget.release(BYTES_PER_ROW * times.length - 2 * ARRANGED_BYTES_PER_ROW * count - bucketBytes);
    forgetRows();
    buckets.trim(count, budget);
    int rowBytes = leastRowBytes == mostRowBytes ? mostRowBytes : 0;
    TimedRows rows = TimedRows.of(keptTimes, keptRows, count, rowBytes, pages, budget);
    budget.release(ARRANGED_BYTES_PER_ROW * count);
    keys.seal(budget);
    AsOfIndex index =
        new AsOfIndex(keys, rows, buckets, fields, !rightSide.keepsTies(), tied, ranks);
    forget();
    return index;
  }

  /** Rows of one key and time. */
  private final class Ties {
    private final UnsafeRow one = new UnsafeRow(fields);
    private final UnsafeRow other = new UnsafeRow(fields);
    private final Comparator<Long> ascending =
        (first, second) -> tieOrder.compare(read(first, one), read(second, other));

    /** Writes the rows' addresses, ascending, or only the greatest one's; and says how many. */
    int arrange(int[] positions, int first, int beyond, long[] target, int at) {
      if (rightSide.keepsTies() && beyond - first > 1) {
        Long[] sorted = new Long[beyond - first];
        Arrays.setAll(sorted, i -> addresses[positions[first + i]]);
        Arrays.sort(sorted, ascending);
        for (int i = 0; i < sorted.length; i++) {
          target[at + i] = sorted[i];
        }
        return sorted.length;
      }
      long greatest = addresses[positions[first]];
      for (int i = first + 1; i < beyond; i++) {
        long address = addresses[positions[i]];
        if (tieOrder.compare(read(address, one), read(greatest, other)) > 0) {
          greatest = address;
        }
      }
      target[at] = greatest;
      return 1;
    }
  }

  private UnsafeRow read(long address, UnsafeRow row) {
    pages.read(address, row);
    return row;
  }

  private void grow() {
    int capacity = size < MAX_ROWS / 2 ? Math.max(INITIAL_ROWS, 2 * size) : MAX_ROWS;
    if (capacity == size) {
      throw AsOfErrors.outOfMemory(BYTES_PER_ROW * size);
    }
    // What there is room for to sort is room for the copies meanwhile.
    budget.reserve(BYTES_PER_ROW * (capacity - size));
    keyNumbers = Arrays.copyOf(keyNumbers, capacity);
    times = Arrays.copyOf(times, capacity);
    addresses = Arrays.copyOf(addresses, capacity);
  }
}
