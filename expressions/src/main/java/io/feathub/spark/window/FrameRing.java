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
package io.feathub.spark.window;

/**
 * The rows of one key that are still in some frame: their times and the values that a function will
 * have to remove, in one array of longs. Rows have positions that count up from the first row of
 * the key; the ring holds those in {@code [first, end)}.
 */
final class FrameRing {
  private static final int INITIAL_ROWS = 8;

  /** The greatest number of longs in one ring, below what Java's arrays can hold. */
  private static final int MAX_CELLS = 1 << 30;

  private final int stride;
  private final StateMemory memory;
  private long[] cells;
  private int mask;
  private long first;
  private long end;

  /**
   * @param stride longs per row: the time, then what the owner keeps
   */
  FrameRing(int stride, StateMemory memory) {
    this.stride = stride;
    this.memory = memory;
    allocate(INITIAL_ROWS);
  }

  /** Bytes of an empty ring, for memory accounting. */
  static long initialBytes(int stride) {
    return 64 + (long) Long.BYTES * INITIAL_ROWS * stride;
  }

  /** Twice a capacity in rows, a power of two as that is. */
  static int doubled(int capacity, int stride) {
    long doubled = 2L * capacity;
    if (doubled * stride > MAX_CELLS) {
      throw WindowErrors.outOfMemory(doubled * stride * Long.BYTES, doubled * stride * 4);
    }
    return (int) doubled;
  }

  long end() {
    return end;
  }

  /** Makes room for a row and returns the index of its time in {@link #cells}. */
  int append() {
    if (end - first > mask) {
      grow();
    }
    return index(end++);
  }

  /** The index of a row's time in {@link #cells}. */
  int index(long position) {
    return (int) (position & mask) * stride;
  }

  long[] cells() {
    return cells;
  }

  long time(long position) {
    return cells[index(position)];
  }

  /** Rows before a position are needed no more. */
  void dropBefore(long position) {
    this.first = position;
  }

  /** Empties the ring and gives back the memory by which it grew. */
  void clear() {
    first = 0;
    end = 0;
    if (mask >= INITIAL_ROWS) {
      memory.release((long) Long.BYTES * (cells.length - INITIAL_ROWS * stride));
      allocate(INITIAL_ROWS);
    }
  }

  private void allocate(int rows) {
    cells = new long[rows * stride];
    mask = rows - 1;
  }

  private void grow() {
    int oldRows = mask + 1;
    int rows = doubled(oldRows, stride);
    // While rows move, both arrays exist.
    memory.reserve((long) Long.BYTES * rows * stride);
    long[] old = cells;
    int oldMask = mask;
    allocate(rows);
    for (long position = first; position < end; position++) {
      System.arraycopy(old, (int) (position & oldMask) * stride, cells, index(position), stride);
    }
    memory.release((long) Long.BYTES * old.length);
  }
}
