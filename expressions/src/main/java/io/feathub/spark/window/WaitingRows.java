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
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** Rows of the current key whose frames are not known yet, in order; beyond memory on disk. */
final class WaitingRows {
  private static final int HANDLE = 0;
  private static final int POSITION = 1;
  private static final int GROUP = 2;
  private static final int ORDER = 3;
  private static final int LANES = 4;
  private static final int UNTIMED = 5;
  private static final int STRIDE = 6;

  private final RecordLog places;
  private final RecordLog.Cursor first;
  private final ByteLog bytes;
  private final ByteLog.Reader reader;
  private final CurrentRow firstPlace = new CurrentRow();
  private final UnsafeRow row;

  WaitingRows(int fields, SpillSpace space) {
    this.places = new RecordLog(space, STRIDE);
    this.first = places.newCursor();
    this.bytes = new ByteLog(space);
    this.reader = bytes.newReader();
    this.row = new UnsafeRow(fields);
  }

  boolean isEmpty() {
    return places.first() == places.end();
  }

  /** Copies a row. */
  void add(UnsafeRow added, CurrentRow place) {
    places.append();
    long[] cells = places.tailCells();
    int base = places.tailBase();
    cells[base + HANDLE] =
        bytes.append(added.getBaseObject(), added.getBaseOffset(), added.getSizeInBytes());
    cells[base + POSITION] = place.position();
    cells[base + GROUP] = place.group();
    cells[base + ORDER] = place.order();
    cells[base + LANES] = place.lanes();
    cells[base + UNTIMED] = place.untimed() ? 1 : 0;
  }

  /** Where the first waiting row stands among those of its key. */
  CurrentRow firstPlace() {
    first.moveTo(places.first());
    long[] cells = first.cells();
    int base = first.base();
    firstPlace.moveTo(cells[base + POSITION], cells[base + GROUP]);
    firstPlace.setOrder(cells[base + UNTIMED] != 0, cells[base + ORDER]);
    firstPlace.setLanes(cells[base + LANES]);
    return firstPlace;
  }

  /** The first waiting row; valid until the next call of any method. */
  UnsafeRow firstRow() {
    first.moveTo(places.first());
    reader.moveTo(first.cells()[first.base() + HANDLE]);
    row.pointTo(reader.base(), reader.offset(), reader.length());
    return row;
  }

  /** Lets the first row go. */
  void removeFirst() {
    long next = places.first() + 1;
    if (next == places.end()) {
      places.clear();
      bytes.clear();
      return;
    }
    first.moveTo(next);
    bytes.dropBefore(first.cells()[first.base() + HANDLE]);
    places.dropBefore(next);
  }
}
