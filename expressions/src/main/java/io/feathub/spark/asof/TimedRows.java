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

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * The right rows of an index by position, and their times.
 *
 * <p>A time and what belongs to it lie together: the row itself where all rows have one size and a
 * small one, or else its address.
 */
final class TimedRows implements Serializable {
  /** Above that, rows are not worth copying. */
  private static final int MOST_BYTES_TOGETHER = 128;

  private final long[] words;
  private final int wordsEach;

  /** Of rows that lie with their times; 0 if these have addresses. */
  private final int rowBytes;

  /** Null if rows lie with their times. */
  private final RowPages pages;

  private TimedRows(long[] words, int wordsEach, int rowBytes, RowPages pages) {
    this.words = words;
    this.wordsEach = wordsEach;
    this.rowBytes = rowBytes;
    this.pages = pages;
  }

  /**
   * Puts rows together with their times, if there is memory for it. The memory of the pages is
   * given back then. For a time and an address each memory is reserved already.
   *
   * @param rows their addresses
   * @param count how many of the times and addresses there are
   * @param bytesEach the size of all rows; 0 if they differ
   */
  static TimedRows of(
      long[] times, long[] rows, int count, int bytesEach, RowPages pages, MemoryBudget budget) {
    int wordsTogether = 1 + bytesEach / Long.BYTES;
    boolean small = bytesEach > 0 && bytesEach <= MOST_BYTES_TOGETHER;
    long wordCount = (long) count * wordsTogether;
    if (small && wordCount < Integer.MAX_VALUE - 8 && budget.tryReserve(8 * wordCount)) {
      return together(times, rows, count, bytesEach, pages, budget);
    }
    long[] words = new long[2 * count];
    for (int i = 0; i < count; i++) {
      words[2 * i] = times[i];
      words[2 * i + 1] = rows[i];
    }
    return new TimedRows(words, 2, 0, pages);
  }

  private static TimedRows together(
      long[] times, long[] rows, int count, int rowBytes, RowPages pages, MemoryBudget budget) {
    int wordsEach = 1 + rowBytes / Long.BYTES;
    long[] words = new long[count * wordsEach];
    UnsafeRow row = new UnsafeRow(0);
    for (int i = 0; i < count; i++) {
      int word = i * wordsEach;
      words[word] = times[i];
      pages.read(rows[i], row);
      Platform.copyMemory(
          row.getBaseObject(), row.getBaseOffset(), words, offset(word + 1), rowBytes);
    }
    budget.release(pages.allocatedBytes() + 16L * count);
    pages.clear();
    return new TimedRows(words, wordsEach, rowBytes, null);
  }

  int count() {
    return words.length / wordsEach;
  }

  long time(int position) {
    return words[position * wordsEach];
  }

  /** Reads times that a search between two positions may read, whatever they are. */
  long near(int low, int high) {
    return time(Math.max(low - 1, 0)) ^ time(Math.min(high, count() - 1));
  }

  /** Lets a row point at that of a position; nothing is copied. */
  void read(int position, UnsafeRow row) {
    int word = position * wordsEach + 1;
    if (pages == null) {
      row.pointTo(words, offset(word), rowBytes);
    } else {
      pages.read(words[word], row);
    }
  }

  long sizeInBytes() {
    return 8L * words.length + (pages == null ? 0 : pages.allocatedBytes());
  }

  private static long offset(int word) {
    return Platform.LONG_ARRAY_OFFSET + 8L * word;
  }
}
