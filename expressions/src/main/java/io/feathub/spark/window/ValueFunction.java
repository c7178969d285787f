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
import io.feathub.spark.window.aggregate.FrameAggregate;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/** A function that values can be added to and removed from, of the values that are not null. */
final class ValueFunction implements FrameFunction {
  private final FrameAggregate aggregate;
  private final LaneLayout layout;
  private final int input;
  private final int at;

  ValueFunction(FrameAggregate aggregate, LaneLayout layout, int input) {
    this.aggregate = aggregate;
    this.layout = layout;
    this.input = input;
    this.at = layout.input(input);
  }

  @Override
  public void enter(long position, long[] cells, int base) {
    if (layout.isPresent(cells, base, input)) {
      aggregate.add(cells, base + at);
    }
  }

  @Override
  public void leave(long[] cells, int base) {
    if (layout.isPresent(cells, base, input)) {
      aggregate.remove(cells, base + at);
    }
  }

  @Override
  public void clear() {
    aggregate.clear();
  }

  @Override
  public void write(FrameSelection selection, UnsafeRowWriter target, int ordinal) {
    boolean changed = selection.removed() != FrameSelection.NONE;
    if (changed) {
      RecordLog.Cursor removed = selection.at(selection.removed());
      leave(removed.cells(), removed.base());
    }
    if (selection.added() != FrameSelection.NONE) {
      RecordLog.Cursor added = selection.at(selection.added());
      enter(selection.added(), added.cells(), added.base());
    }
    aggregate.write(target, ordinal);
    if (changed) {
      RecordLog.Cursor removed = selection.at(selection.removed());
      enter(selection.removed(), removed.cells(), removed.base());
    }
    if (selection.added() != FrameSelection.NONE) {
      RecordLog.Cursor added = selection.at(selection.added());
      leave(added.cells(), added.base());
    }
  }
}
