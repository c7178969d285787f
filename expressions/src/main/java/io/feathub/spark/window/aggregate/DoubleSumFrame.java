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

/** SUM and AVG of floating-point values: the exact sum or quotient, rounded once. */
final class DoubleSumFrame implements FrameAggregate {
  private final ExactDoubleSum sum;
  private final Result result;

  /** Writes a value of a frame that is not empty. */
  interface Result {
    void write(ExactDoubleSum sum, UnsafeRowWriter target, int ordinal);
  }

  DoubleSumFrame(ExactDoubleSum sum, Result result) {
    this.sum = sum;
    this.result = result;
  }

  @Override
  public void add(long[] cells, int at) {
    sum.add(Double.longBitsToDouble(cells[at]));
  }

  @Override
  public void remove(long[] cells, int at) {
    sum.remove(Double.longBitsToDouble(cells[at]));
  }

  @Override
  public void clear() {
    sum.clear();
  }

  @Override
  public void write(UnsafeRowWriter target, int ordinal) {
    if (sum.count() == 0) {
      target.setNullAt(ordinal);
    } else {
      result.write(sum, target, ordinal);
    }
  }
}
