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
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** COLLECT_LIST: the values of all selected rows in order, nulls among them. */
final class ValueList implements FrameFunction {
  private final LaneLayout layout;
  private final ValueType type;
  private final int input;

  ValueList(LaneLayout layout, ValueType type, int input) {
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
    UnsafeArrayWriter elements = new UnsafeArrayWriter(target, type.elementSize());
    int begin = target.cursor();
    elements.initialize(Math.toIntExact(selection.rows()));
    int index = 0;
    if (selection.added() != FrameSelection.NONE && selection.added() < selection.start()) {
      write(selection, selection.added(), elements, index++);
    }
    for (long position = selection.start(); position < selection.end(); position++) {
      if (position != selection.removed()) {
        write(selection, position, elements, index++);
      }
    }
    if (selection.added() >= selection.end()) {
      write(selection, selection.added(), elements, index);
    }
    target.setOffsetAndSizeFromPreviousCursor(ordinal, begin);
  }

  private void write(
      FrameSelection selection, long position, UnsafeArrayWriter elements, int index) {
    RecordLog.Cursor record = selection.at(position);
    if (layout.isPresent(record.cells(), record.base(), input)) {
      type.write(
          elements, index, record.cells(), record.base() + layout.input(input), selection.bytes());
    } else {
      type.writeNull(elements, index);
    }
  }

  @Override
  public long oldestNeeded(long start, long end) {
    return start;
  }
}
