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

/** Distinct decimals of two words. */
final class WideValues implements DistinctValues {
  private long[] words = new long[0];
  private long currentHigh;
  private long currentLow;

  @Override
  public int moveTo(long[] cells, int at) {
    currentHigh = cells[at];
    currentLow = cells[at + 1];
    return ValueCounts.hash(currentHigh * 0xC2B2_AE3D_27D4_EB4FL + currentLow);
  }

  @Override
  public boolean isCurrent(int index) {
    return words[2 * index + 1] == currentLow && words[2 * index] == currentHigh;
  }

  @Override
  public void hold(int index) {
    words[2 * index] = currentHigh;
    words[2 * index + 1] = currentLow;
  }

  @Override
  public void replace(int index, int last) {
    words[2 * index] = words[2 * last];
    words[2 * index + 1] = words[2 * last + 1];
  }

  @Override
  public int compare(int left, int right) {
    int order = Long.compare(words[2 * left], words[2 * right]);
    return order != 0 ? order : Long.compareUnsigned(words[2 * left + 1], words[2 * right + 1]);
  }

  @Override
  public void write(int index, UnsafeArrayWriter target, int ordinal) {
    target.write(ordinal, DecimalFormat.bytes(words[2 * index], words[2 * index + 1]));
  }

  @Override
  public int elementSize() {
    return 8;
  }

  @Override
  public int bytesPerIndex() {
    return 16;
  }

  @Override
  public void resize(int capacity) {
    words = Arrays.copyOf(words, Math.multiplyExact(2, capacity));
  }

  @Override
  public void clear(int count) {
    // Nothing is held beyond the places themselves.
  }
}
