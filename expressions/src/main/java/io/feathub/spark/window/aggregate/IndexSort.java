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
package io.feathub.spark.window.aggregate;

/**
 * Puts the indexes of distinct values in the order of the values. The order of the last time is
 * where it starts, so that few changes cost few comparisons.
 */
final class IndexSort {
  private static final int INSERTED = 8;

  private final DistinctValues values;
  private int[] order = new int[0];
  private int[] merged = new int[0];
  private int known;

  IndexSort(DistinctValues values) {
    this.values = values;
  }

  /** Makes room for so many indexes. */
  void resize(int capacity) {
    order = new int[capacity];
    merged = new int[capacity];
    known = 0;
  }

  /** The indexes below {@code size}, of which the values are distinct, in order. */
  int[] sorted(int size) {
    if (size < known) {
      int kept = 0;
      for (int i = 0; i < known; i++) {
        if (order[i] < size) {
          order[kept++] = order[i];
        }
      }
    }
    for (int index = known; index < size; index++) {
      order[index] = index;
    }
    known = size;
    sort(0, size);
    return order;
  }

  private void sort(int from, int to) {
    if (to - from <= INSERTED) {
      insert(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (values.compare(order[middle - 1], order[middle]) > 0) {
      merge(from, middle, to);
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int index = order[i];
      int at = i;
      while (at > from && values.compare(order[at - 1], index) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = index;
    }
  }

  private void merge(int from, int middle, int to) {
    System.arraycopy(order, from, merged, from, middle - from);
    int left = from;
    int right = middle;
    int at = from;
    while (left < middle && right < to) {
      boolean takesLeft = values.compare(merged[left], order[right]) <= 0;
      order[at++] = takesLeft ? merged[left++] : order[right++];
    }
    System.arraycopy(merged, left, order, at, middle - left);
  }
}
