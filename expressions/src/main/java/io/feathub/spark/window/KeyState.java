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
 * All frames of one key. Rows are added in the order of time, a peer group (the rows of one time)
 * at a time; then the results of the group are read.
 *
 * <p>Rows without a time are a peer group of their own whose frame is exactly that group: the
 * frames are emptied where rows with a time and rows without one meet.
 */
final class KeyState {
  private static final long NO_GROUP = -1;

  private final FrameLayout layout;
  private final WindowFunction[] functions;
  private final int[][] functionsByFrame;
  private final FrameAggregate[] aggregates;
  private final FrameRing ring;
  private final long[] starts;
  private final UnsafeRow results;
  private long addedGroup = NO_GROUP;
  private long readGroup = NO_GROUP;
  private boolean untimed;

  KeyState(FrameLayout layout, int[][] functionsByFrame) {
    this.layout = layout;
    this.functions = layout.functions();
    this.functionsByFrame = functionsByFrame;
    this.aggregates = layout.newAggregates();
    this.ring = layout.newRing();
    this.starts = new long[layout.frames()];
    this.results = new UnsafeRow(functions.length);
    int bytes = UnsafeRow.calculateBitSetWidthInBytes(functions.length) + 8 * functions.length;
    results.pointTo(new byte[bytes], bytes);
  }

  /** Adds the row that the reader is at; it belongs to the current peer group. */
  void add(RowReader row, PeerGroup group) {
    if (addedGroup != group.number()) {
      enter(group);
    }
    long time = group.time();
    long present = row.present();
    long[] values = row.values();
    int base = ring.append();
    long[] cells = ring.cells();
    cells[base] = time;
    if (layout.keepsPresence()) {
      cells[base + 1] = present;
    }
    for (int input = 0; input < values.length; input++) {
      int cell = layout.valueCell(input);
      if (cell >= 0) {
        cells[base + cell] = values[input];
      }
    }
    for (int i = 0; i < functions.length; i++) {
      int input = functions[i].input();
      if (input >= 0 && (present >>> input & 1) != 0) {
        aggregates[i].add(time, values[input]);
      }
    }
  }

  private void enter(PeerGroup group) {
    if (group.untimed() != untimed && ring.end() > 0) {
      clearFrames();
    }
    untimed = group.untimed();
    addedGroup = group.number();
    evict(group);
  }

  /**
   * The values of all functions for each row of the group, after all its rows were added. The row
   * is reused for the next group.
   */
  UnsafeRow results(PeerGroup group) {
    if (readGroup != group.number()) {
      readGroup = group.number();
      // A bound that wrapped around lies beyond the group's own time.
      evict(group);
      for (int i = 0; i < functions.length; i++) {
        if (aggregates[i] == null) {
          results.setLong(i, ring.end() - starts[functions[i].frame()]);
        } else {
          aggregates[i].write(results, i);
        }
      }
    }
    return results;
  }

  /** The number of rows in the largest frame as it is. */
  long rowsInLargestFrame() {
    return ring.end() - earliestStart();
  }

  /** Makes the state that of a key without rows. */
  void clear() {
    clearFrames();
    ring.clear();
    java.util.Arrays.fill(starts, 0);
    addedGroup = NO_GROUP;
    readGroup = NO_GROUP;
  }

  private void clearFrames() {
    for (FrameAggregate aggregate : aggregates) {
      if (aggregate != null) {
        aggregate.clear();
      }
    }
    java.util.Arrays.fill(starts, ring.end());
    ring.dropBefore(ring.end());
  }

  private void evict(PeerGroup group) {
    if (untimed) {
      return;
    }
    for (int frame = 0; frame < starts.length; frame++) {
      long lower = group.lowerBound(frame);
      long start = starts[frame];
      while (start < ring.end() && ring.time(start) < lower) {
        remove(frame, ring.index(start));
        start++;
      }
      starts[frame] = start;
    }
    ring.dropBefore(earliestStart());
  }

  private void remove(int frame, int base) {
    long[] cells = ring.cells();
    long time = cells[base];
    long present = layout.keepsPresence() ? cells[base + 1] : -1;
    for (int i : functionsByFrame[frame]) {
      int input = functions[i].input();
      // Whether a value was there is not kept where only MIN and MAX look at it: these go by time.
      if (input >= 0 && (present >>> input & 1) != 0) {
        int cell = layout.valueCell(input);
        aggregates[i].remove(time, cell < 0 ? 0 : cells[base + cell]);
      }
    }
  }

  private long earliestStart() {
    long earliest = starts[0];
    for (int frame = 1; frame < starts.length; frame++) {
      earliest = Math.min(earliest, starts[frame]);
    }
    return earliest;
  }
}
