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

import io.feathub.spark.testing.WindowOracle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.SparkArithmeticException;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestLongFrames {
  private final FrameAggregates aggregates = new FrameAggregates();

  private static List<long[]> longs(Random random, int bits) {
    long greatest = Long.MAX_VALUE >> (64 - bits);
    return Stream.generate(
            () ->
                switch (random.nextInt(4)) {
                  case 0 -> greatest - random.nextInt(3);
                  case 1 -> -greatest - 1 + random.nextInt(3);
                  case 2 -> random.nextLong() >> (64 - bits);
                  default -> (long) (random.nextInt(7) - 3);
                })
        .limit(100)
        .map(value -> new long[] {value})
        .toList();
  }

  private static BigInteger sum(List<long[]> frame) {
    return frame.stream()
        .map(cells -> BigInteger.valueOf(cells[0]))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Checks a column of so many bits; too large a value is null. */
  private static void checkBits(int bits, UnsafeRow row, List<long[]> frame, BigInteger value) {
    boolean isNull = frame.isEmpty() || sum(frame).bitLength() >= bits;
    assertThat(row.isNullAt(0)).isEqualTo(isNull);
    if (!isNull) {
      assertThat(bits == 64 ? row.getLong(0) : row.getInt(0)).isEqualTo(value.longValueExact());
    }
    // An int leaves no bits behind in its eight bytes.
    assertThat(row.getLong(0) >> (bits - 1)).isIn(isNull ? List.of(0L) : List.of(0L, -1L, 1L));
  }

  private static BigInteger average(List<long[]> frame) {
    return frame.isEmpty()
        ? BigInteger.ZERO
        : new BigDecimal(sum(frame))
            .divide(BigDecimal.valueOf(frame.size()), 0, RoundingMode.HALF_UP)
            .toBigIntegerExact();
  }

  @Test
  void sumsThatDoNotFitAreNullInTryMode() {
    Random random = FrameRuns.random();
    OverflowMode mode = OverflowMode.TRY;
    FrameRuns.slide(
        aggregates.sumOfLongs(mode),
        longs(random, 64),
        (row, frame) -> checkBits(64, row, frame, sum(frame)));
    FrameRuns.slide(
        aggregates.sumOfDayTimeIntervals(mode),
        longs(random, 64),
        (row, frame) -> checkBits(64, row, frame, sum(frame)));
    FrameRuns.slide(
        aggregates.sumOfYearMonthIntervals(mode),
        longs(random, 32),
        (row, frame) -> checkBits(32, row, frame, sum(frame)));
  }

  @Test
  void averagesOfIntervalsAreRoundedHalfUp() {
    Random random = FrameRuns.random();
    FrameRuns.slide(
        aggregates.averageOfDayTimeIntervals(OverflowMode.TRY),
        longs(random, 64),
        (row, frame) -> checkBits(64, row, frame, average(frame)));
    FrameRuns.slide(
        aggregates.averageOfYearMonthIntervals(OverflowMode.TRY),
        longs(random, 32),
        (row, frame) -> checkBits(32, row, frame, average(frame)));
  }

  @Test
  void sumsOfIntegersWrapInLegacyMode() {
    FrameRuns.slide(
        aggregates.sumOfLongs(OverflowMode.LEGACY),
        longs(FrameRuns.random(), 64),
        (row, frame) -> {
          assertThat(row.isNullAt(0)).isEqualTo(frame.isEmpty());
          assertThat(row.getLong(0)).isEqualTo(sum(frame).longValue());
        });
  }

  @Test
  void averagesOfIntegersAreRoundedOnce() {
    FrameRuns.slide(
        aggregates.averageOfLongs(),
        longs(FrameRuns.random(), 64),
        (row, frame) -> {
          assertThat(row.isNullAt(0)).isEqualTo(frame.isEmpty());
          assertThat(row.getDouble(0))
              .isEqualTo(
                  frame.isEmpty()
                      ? 0
                      : WindowOracle.quotient(
                          new BigDecimal(sum(frame)), BigDecimal.valueOf(frame.size())));
        });
  }

  @Test
  void countsAreThoseOfTheFrame() {
    FrameRuns.slide(
        aggregates.count(),
        longs(FrameRuns.random(), 64),
        (row, frame) -> assertThat(row.getLong(0)).isEqualTo(frame.size()));
  }

  @Test
  void sumsThatDoNotFitFailUntilTheyFitAgain() {
    checkFailure(aggregates.sumOfLongs(OverflowMode.ANSI), 64, "ARITHMETIC_OVERFLOW");
    for (OverflowMode mode : List.of(OverflowMode.ANSI, OverflowMode.LEGACY)) {
      String condition = "INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION";
      checkFailure(aggregates.sumOfDayTimeIntervals(mode), 64, condition);
      checkFailure(aggregates.averageOfDayTimeIntervals(mode), 64, condition);
      checkFailure(aggregates.sumOfYearMonthIntervals(mode), 32, condition);
      checkFailure(aggregates.averageOfYearMonthIntervals(mode), 32, condition);
    }
  }

  private static void checkFailure(FrameAggregate aggregate, int bits, String condition) {
    for (long border : new long[] {Long.MAX_VALUE >> (64 - bits), Long.MIN_VALUE >> (64 - bits)}) {
      aggregate.clear();
      aggregate.add(new long[] {border}, 0);
      assertThat(FrameRuns.read(aggregate).getLong(0))
          .isEqualTo(bits == 64 ? border : border & 0xFFFF_FFFFL);
      aggregate.add(new long[] {border < 0 ? -1 : 1}, 0);
      assertThatThrownBy(() -> FrameRuns.read(aggregate))
          .isInstanceOf(SparkArithmeticException.class)
          .hasMessageContaining(condition);
      aggregate.remove(new long[] {border}, 0);
      assertThat(FrameRuns.read(aggregate).isNullAt(0)).isFalse();
    }
  }
}
