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

/** The two best values among neighbouring rows of a lane. */
final class BestTwo {
  private final ValueType type;
  private final LaneLayout layout;
  private final int input;
  private final boolean peersAreOne;
  private final ValueOrder order;
  private final ByteLog.Reader bytes;
  private final RecordLog.Cursor record;
  private final RecordLog.Cursor other;
  private long from;
  private long to;
  private long best;
  private long second;

  /**
   * @param peersAreOne whether peers have no order among each other
   */
  BestTwo(ValueType type, boolean greatest, boolean peersAreOne, int input, Lane lane) {
    this.type = type;
    this.layout = lane.layout();
    this.input = input;
    this.peersAreOne = peersAreOne;
    this.order = new ValueOrder(type, greatest, lane.bytes());
    this.bytes = lane.newReader();
    this.record = lane.log().newCursor();
    this.other = lane.log().newCursor();
    clear();
  }

  void clear() {
    from = 0;
    to = 0;
    best = FrameSelection.NONE;
    second = FrameSelection.NONE;
  }

  /** Looks at the rows of {@code [newFrom, newTo)}, unless these were the last ones looked at. */
  void find(long newFrom, long newTo) {
    if (newFrom == from && newTo == to) {
      return;
    }
    clear();
    from = newFrom;
    to = newTo;
    if (from >= to) {
      return;
    }
    record.moveTo(from);
    for (long position = from; ; record.next()) {
      if (layout.isPresent(record.cells(), record.base(), input)) {
        rank(position);
      }
      if (++position == to) {
        return;
      }
    }
  }

  private void rank(long position) {
    if (beats(best)) {
      second = best;
      best = position;
    } else if (beats(second)) {
      second = position;
    }
  }

  /** Whether the row that is looked at is better than one before it. */
  private boolean beats(long position) {
    if (position == FrameSelection.NONE) {
      return true;
    }
    other.moveTo(position);
    int at = record.base() + layout.input(input);
    int otherAt = other.base() + layout.input(input);
    int sign = order.compare(record.cells(), at, bytes, other.cells(), otherAt);
    // Of two zeros of the same time the negative one, as in ExtremeValues.
    return sign > 0
        || (sign == 0
            && peersAreOne
            && type.isZero(record.cells(), at)
            && record.cells()[at] < other.cells()[otherAt]);
  }

  /** The best row that is not this one, or {@link FrameSelection#NONE}. */
  long without(long position) {
    return best == position ? second : best;
  }
}
