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

import java.util.Comparator;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/** Sorts pairs by the rows that their first longs point at. */
final class RowPairSort extends PairSort {
  private final RowStore store;
  private final Comparator<UnsafeRow> comparator;
  private final UnsafeRow one;
  private final UnsafeRow other;

  /**
   * @param fields how many columns the rows have
   */
  RowPairSort(RowStore store, Comparator<UnsafeRow> comparator, int fields) {
    this.store = store;
    this.comparator = comparator;
    this.one = new UnsafeRow(fields);
    this.other = new UnsafeRow(fields);
  }

  /** Puts each sequence of pairs with equal second longs in order. */
  void sortTies(Object base, long pairs, long room, int count) {
    long end = pairs + (long) count * PAIR;
    long start = pairs;
    while (start < end) {
      long tiesEnd = tiesEnd(base, start, end);
      if (tiesEnd - start > PAIR) {
        mergeSort(base, start, room, (int) ((tiesEnd - start) / PAIR));
      }
      start = tiesEnd;
    }
  }

  private static long tiesEnd(Object base, long start, long end) {
    long value = Platform.getLong(base, start + SECOND);
    long at = start + PAIR;
    while (at < end && Platform.getLong(base, at + SECOND) == value) {
      at += PAIR;
    }
    return at;
  }

  @Override
  boolean inOrder(Object base, long first, long second) {
    store.read(Platform.getLong(base, first), one);
    store.read(Platform.getLong(base, second), other);
    return comparator.compare(one, other) <= 0;
  }
}
