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

import io.feathub.spark.spill.ByteLog;
import io.feathub.spark.spill.RecordLog;
import io.feathub.spark.spill.SpillSpace;

/**
 * The values of a moving frame that can still become its MIN or MAX: each beats all that came after
 * it, so the first one is the result. Each value enters and leaves once.
 *
 * <p>Order is Spark's: NaN is the greatest value, -0.0 equals 0.0 and of the two the earlier one is
 * the result. Of the zeros of one peer group, which has no order where a frame goes by RANGE, it is
 * -0.0.
 *
 * <p>Source: the monotonic wedge of D. Lemire, "Streaming maximum-minimum filter using no more than
 * three comparisons per element", 2006.
 */
final class ExtremeValues {
  private static final int POSITION = 0;
  private static final int GROUP = 1;
  private static final int VALUE = 2;

  private final ValueOrder order;
  private final ValueType type;
  private final boolean leaves;
  private final RecordLog entries;
  private final RecordLog.Cursor head;
  private final ByteLog bytes;

  /**
   * @param leaves whether values leave; else only the best one is kept
   */
  ExtremeValues(ValueType type, boolean greatest, boolean leaves, SpillSpace space) {
    this.type = type;
    this.leaves = leaves;
    this.entries = new RecordLog(space, VALUE + type.words());
    this.head = entries.newCursor();
    this.bytes = type.isBytes() ? new ByteLog(space) : null;
    this.order = new ValueOrder(type, greatest, bytes);
  }

  /**
   * Takes in the value of a later row than all before.
   *
   * @param group the row's peer group, or its position where peers have an order
   * @param source reads the value's bytes, if it is bytes
   */
  void add(long position, long group, long[] cells, int at, ByteLog.Reader source) {
    while (entries.end() > entries.first()) {
      long[] back = entries.tailCells();
      int base = entries.tailBase();
      int sign = order.compare(cells, at, source, back, base + VALUE);
      if (sign == 0 && type.isZero(cells, at)) {
        if (back[base + GROUP] != group) {
          break;
        }
        // The bits of -0.0 are those of 0.0 and one more.
        back[base + VALUE] |= cells[at];
        return;
      }
      if (sign == 0) {
        back[base + POSITION] = position;
        return;
      }
      if (sign < 0) {
        break;
      }
      pop(back, base);
    }
    if (leaves || entries.end() == entries.first()) {
      push(position, group, cells, at, source);
    }
  }

  private void pop(long[] back, int base) {
    if (bytes != null) {
      bytes.truncate(back[base + VALUE]);
    }
    entries.truncate(entries.end() - 1);
  }

  private void push(long position, long group, long[] cells, int at, ByteLog.Reader source) {
    entries.append();
    long[] target = entries.tailCells();
    int base = entries.tailBase();
    target[base + POSITION] = position;
    target[base + GROUP] = group;
    System.arraycopy(cells, at, target, base + VALUE, type.words());
    if (bytes != null) {
      source.moveTo(cells[at]);
      target[base + VALUE] = bytes.append(source.base(), source.offset(), source.length());
    }
  }

  /** Moves to the best value of the rows from a position on; false if there is none. */
  boolean findFrom(long position) {
    long entry = entries.first();
    while (entry < entries.end()) {
      head.moveTo(entry);
      if (head.cells()[head.base() + POSITION] >= position) {
        return true;
      }
      entry++;
    }
    return false;
  }

  /** Lets go of the values of rows before a position. */
  void dropBefore(long position) {
    long entry = entries.first();
    while (entry < entries.end()) {
      head.moveTo(entry);
      if (head.cells()[head.base() + POSITION] >= position) {
        break;
      }
      entry++;
    }
    if (entry > entries.first()) {
      drop(entry);
    }
  }

  private void drop(long entry) {
    if (entry == entries.end()) {
      clear();
      return;
    }
    if (bytes != null) {
      bytes.dropBefore(head.cells()[head.base() + VALUE]);
    }
    entries.dropBefore(entry);
  }

  /** The cells of the value that was found, at {@link #foundAt}. */
  long[] found() {
    return head.cells();
  }

  int foundAt() {
    return head.base() + VALUE;
  }

  /** Where values are that are bytes; null if they are none. */
  ByteLog bytes() {
    return bytes;
  }

  void clear() {
    entries.clear();
    if (bytes != null) {
      bytes.clear();
    }
  }
}
