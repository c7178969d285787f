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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * SUM of integers. Whether it overflows is judged on the sum of the frame, not on the way there.
 */
final class LongSumFrame implements FrameAggregate {
  private final ExactLongSum sum;
  private final boolean failOnOverflow;

  LongSumFrame(ExactLongSum sum, boolean failOnOverflow) {
    this.sum = sum;
    this.failOnOverflow = failOnOverflow;
  }

  @Override
  public void add(long time, long bits) {
    sum.add(bits);
  }

  @Override
  public void remove(long time, long bits) {
    sum.remove(bits);
  }

  @Override
  public void clear() {
    sum.clear();
  }

  @Override
  public void write(UnsafeRow target, int ordinal) {
    if (sum.count() == 0) {
      target.setNullAt(ordinal);
      return;
    }
    if (failOnOverflow && !sum.fitsLong()) {
      throw WindowErrors.longOverflow();
    }
    target.setLong(ordinal, sum.lowBits());
  }
}
