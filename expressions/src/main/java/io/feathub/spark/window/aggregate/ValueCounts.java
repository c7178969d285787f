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

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.Platform;

/**
 * How often each distinct value is in the frame, as a map from values to counts in the order of the
 * values; null for a frame without values. Frames with the same values give the same bytes.
 *
 * <p>{@code [b, a, b]} gives {@code {a: 1, b: 2}}.
 *
 * <p>The distinct values are held in a hash table: each has an index, the indexes have no gaps, and
 * an open-addressing table finds them. A value that enters or leaves costs a look-up; reading costs
 * a sort of the distinct values. The table takes up to {@value #BYTES_PER_INDEX} bytes and the
 * value for each place, of which there are up to twice as many as distinct values; it cannot spill.
 */
final class ValueCounts implements FrameAggregate {
  /** Count, hash, two slots, and two indexes for sorting. */
  private static final int BYTES_PER_INDEX = 8 + 4 + 2 * 4 + 2 * 4;

  private static final int INITIAL = 8;
  private static final int FREE = -1;

  private final DistinctValues values;
  private final FrameMemory memory;
  private final IndexSort sort;
  private long[] counts = new long[0];
  private int[] hashes = new int[0];
  private int[] slots;
  private int capacity;
  private int size;
  private UnsafeRowWriter boundTarget;
  private UnsafeArrayWriter keyWriter;
  private UnsafeArrayWriter countWriter;

  ValueCounts(DistinctValues values, FrameMemory memory) {
    this.values = values;
    this.memory = memory;
    this.sort = new IndexSort(values);
    allocate(INITIAL);
  }

  /** Spreads all bits of a word over the low bits of its hash. */
  static int hash(long word) {
    long product = word * 0x9E37_79B9_7F4A_7C15L;
    return (int) (product >>> 32 ^ product >>> 15);
  }

  @Override
  public void add(long[] cells, int at) {
    int hash = values.moveTo(cells, at);
    int slot = slotOfCurrent(hash);
    if (slots[slot] != FREE) {
      counts[slots[slot]]++;
      return;
    }
    if (size == capacity) {
      grow();
      slot = slotOfCurrent(hash);
    }
    values.hold(size);
    counts[size] = 1;
    hashes[size] = hash;
    slots[slot] = size++;
  }

  @Override
  public void remove(long[] cells, int at) {
    int slot = slotOfCurrent(values.moveTo(cells, at));
    int index = slots[slot];
    if (index == FREE) {
      throw new IllegalStateException("a value leaves that is not in the frame");
    }
    counts[index]--;
    if (counts[index] == 0) {
      drop(slot);
    }
  }

  /** The slot of the current value, or the free one where it belongs. */
  private int slotOfCurrent(int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != FREE && !(hashes[slots[slot]] == hash && values.isCurrent(slots[slot]))) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void drop(int slot) {
    int index = slots[slot];
    int last = size - 1;
    free(slot);
    if (index != last) {
      slots[slotOf(last)] = index;
    }
    values.replace(index, last);
    counts[index] = counts[last];
    hashes[index] = hashes[last];
    size--;
  }

  /** Frees a slot, into which those behind it move that were kept off their place by it. */
  private void free(int slot) {
    int mask = slots.length - 1;
    int hole = slot;
    for (int next = slot + 1 & mask; slots[next] != FREE; next = next + 1 & mask) {
      int home = hashes[slots[next]] & mask;
      if ((next - home & mask) >= (next - hole & mask)) {
        slots[hole] = slots[next];
        hole = next;
      }
    }
    slots[hole] = FREE;
  }

  private int slotOf(int index) {
    int mask = slots.length - 1;
    int slot = hashes[index] & mask;
    while (slots[slot] != index) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int before = capacity;
    int after = Math.multiplyExact(2, before);
    memory.reserve(bytes(after));
    allocate(after);
    memory.release(bytes(before));
  }

  /** Bytes that were reserved for a capacity; the initial one is a constant of each function. */
  private long bytes(int capacity) {
    return capacity == INITIAL ? 0 : (long) (BYTES_PER_INDEX + values.bytesPerIndex()) * capacity;
  }

  private void allocate(int capacity) {
    this.capacity = capacity;
    values.resize(capacity);
    sort.resize(capacity);
    counts = Arrays.copyOf(counts, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    slots = new int[Math.multiplyExact(2, capacity)];
    Arrays.fill(slots, FREE);
    int mask = slots.length - 1;
    for (int index = 0; index < size; index++) {
      int slot = hashes[index] & mask;
      while (slots[slot] != FREE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = index;
    }
  }

  @Override
  public void clear() {
    values.clear(size);
    size = 0;
    if (capacity > INITIAL) {
      int before = capacity;
      allocate(INITIAL);
      memory.release(bytes(before));
    } else {
      Arrays.fill(slots, FREE);
    }
  }

  @Override
  public void write(UnsafeRowWriter target, int ordinal) {
    if (size == 0) {
      target.setNullAt(ordinal);
      return;
    }
    bind(target);
    int[] order = sort.sorted(size);
    // A map is the bytes of its keys, then the array of keys, then that of values.
    int start = target.cursor();
    target.grow(Long.BYTES);
    target.increaseCursor(Long.BYTES);
    keyWriter.initialize(size);
    for (int i = 0; i < size; i++) {
      values.write(order[i], keyWriter, i);
    }
    Platform.putLong(target.getBuffer(), start, target.cursor() - start - Long.BYTES);
    countWriter.initialize(size);
    for (int i = 0; i < size; i++) {
      countWriter.write(i, counts[order[i]]);
    }
    target.setOffsetAndSizeFromPreviousCursor(ordinal, start);
  }

  private void bind(UnsafeRowWriter target) {
    if (boundTarget != target) {
      boundTarget = target;
      keyWriter = new UnsafeArrayWriter(target, values.elementSize());
      countWriter = new UnsafeArrayWriter(target, Long.BYTES);
    }
  }
}
