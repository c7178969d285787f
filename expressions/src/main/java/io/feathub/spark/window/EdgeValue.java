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
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** FIRST_VALUE or LAST_VALUE: the value of the first or last selected row, which may be null. */
final class EdgeValue implements FrameFunction {
  private final boolean first;
  private final boolean keepsAll;
  private final LaneLayout layout;
  private final ValueType type;
  private final int input;

  /**
   * @param first the first row's, not the last one's
   * @param keepsAll whether the first row has to be kept though no row leaves the frame
   */
  EdgeValue(boolean first, boolean keepsAll, LaneLayout layout, ValueType type, int input) {
    this.first = first;
    this.keepsAll = keepsAll;
    this.layout = layout;
    this.type = type;
    this.input = input;
  }

  @Override
  public void enter(long position, long[] cells, int base) {}

  @Override
  public void leave(long[] cells, int base) {}

  @Override
  public void clear() {}

  @Override
  public void write(FrameSelection selection, UnsafeRowWriter target, int ordinal) {
    long position = first ? selection.first() : selection.last();
    if (position != FrameSelection.NONE) {
      RecordLog.Cursor record = selection.at(position);
      if (layout.isPresent(record.cells(), record.base(), input)) {
        type.write(
            target,
            ordinal,
            record.cells(),
            record.base() + layout.input(input),
            selection.bytes());
        return;
      }
    }
    target.setNullAt(ordinal);
  }

  @Override
  public long oldestNeeded(long start, long end) {
    return first && keepsAll ? start : Math.max(start, end - 2);
  }
}
