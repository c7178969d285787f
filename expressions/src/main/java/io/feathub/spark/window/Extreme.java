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
 * MIN or MAX of the selected values that are not null. One more row is compared when it is selected
 * besides; no row is ever taken out of the middle, for which there is {@link ExtremeButOwn}.
 */
final class Extreme implements FrameFunction {
  private final ValueType type;
  private final LaneLayout layout;
  private final int input;
  private final boolean peersAreOne;
  private final ExtremeValues values;
  private final ValueOrder order;
  private final ByteLog.Reader laneBytes;
  private final ByteLog.Reader ownBytes;

  Extreme(
      ValueType type, boolean greatest, FramePlan frame, int input, Lane lane, SpillSpace space) {
    this.type = type;
    this.layout = lane.layout();
    this.input = input;
    this.peersAreOne = type.isFloatingPoint() && frame.movesByPeers();
    this.values = new ExtremeValues(type, greatest, frame.leaves(), space);
    this.laneBytes = lane.newReader();
    this.ownBytes = values.bytes() == null ? null : values.bytes().newReader();
    this.order = new ValueOrder(type, greatest, values.bytes());
  }

  @Override
  public void enter(long position, long[] cells, int base) {
    if (layout.isPresent(cells, base, input)) {
      long group = peersAreOne ? cells[base + layout.group()] : position;
      values.add(position, group, cells, base + layout.input(input), laneBytes);
    }
  }

  @Override
  public void leave(long[] cells, int base) {}

  @Override
  public void clear() {
    values.clear();
  }

  @Override
  public void write(FrameSelection selection, UnsafeRowWriter target, int ordinal) {
    values.dropBefore(selection.start());
    boolean found = values.findFrom(selection.start());
    if (selection.added() != FrameSelection.NONE) {
      RecordLog.Cursor added = selection.at(selection.added());
      if (layout.isPresent(added.cells(), added.base(), input)) {
        int at = added.base() + layout.input(input);
        boolean before = selection.added() < selection.start();
        int preferred =
            found
                ? order.compare(added.cells(), at, laneBytes, values.found(), values.foundAt())
                : 1;
        if (preferred > 0 || (preferred == 0 && before)) {
          type.write(target, ordinal, added.cells(), at, laneBytes);
          return;
        }
      }
    }
    if (found) {
      type.write(target, ordinal, values.found(), values.foundAt(), ownBytes);
    } else {
      target.setNullAt(ordinal);
    }
  }
}
