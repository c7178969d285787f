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

import java.math.BigDecimal;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * SUM of decimals, which has ten digits more than they have, up to 38. Whether it overflows is
 * judged on the sum of the frame.
 */
final class DecimalSumFrame implements FrameAggregate {
  private final ExactDecimalSum sum = new ExactDecimalSum();
  private final DecimalFormat input;
  private final DecimalFormat result;
  private final OverflowMode mode;
  private final QueryContext context;

  /**
   * @param context what errors quote; may be null
   */
  DecimalSumFrame(DecimalType input, OverflowMode mode, QueryContext context) {
    this.input = new DecimalFormat(input.precision(), input.scale());
    this.result = new DecimalFormat(input.precision() + 10, input.scale());
    this.mode = mode;
    this.context = context;
  }

  @Override
  public void add(long[] cells, int at) {
    sum.add(input.highWord(cells, at), input.lowWord(cells, at));
  }

  @Override
  public void remove(long[] cells, int at) {
    sum.remove(input.highWord(cells, at), input.lowWord(cells, at));
  }

  @Override
  public void clear() {
    sum.clear();
  }

  @Override
  public void write(UnsafeRowWriter target, int ordinal) {
    boolean held = sum.fitsTwoWords() && result.holds(sum.highWord(), sum.lowWord());
    if (!held && mode == OverflowMode.ANSI) {
      failAsSparkDoes();
    }
    if (held && sum.count() > 0) {
      result.write(sum.highWord(), sum.lowWord(), target, ordinal);
    } else {
      result.writeNull(target, ordinal);
    }
  }

  private void failAsSparkDoes() {
    Decimal tooLarge = Decimal.apply(new BigDecimal(sum.toBigInteger(), result.scale()));
    tooLarge.toPrecision(
        result.precision(), result.scale(), Decimal.ROUND_HALF_UP(), false, context);
    throw new IllegalStateException("no overflow: " + tooLarge);
  }
}
