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

/**
 * The rows of a lane that count for the current row: those at {@code [start, end)}, without one of
 * them and with one more, which lies before or after. That one more and one less is all it takes
 * for {@code exclude} and {@code limit} together, while {@code start} and {@code end} only move
 * forward:
 *
 * <pre>
 *   limit 3, exclude current_row, at row d of the peers c, d, e
 *
 *   a b c d e        the last 3 rows are c d e; without d, b takes its place
 *       [   )        start, end
 *     + . -          added b, removed d
 * </pre>
 */
final class FrameSelection {
  static final long NONE = -1;

  private final RecordLog.Cursor probe;
  private final ByteLog.Reader bytes;
  private long start;
  private long end;
  private long added;
  private long removed;
  private long groupStart;

  /**
   * @param bytes reads the values that the lane keeps as bytes; null if there are none
   */
  FrameSelection(RecordLog log, ByteLog.Reader bytes) {
    this.probe = log.newCursor();
    this.bytes = bytes;
    clear();
  }

  /** Selects no rows. */
  void clear() {
    start = 0;
    end = 0;
    groupStart = 0;
    exclude(NONE, NONE);
  }

  void setStart(long newStart) {
    this.start = newStart;
  }

  void setEnd(long newEnd) {
    this.end = newEnd;
  }

  void setGroupStart(long newGroupStart) {
    this.groupStart = newGroupStart;
  }

  /** Leaves one row out and takes one more; either may be {@link #NONE}. */
  void exclude(long newRemoved, long newAdded) {
    this.removed = newRemoved;
    this.added = newAdded;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** The one more row, or {@link #NONE}. */
  long added() {
    return added;
  }

  /** The row that is left out, or {@link #NONE}. */
  long removed() {
    return removed;
  }

  /** Where in the lane the peer group of the current row begins, if there is an exclusion. */
  long groupStart() {
    return groupStart;
  }

  /** How many rows are selected. */
  long rows() {
    return end - start + (added == NONE ? 0 : 1) - (removed == NONE ? 0 : 1);
  }

  /** The first selected row, or {@link #NONE}. */
  long first() {
    if (added != NONE && added < start) {
      return added;
    }
    long first = start == removed ? start + 1 : start;
    return first < end ? first : added;
  }

  /** The last selected row, or {@link #NONE}. */
  long last() {
    if (added != NONE && added >= end) {
      return added;
    }
    long last = end - 1 == removed ? end - 2 : end - 1;
    return last >= start ? last : added;
  }

  /** Looks a row up; valid until the next one is. */
  RecordLog.Cursor at(long position) {
    probe.moveTo(position);
    return probe;
  }

  /** Reads the values that are kept as bytes. */
  ByteLog.Reader bytes() {
    return bytes;
  }
}
