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
package io.feathub.spark.window.aggregate;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Distinct values of variable length, equal if their bytes are and in the order of these, without
 * sign. Each is copied once, so that comparing needs no value of a row that was written to disk.
 */
final class ByteValues implements DistinctValues {
  private static final int HEADER = 24;

  private final ValueBytes source;
  private final FrameMemory memory;
  private byte[][] values = new byte[0][];

  ByteValues(ValueBytes source, FrameMemory memory) {
    this.source = source;
    this.memory = memory;
  }

  @Override
  public int moveTo(long[] cells, int at) {
    source.moveTo(cells[at]);
    int hash = Murmur3_x86_32.hashUnsafeBytes(source.base(), source.offset(), source.length(), 42);
    return ValueCounts.hash(hash);
  }

  @Override
  public boolean isCurrent(int index) {
    byte[] value = values[index];
    return value.length == source.length()
        && ByteArrayMethods.arrayEquals(
            value, Platform.BYTE_ARRAY_OFFSET, source.base(), source.offset(), value.length);
  }

  @Override
  public void hold(int index) {
    memory.reserve(bytes(source.length()));
    byte[] value = new byte[source.length()];
    Platform.copyMemory(
        source.base(), source.offset(), value, Platform.BYTE_ARRAY_OFFSET, value.length);
    values[index] = value;
  }

  private static long bytes(int length) {
    return HEADER + ByteArrayMethods.roundNumberOfBytesToNearestWord((long) length);
  }

  @Override
  public void replace(int index, int last) {
    memory.release(bytes(values[index].length));
    values[index] = values[last];
    values[last] = null;
  }

  @Override
  public int compare(int left, int right) {
    return Arrays.compareUnsigned(values[left], values[right]);
  }

  @Override
  public void write(int index, UnsafeArrayWriter target, int ordinal) {
    target.write(ordinal, values[index]);
  }

  @Override
  public int elementSize() {
    return 8;
  }

  @Override
  public int bytesPerIndex() {
    return 8;
  }

  @Override
  public void resize(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  public void clear(int count) {
    for (int index = 0; index < count; index++) {
      memory.release(bytes(values[index].length));
      values[index] = null;
    }
  }
}
