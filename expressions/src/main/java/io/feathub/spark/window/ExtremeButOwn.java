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
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * MIN or MAX where the current row does not count. The rows before its peer group are in the order
 * of {@link ExtremeValues}; of the group itself the two best are known, so that one is left
 * whichever row is the current one.
 */
final class ExtremeButOwn implements FrameFunction {
  private final ValueType type;
  private final LaneLayout layout;
  private final int input;
  private final boolean peersAreOne;
  private final int at;
  private final ExtremeValues before;
  private final ByteLog.Reader beforeBytes;
  private final ByteLog.Reader laneBytes;
  private final ValueOrder order;
  private final BestTwo peers;
  private final BestTwo peersAndOneMore;
  private final RecordLog.Cursor record;
  private long added;

  ExtremeButOwn(
      ValueType type, boolean greatest, FramePlan frame, int input, Lane lane, SpillSpace space) {
    this.type = type;
    this.layout = lane.layout();
    this.input = input;
    this.peersAreOne = type.isFloatingPoint() && frame.movesByPeers();
    this.at = layout.input(input);
    this.before = new ExtremeValues(type, greatest, frame.leaves(), space);
    this.beforeBytes = before.bytes() == null ? null : before.bytes().newReader();
    this.laneBytes = lane.newReader();
    this.order = new ValueOrder(type, greatest, before.bytes());
    this.record = lane.log().newCursor();
    this.peers = new BestTwo(type, greatest, peersAreOne, input, lane);
    this.peersAndOneMore = new BestTwo(type, greatest, peersAreOne, input, lane);
  }

  @Override
  public void enter(long position, long[] cells, int base) {}

  @Override
  public void leave(long[] cells, int base) {}

  @Override
  public void clear() {
    added = 0;
    before.clear();
    peers.clear();
    peersAndOneMore.clear();
  }

  @Override
  public void write(FrameSelection selection, UnsafeRowWriter target, int ordinal) {
    long peersFrom = Math.min(selection.groupStart(), selection.end());
    addUpTo(peersFrom, selection.start() - 1);
    boolean oneMore = selection.added() != FrameSelection.NONE;
    long from = oneMore ? selection.added() : selection.start();
    before.dropBefore(selection.start() - 1);
    boolean found = before.findFrom(from);
    BestTwo best = oneMore ? peersAndOneMore : peers;
    best.find(Math.max(peersFrom, from), selection.end());
    long peer = best.without(selection.removed());
    if (peer != FrameSelection.NONE) {
      record.moveTo(peer);
      if (!found
          || order.compare(
                  record.cells(), record.base() + at, laneBytes, before.found(), before.foundAt())
              > 0) {
        type.write(target, ordinal, record.cells(), record.base() + at, laneBytes);
        return;
      }
    }
    if (found) {
      type.write(target, ordinal, before.found(), before.foundAt(), beforeBytes);
    } else {
      target.setNullAt(ordinal);
    }
  }

  /** Adds the rows of earlier groups, but those that have left the frame already. */
  private void addUpTo(long end, long start) {
    added = Math.max(added, start);
    if (added >= end) {
      return;
    }
    record.moveTo(added);
    while (true) {
      long[] cells = record.cells();
      int base = record.base();
      if (layout.isPresent(cells, base, input)) {
        long group = peersAreOne ? cells[base + layout.group()] : added;
        before.add(added, group, cells, base + at, laneBytes);
      }
      added++;
      if (added == end) {
        return;
      }
      record.next();
    }
  }

  @Override
  public long oldestNeeded(long start, long end) {
    return Math.max(added, start - 1);
  }
}
