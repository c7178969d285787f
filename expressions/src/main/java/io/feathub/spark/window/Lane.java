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
import io.feathub.spark.window.aggregate.FrameAggregates;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * The rows of the current key that satisfy a condition, as far back as a frame reaches, and the
 * frames over them.
 */
final class Lane {
  private final LanePlan plan;
  private final LaneLayout layout;
  private final int[] required;
  private final int[] inputs;
  private final ValueType[] types;
  private final RecordLog log;
  private final ByteLog bytes;
  private final LaneFrame[] frames;
  private final RecordLog.Cursor oldest;
  private long timedFrom;
  private long timedTo;
  private long groupStart;
  private long lastGroup;
  private long emitted;

  Lane(LanePlan plan, SpillSpace space, FrameAggregates aggregates) {
    this.plan = plan;
    this.layout = plan.layout();
    this.required = plan.required().stream().mapToInt(Integer::intValue).toArray();
    this.inputs = plan.inputs().stream().mapToInt(Integer::intValue).toArray();
    this.types = plan.types().toArray(ValueType[]::new);
    this.log = new RecordLog(space, layout.stride());
    this.bytes = plan.keepsBytes() ? new ByteLog(space) : null;
    this.frames = new LaneFrame[plan.frames().size()];
    for (int i = 0; i < frames.length; i++) {
      FramePlan frame = plan.frames().get(i);
      FrameFunction[] functions = new FrameFunction[frame.functions().size()];
      for (int j = 0; j < functions.length; j++) {
        functions[j] = frame.functions().get(j).newFunction(frame, this, space, aggregates);
      }
      frames[i] = new LaneFrame(this, frame, functions);
    }
    this.oldest = log.newCursor();
    clear();
  }

  RecordLog log() {
    return log;
  }

  LaneLayout layout() {
    return layout;
  }

  /** Reads values that are bytes; null if there are none. */
  ByteLog.Reader newReader() {
    return bytes == null ? null : bytes.newReader();
  }

  /** Where values are that are bytes; null if there are none. */
  ByteLog bytes() {
    return bytes;
  }

  LaneFrame[] frames() {
    return frames;
  }

  /** Forgets all rows; the next key begins. */
  void clear() {
    log.clear();
    if (bytes != null) {
      bytes.clear();
    }
    for (LaneFrame frame : frames) {
      frame.clear();
    }
    timedFrom = 0;
    timedTo = Long.MAX_VALUE;
    groupStart = 0;
    lastGroup = -1;
    emitted = 0;
  }

  /**
   * Takes a row in if it satisfies the condition, and says whether it does.
   *
   * @param place where the row stands among those of its key
   */
  boolean add(RowReader row, CurrentRow place, boolean nullsFirst) {
    UnsafeRow columns = row.columns();
    if (!accepts(columns)) {
      return false;
    }
    long position = log.append();
    long[] cells = log.tailCells();
    int base = log.tailBase();
    if (place.group() != lastGroup) {
      lastGroup = place.group();
      groupStart = position;
    }
    if (place.untimed()) {
      if (nullsFirst) {
        timedFrom = position + 1;
      } else {
        timedTo = Math.min(timedTo, position);
      }
    }
    write(columns, place, cells, base);
    for (LaneFrame frame : frames) {
      if (frame.plan().entersAtOnce()) {
        frame.enter(position, cells, base);
      }
    }
    return true;
  }

  private boolean accepts(UnsafeRow columns) {
    int condition = plan.condition();
    if (condition != LaneLayout.NONE
        && (columns.isNullAt(condition) || !columns.getBoolean(condition))) {
      return false;
    }
    for (int ordinal : required) {
      if (columns.isNullAt(ordinal)) {
        return false;
      }
    }
    return true;
  }

  private void write(UnsafeRow columns, CurrentRow place, long[] cells, int base) {
    if (layout.order() != LaneLayout.NONE) {
      cells[base + layout.order()] = place.order();
    }
    if (layout.group() != LaneLayout.NONE) {
      cells[base + layout.group()] = place.group();
    }
    if (layout.position() != LaneLayout.NONE) {
      cells[base + layout.position()] = place.position();
    }
    if (layout.bytes() != LaneLayout.NONE) {
      cells[base + layout.bytes()] = bytes.end();
    }
    long present = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (!columns.isNullAt(inputs[i])) {
        present |= 1L << i;
        types[i].read(columns, inputs[i], cells, base + layout.input(i), bytes);
      }
    }
    if (layout.presence() != LaneLayout.NONE) {
      cells[base + layout.presence()] = present;
    }
  }

  /**
   * Moves all frames to those of a row; rows have to come in the order in which they were added.
   */
  void moveTo(CurrentRow row, boolean contained) {
    long own = contained ? emitted++ : FrameSelection.NONE;
    for (LaneFrame frame : frames) {
      frame.moveTo(row, own);
    }
  }

  /** Writes the values of all functions. */
  void write(UnsafeRowWriter target) {
    for (LaneFrame frame : frames) {
      frame.write(target);
    }
  }

  /** Lets go of the rows that no frame will look at again. */
  void dropUnneeded() {
    long needed = log.end();
    for (LaneFrame frame : frames) {
      needed = Math.min(needed, frame.oldestNeeded());
    }
    if (needed > log.first()) {
      if (bytes != null) {
        dropBytes(needed);
      }
      log.dropBefore(needed);
    }
  }

  private void dropBytes(long needed) {
    if (needed == log.end()) {
      bytes.dropBefore(bytes.end());
    } else {
      oldest.moveTo(needed);
      bytes.dropBefore(oldest.cells()[oldest.base() + layout.bytes()]);
    }
  }

  /** Rows before this one have no order value. */
  long timedFrom() {
    return timedFrom;
  }

  /** Rows from this one on have no order value. */
  long timedTo() {
    return timedTo;
  }

  /** Where the last peer group of which the lane has a row begins. */
  long groupStart() {
    return groupStart;
  }

  /** Where the last peer group, of this number, begins in the lane. */
  long groupStartOf(long group) {
    return group == lastGroup ? groupStart : log.end();
  }

  /** A row's number among all rows of its key. */
  long positionInKey(long position, long[] cells, int base) {
    return layout.position() == LaneLayout.NONE ? position : cells[base + layout.position()];
  }
}
