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
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Merges rows that are sorted by hash, key and order, streaming: one row of each input at a time.
 * Of equal rows those of the earlier input come first.
 */
final class MergedRows implements SortedRows {
  private final RowKeys keys;
  private final OrderColumn order;

  /** Null if there is nothing more to compare. */
  private final RowComparator comparator;

  private final List<? extends SortedRows> inputs;

  /** A heap: none is before its parent, at half its index. From 1; null before the first row. */
  private Head[] heap;

  private int size;
  private final UnsafeRow keyRow;
  private byte[] keyBytes = new byte[0];
  private int keyHash;
  private boolean atNewKey;
  private boolean anyRow;

  /**
   * @param inputs in the order in which their rows were inserted
   * @param fields how many columns the rows have
   */
  MergedRows(List<? extends SortedRows> inputs, RowKeys keys, RowOrder order, int fields) {
    this.inputs = inputs;
    this.keys = keys;
    this.order = order.first();
    this.comparator = order.newComparator();
    this.keyRow = new UnsafeRow(fields);
  }

  @Override
  public boolean advance() throws IOException {
    if (heap == null) {
      start();
    } else if (heap[1].advance()) {
      sink(1);
    } else {
      heap[1] = heap[size];
      size--;
      sink(1);
    }
    if (size == 0) {
      return false;
    }
    noteKey();
    return true;
  }

  @Override
  public UnsafeRow row() {
    return heap[1].rows.row();
  }

  @Override
  public int hash() {
    return heap[1].hash;
  }

  @Override
  public boolean atNewKey() {
    return atNewKey;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (SortedRows input : inputs) {
      try {
        input.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void start() throws IOException {
    heap = new Head[inputs.size() + 1];
    for (int i = 0; i < inputs.size(); i++) {
      Head head = new Head(inputs.get(i), i);
      if (head.advance()) {
        size++;
        heap[size] = head;
      }
    }
    for (int i = size / 2; i > 0; i--) {
      sink(i);
    }
  }

  private void sink(int start) {
    Head head = heap[start];
    int at = start;
    while (2 * at <= size) {
      int child = 2 * at;
      if (child < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(head)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = head;
  }

  /** A copy of the first row of a key is kept, as each input reuses its rows. */
  private void noteKey() {
    int hash = hash();
    UnsafeRow row = row();
    atNewKey = !anyRow || hash != keyHash || !keys.equalTo(keyRow, row);
    if (atNewKey) {
      int length = row.getSizeInBytes();
      if (keyBytes.length < length) {
        keyBytes = new byte[length];
      }
      row.writeToMemory(keyBytes, Platform.BYTE_ARRAY_OFFSET);
      keyRow.pointTo(keyBytes, Platform.BYTE_ARRAY_OFFSET, length);
      keyHash = hash;
      anyRow = true;
    }
  }

  /** The row that an input is at. */
  private final class Head {
    private final SortedRows rows;
    private final int index;
    private int hash;
    private int nullRank;
    private long value;

    Head(SortedRows rows, int index) {
      this.rows = rows;
      this.index = index;
    }

    boolean advance() throws IOException {
      if (!rows.advance()) {
        return false;
      }
      hash = rows.hash();
      boolean isNull = order.isNull(rows.row());
      nullRank = isNull ? order.nullRank() : 0;
      value = isNull ? 0 : order.read(rows.row());
      return true;
    }

    boolean isBefore(Head other) {
      int result = Integer.compareUnsigned(hash, other.hash);
      if (result == 0) {
        result = keys.compare(rows.row(), other.rows.row());
      }
      if (result == 0) {
        result = Integer.compare(nullRank, other.nullRank);
      }
      if (result == 0) {
        result = Long.compare(value, other.value);
      }
      if (result == 0 && comparator != null) {
        result = comparator.compare(rows.row(), other.rows.row());
      }
      return result == 0 ? index < other.index : result < 0;
    }
  }
}
