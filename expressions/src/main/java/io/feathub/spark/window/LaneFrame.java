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

import io.feathub.spark.spill.RecordLog;
import io.feathub.spark.window.recent.Exclusion;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * A frame over a lane: two ends that move forward along the lane's rows, and the functions over the
 * rows between them.
 *
 * <p>Where the bounds lie is decided as Spark's own operator does it: a row enters when it is not
 * beyond the upper bound, and leaves when it is the first one and before the lower bound. No bound
 * moves back, though the clock may, where a day of the calendar has 25 hours.
 */
final class LaneFrame {
  private final Lane lane;
  private final RecordLog log;
  private final LaneLayout layout;
  private final FramePlan plan;
  private final FrameFunction[] functions;
  private final int[] results;
  private final FrameSelection selection;
  private final RecordLog.Cursor entering;
  private final RecordLog.Cursor leaving;
  private final boolean leaves;
  private final long mostRows;
  private long lowerOrder;
  private long upperOrder;
  private long largest;

  LaneFrame(Lane lane, FramePlan plan, FrameFunction[] functions) {
    this.lane = lane;
    this.log = lane.log();
    this.layout = lane.layout();
    this.plan = plan;
    this.functions = functions;
    this.results = plan.functions().stream().mapToInt(FunctionPlan::result).toArray();
    this.selection = new FrameSelection(log, lane.newReader());
    this.entering = log.newCursor();
    this.leaving = log.newCursor();
    this.leaves = plan.leaves();
    this.mostRows = plan.exclude() == Exclusion.CURRENT_TIME ? plan.limit() - 1 : plan.limit();
  }

  FramePlan plan() {
    return plan;
  }

  /** The most rows that the frame has had. */
  long largest() {
    return largest;
  }

  void clear() {
    selection.clear();
    for (FrameFunction function : functions) {
      function.clear();
    }
  }

  /** Takes the row in that was added to the lane last. */
  void enter(long position, long[] cells, int base) {
    for (FrameFunction function : functions) {
      function.enter(position, cells, base);
    }
    selection.setEnd(position + 1);
  }

  /**
   * Moves to the frame of a row.
   *
   * @param own the row's place in the lane, or {@link FrameSelection#NONE}
   */
  void moveTo(CurrentRow row, long own) {
    findBounds(row);
    if (!plan.entersAtOnce()) {
      enterUpTo(row);
    }
    if (leaves) {
      leaveBefore(row);
    }
    largest = Math.max(largest, selection.end() - selection.start());
    if (plan.exclude() != Exclusion.NONE) {
      exclude(row, own);
    }
  }

  /** Writes the values of all functions for the rows of the frame. */
  void write(UnsafeRowWriter target) {
    for (int i = 0; i < functions.length; i++) {
      functions[i].write(selection, target, results[i]);
    }
  }

  /** The first row that is still needed, here or when the frame moves on. */
  long oldestNeeded() {
    long oldest = selection.end();
    if (leaves) {
      oldest = selection.start() - (plan.exclude().differsAmongPeers() ? 1 : 0);
    }
    if (plan.exclude() != Exclusion.NONE) {
      oldest = Math.min(oldest, lane.groupStart());
    }
    for (FrameFunction function : functions) {
      oldest = Math.min(oldest, function.oldestNeeded(selection.start(), selection.end()));
    }
    return Math.max(oldest, 0);
  }

  private void findBounds(CurrentRow row) {
    if (row.untimed()) {
      return;
    }
    if (plan.lower() instanceof Bound.Range range) {
      lowerOrder = range.distance().from(row.order());
    }
    if (!plan.entersAtOnce() && plan.upper() instanceof Bound.Range range) {
      upperOrder = range.distance().from(row.order());
    }
  }

  private void enterUpTo(CurrentRow row) {
    long rows = log.end();
    if (selection.end() == rows) {
      return;
    }
    entering.moveTo(selection.end());
    while (isWithin(row, selection.end())) {
      enter(selection.end(), entering.cells(), entering.base());
      if (selection.end() == rows) {
        return;
      }
      entering.next();
    }
  }

  /** Whether the row that would enter next is not beyond the upper bound. */
  private boolean isWithin(CurrentRow row, long position) {
    long[] cells = entering.cells();
    int base = entering.base();
    if (plan.exclude().keepsPeersOut() && cells[base + layout.group()] >= row.group()) {
      return false;
    }
    if (plan.upper() instanceof Bound.Rows rows) {
      return lane.positionInKey(position, cells, base) <= row.position() + rows.offset();
    }
    if (plan.upper() instanceof Bound.Unbounded) {
      return true;
    }
    if (row.untimed() || plan.upper() instanceof Bound.Peers) {
      return cells[base + layout.group()] <= row.group();
    }
    return position < lane.timedTo() && cells[base + layout.order()] <= upperOrder;
  }

  private void leaveBefore(CurrentRow row) {
    long position = selection.start();
    long end = selection.end();
    if (position == end) {
      return;
    }
    leaving.moveTo(position);
    while (end - position > mostRows || isBefore(row, position, leaving.cells(), leaving.base())) {
      for (FrameFunction function : functions) {
        function.leave(leaving.cells(), leaving.base());
      }
      position++;
      if (position == end) {
        break;
      }
      leaving.next();
    }
    selection.setStart(position);
  }

  /** Whether a row lies before the lower bound. */
  private boolean isBefore(CurrentRow row, long position, long[] cells, int base) {
    if (plan.lower() instanceof Bound.Range && !row.untimed()) {
      return position < lane.timedFrom()
          || (cells[base + layout.order()] < lowerOrder && position < lane.timedTo());
    }
    if (plan.lower() instanceof Bound.Rows rows) {
      return lane.positionInKey(position, cells, base) < row.position() + rows.offset();
    }
    return !(plan.lower() instanceof Bound.Unbounded) && cells[base + layout.group()] < row.group();
  }

  private void exclude(CurrentRow row, long own) {
    selection.setGroupStart(lane.groupStartOf(row.group()));
    if (plan.exclude() == Exclusion.CURRENT_TIME) {
      boolean ownRow = own != FrameSelection.NONE && reaches(row);
      selection.exclude(FrameSelection.NONE, ownRow ? own : oneMore(row));
    } else if (plan.exclude() == Exclusion.CURRENT_ROW
        && own >= selection.start()
        && own < selection.end()) {
      selection.exclude(own, oneMore(row));
    } else {
      selection.exclude(FrameSelection.NONE, FrameSelection.NONE);
    }
  }

  /** Whether the frame of a row reaches to the row itself. */
  private boolean reaches(CurrentRow row) {
    // A distance from infinity is infinity.
    return row.untimed() || !(plan.upper() instanceof Bound.Range) || upperOrder >= row.order();
  }

  /** The row before the first one, if only the limit keeps it out. */
  private long oneMore(CurrentRow row) {
    long before = selection.start() - 1;
    if (before < 0 || selection.end() - selection.start() != mostRows) {
      return FrameSelection.NONE;
    }
    RecordLog.Cursor record = selection.at(before);
    return isBefore(row, before, record.cells(), record.base()) ? FrameSelection.NONE : before;
  }
}
