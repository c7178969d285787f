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
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.Platform;

/**
 * FIRST_VALUE of a frame that no row leaves: the value of the first row that entered, so that the
 * rows after it need not be kept.
 */
final class FirstSeen implements FrameFunction {
  private final LaneLayout layout;
  private final ValueType type;
  private final int input;
  private final ByteLog.Reader reader;
  private final long[] value;
  private byte[] bytes;
  private boolean seen;
  private boolean present;

  /**
   * @param reader reads what the lane keeps as bytes
   */
  FirstSeen(LaneLayout layout, ValueType type, int input, ByteLog.Reader reader) {
    this.layout = layout;
    this.type = type;
    this.input = input;
    this.reader = reader;
    this.value = new long[type.words()];
  }

  @Override
  public void enter(long position, long[] cells, int base) {
    if (seen) {
      return;
    }
    seen = true;
    present = layout.isPresent(cells, base, input);
    if (!present) {
      return;
    }
    System.arraycopy(cells, base + layout.input(input), value, 0, value.length);
    if (type.isBytes()) {
      reader.moveTo(value[0]);
      bytes = new byte[reader.length()];
      Platform.copyMemory(
          reader.base(), reader.offset(), bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length);
    }
  }

  @Override
  public void leave(long[] cells, int base) {}

  @Override
  public void clear() {
    seen = false;
    present = false;
    bytes = null;
  }

  @Override
  public void write(FrameSelection selection, UnsafeRowWriter target, int ordinal) {
    if (!present) {
      target.setNullAt(ordinal);
    } else if (type.isBytes()) {
      target.write(ordinal, bytes);
    } else {
      type.write(target, ordinal, value, 0, null);
    }
  }
}
