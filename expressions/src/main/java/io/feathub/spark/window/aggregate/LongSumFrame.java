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

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;

/**
 * SUM of integers or intervals. Whether it overflows is judged on the sum of the frame, not on the
 * way there.
 */
final class LongSumFrame implements FrameAggregate {
  private final ExactLongSum sum;
  private final SumType type;
  private final OverflowMode mode;

  LongSumFrame(ExactLongSum sum, SumType type, OverflowMode mode) {
    this.sum = sum;
    this.type = type;
    this.mode = mode;
  }

  @Override
  public void add(long[] cells, int at) {
    sum.add(cells[at]);
  }

  @Override
  public void remove(long[] cells, int at) {
    sum.remove(cells[at]);
  }

  @Override
  public void clear() {
    sum.clear();
  }

  @Override
  public void write(UnsafeRowWriter target, int ordinal) {
    if (type.isWritable(sum, mode)) {
      type.write(sum.lowBits(), target, ordinal);
    } else {
      target.setNullAt(ordinal);
    }
  }
}
