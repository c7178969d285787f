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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * MIN or MAX of a moving frame. Holds the values that can still become the result: each beats all
 * that came after it, so the first one is the result. Each value enters and leaves once.
 *
 * <p>Order is Spark's: NaN is the greatest value, -0.0 equals 0.0 and of the two the earlier one is
 * the result. Spark leaves open which of two zeros of the same time that is; here it is -0.0.
 */
final class MonotonicDeque implements FrameAggregate {
  /** Bytes of an instance without its arrays, for memory accounting. */
  static final long BYTES = 64 + 2 * 8 * MonotonicDeque.INITIAL;

  private static final int INITIAL = 4;

  private final ValueType type;
  private final int sign;
  private final StateMemory memory;
  private long[] times = new long[INITIAL];
  private long[] values = new long[INITIAL];
  private int head;
  private int size;

  /**
   * @param greatest whether this is MAX
   */
  MonotonicDeque(ValueType type, boolean greatest, StateMemory memory) {
    this.type = type;
    this.sign = greatest ? 1 : -1;
    this.memory = memory;
  }

  @Override
  public void add(long time, long bits) {
    while (size > 0) {
      int back = index(size - 1);
      int order = sign * type.compare(bits, values[back]);
      if (order < 0) {
        break;
      }
      if (order == 0 && !replacesEqual(back, time, bits)) {
        break;
      }
      if (order == 0) {
        return;
      }
      size--;
    }
    append(time, bits);
  }

  /** Whether a value equal to the one at the back needs no place of its own. */
  private boolean replacesEqual(int back, long time, long bits) {
    if (type.isZero(bits)) {
      if (times[back] != time) {
        return false;
      }
      // The bits of -0.0 are those of 0.0 and one more.
      values[back] |= bits;
      return true;
    }
    times[back] = time;
    return true;
  }

  @Override
  public void remove(long time, long bits) {
    while (size > 0 && times[head] <= time) {
      head = head + 1 & times.length - 1;
      size--;
    }
  }

  @Override
  public void clear() {
    head = 0;
    size = 0;
    if (times.length > INITIAL) {
      memory.release(2L * Long.BYTES * (times.length - INITIAL));
      times = new long[INITIAL];
      values = new long[INITIAL];
    }
  }

  @Override
  public void write(UnsafeRow target, int ordinal) {
    if (size == 0) {
      target.setNullAt(ordinal);
    } else {
      type.write(target, ordinal, values[head]);
    }
  }

  private int index(int position) {
    return head + position & times.length - 1;
  }

  private void append(long time, long bits) {
    if (size == times.length) {
      grow();
    }
    int index = index(size);
    times[index] = time;
    values[index] = bits;
    size++;
  }

  private void grow() {
    int capacity = FrameRing.doubled(times.length, 1);
    memory.reserve(2L * Long.BYTES * (capacity - times.length));
    times = unrolled(times, capacity);
    values = unrolled(values, capacity);
    head = 0;
  }

  private long[] unrolled(long[] from, int capacity) {
    long[] to = new long[capacity];
    System.arraycopy(from, head, to, 0, from.length - head);
    System.arraycopy(from, 0, to, from.length - head, head);
    return to;
  }
}
