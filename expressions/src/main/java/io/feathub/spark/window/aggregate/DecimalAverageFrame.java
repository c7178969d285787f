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
 * AVG of decimals, bit for bit Spark's: the exact sum divided by the count, rounded to four digits
 * more than the inputs have after the point, halves away from zero. That Spark first cuts off what
 * is behind the 39th digit does not show, as no half is cut below itself.
 */
final class DecimalAverageFrame implements FrameAggregate {
  /** Up to this scale of the inputs the result has four digits more after the point. */
  private static final int EXTENSIBLE_SCALE = DecimalType.MAX_SCALE() - 4;

  private static final int EXTENSION = 10_000;

  private final ExactDecimalSum sum = new ExactDecimalSum();
  private final DecimalFormat input;
  private final DecimalFormat result;
  private final OverflowMode mode;
  private final QueryContext context;

  /**
   * @param context what errors quote; may be null
   */
  DecimalAverageFrame(DecimalType input, OverflowMode mode, QueryContext context) {
    this.input = new DecimalFormat(input.precision(), input.scale());
    this.result = new DecimalFormat(input.precision() + 4, input.scale() + 4);
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
    if (sum.count() == 0) {
      result.writeNull(target, ordinal);
      return;
    }
    boolean isExtensible =
        input.scale() <= EXTENSIBLE_SCALE && sum.fitsTwoWords() && sum.count() <= Integer.MAX_VALUE;
    if (!isExtensible || !writeQuotient(target, ordinal)) {
      target.write(ordinal, spark(), result.precision(), result.scale());
    }
  }

  /** Writes the average, unless it has more digits than the type. */
  private boolean writeQuotient(UnsafeRowWriter target, int ordinal) {
    long sign = sum.highWord() >> 63;
    long low = (sum.lowWord() ^ sign) - sign;
    long high = (sum.highWord() ^ sign) + (sign & (low == 0 ? 1 : 0));
    long[] digits = {low & Magnitude.DIGIT, low >>> 32, high & Magnitude.DIGIT, high >>> 32, 0};
    extendAndDivide(digits, sum.count());
    long quotientLow = digits[0] | digits[1] << 32;
    long quotientHigh = digits[2] | digits[3] << 32;
    if (digits[4] != 0 || quotientHigh < 0 || !result.holds(quotientHigh, quotientLow)) {
      return false;
    }
    long signedLow = (quotientLow ^ sign) - sign;
    long signedHigh = (quotientHigh ^ sign) + (sign & (signedLow == 0 ? 1 : 0));
    result.write(signedHigh, signedLow, target, ordinal);
    return true;
  }

  /** Extends a number of 32-bit digits and divides it; a half is rounded up. */
  private static void extendAndDivide(long[] digits, long divisor) {
    long carry = 0;
    for (int i = 0; i < digits.length; i++) {
      carry += digits[i] * EXTENSION;
      digits[i] = carry & Magnitude.DIGIT;
      carry >>>= 32;
    }
    long remainder = 0;
    for (int i = digits.length - 1; i >= 0; i--) {
      long dividend = remainder << 32 | digits[i];
      digits[i] = dividend / divisor;
      remainder = dividend % divisor;
    }
    carry = remainder >= divisor - remainder ? 1 : 0;
    for (int i = 0; i < digits.length; i++) {
      carry += digits[i];
      digits[i] = carry & Magnitude.DIGIT;
      carry >>>= 32;
    }
  }

  /** The quotient that Spark itself makes, or null if it overflows and may be null. */
  private Decimal spark() {
    Decimal dividend = Decimal.apply(new BigDecimal(sum.toBigInteger(), input.scale()));
    return dividend
        .$div(Decimal.apply(sum.count()))
        .toPrecision(
            result.precision(),
            result.scale(),
            Decimal.ROUND_HALF_UP(),
            mode != OverflowMode.ANSI,
            context);
  }
}
