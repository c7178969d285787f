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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkArithmeticException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;

class TestDecimalFrames {
  private static final int[] PRECISIONS = {1, 8, 9, 14, 15, 18, 19, 27, 28, 29, 34, 35, 37, 38};

  private final FrameAggregates aggregates = new FrameAggregates();

  private static int bounded(int digits) {
    return Math.min(digits, 38);
  }

  /** What Spark's writer makes of a number of a type; null for none or one that is too large. */
  private static UnsafeRow expected(BigDecimal number, int precision, int scale) {
    UnsafeRowWriter writer = new UnsafeRowWriter(1);
    writer.reset();
    writer.zeroOutNullBytes();
    Decimal decimal = number == null ? null : Decimal.apply(number);
    writer.write(0, decimal, precision, scale);
    return writer.getRow();
  }

  private static FrameRuns.Check checkSum(DecimalType type) {
    return (row, frame) -> {
      BigDecimal sum =
          frame.isEmpty() ? null : new BigDecimal(RandomDecimals.sum(frame), type.scale());
      assertThat(row)
          .as("sum of %s", type)
          .isEqualTo(expected(sum, bounded(type.precision() + 10), type.scale()));
    };
  }

  private static FrameRuns.Check checkAverage(DecimalType type) {
    int scale = bounded(type.scale() + 4);
    return (row, frame) -> {
      BigDecimal average =
          frame.isEmpty()
              ? null
              : new BigDecimal(RandomDecimals.sum(frame), type.scale())
                  .divide(BigDecimal.valueOf(frame.size()), scale, RoundingMode.HALF_UP);
      assertThat(row)
          .as("average of %s", type)
          .isEqualTo(expected(average, bounded(type.precision() + 4), scale));
    };
  }

  @Test
  void sumsAndAveragesOfSlidingFramesAreThoseOfBigDecimals() {
    Random random = FrameRuns.random();
    for (int precision : PRECISIONS) {
      for (int scale : new int[] {0, precision / 2, precision}) {
        DecimalType type = new DecimalType(precision, scale);
        List<long[]> values = RandomDecimals.values(random, type, 80);
        FrameAggregate sum = aggregates.sumOfDecimals(type, OverflowMode.LEGACY, null);
        FrameAggregate average = aggregates.averageOfDecimals(type, OverflowMode.LEGACY, null);
        FrameRuns.slide(sum, values, checkSum(type));
        FrameRuns.slide(average, values, checkAverage(type));
        sum.clear();
        FrameRuns.shuffle(sum, values, random, checkSum(type));
      }
    }
  }

  @Test
  void overflowIsJudgedAtTheLastDigit() {
    DecimalType type = new DecimalType(38, 3);
    BigInteger greatest = RandomDecimals.greatest(38);
    for (BigInteger border : List.of(greatest, greatest.negate())) {
      long[] most = RandomDecimals.cells(border, type);
      long[] one = RandomDecimals.cells(BigInteger.valueOf(border.signum()), type);
      for (OverflowMode mode : OverflowMode.values()) {
        FrameAggregate sum = aggregates.sumOfDecimals(type, mode, null);
        sum.add(most, 0);
        assertThat(FrameRuns.read(sum)).isEqualTo(expected(new BigDecimal(border, 3), 38, 3));
        sum.add(one, 0);
        if (mode == OverflowMode.ANSI) {
          assertThatThrownBy(() -> FrameRuns.read(sum))
              .isInstanceOf(SparkArithmeticException.class)
              .hasMessageContaining("NUMERIC_VALUE_OUT_OF_RANGE");
        } else {
          assertThat(FrameRuns.read(sum).isNullAt(0)).isTrue();
        }
        sum.remove(most, 0);
        assertThat(FrameRuns.read(sum).getDecimal(0, 38, 3).toJavaBigDecimal())
            .isEqualTo(new BigDecimal(BigInteger.valueOf(border.signum()), 3));
      }
    }
  }

  @Test
  void sumsBeyondTwoWordsComeBack() {
    DecimalType type = new DecimalType(38, 0);
    for (BigInteger value :
        List.of(RandomDecimals.greatest(38), RandomDecimals.greatest(38).negate())) {
      long[] cells = RandomDecimals.cells(value, type);
      FrameAggregate sum = aggregates.sumOfDecimals(type, OverflowMode.TRY, null);
      for (int i = 0; i < 100; i++) {
        sum.add(cells, 0);
        assertThat(FrameRuns.read(sum).isNullAt(0)).isEqualTo(i > 0);
      }
      for (int i = 0; i < 99; i++) {
        assertThat(FrameRuns.read(sum).isNullAt(0)).isTrue();
        sum.remove(cells, 0);
      }
      assertThat(FrameRuns.read(sum)).isEqualTo(expected(new BigDecimal(value), 38, 0));
    }
  }

  @Test
  void averagesThatDoNotFitFailInAnsiMode() {
    DecimalType type = new DecimalType(38, 0);
    FrameAggregate average = aggregates.averageOfDecimals(type, OverflowMode.ANSI, null);
    average.add(RandomDecimals.cells(RandomDecimals.greatest(38), type), 0);
    assertThatThrownBy(() -> FrameRuns.read(average))
        .isInstanceOf(SparkArithmeticException.class)
        .hasMessageContaining("NUMERIC_VALUE_OUT_OF_RANGE");
  }
}
