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

import io.feathub.spark.testing.WindowOracle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.Test;

class TestVarianceFrame {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final FrameAggregates aggregates = new FrameAggregates();

  private static FrameRuns.Check check(Dispersion dispersion, LoneSample lone) {
    return (row, frame) -> check(dispersion, lone, row, frame);
  }

  private static void check(
      Dispersion dispersion, LoneSample lone, UnsafeRow row, List<long[]> frame) {
    int divisor = dispersion.isOfSample() ? frame.size() - 1 : frame.size();
    if (divisor <= 0) {
      boolean isNaN = frame.size() == 1 && lone == LoneSample.NAN;
      assertThat(row.isNullAt(0)).isEqualTo(!isNaN);
      assertThat((Double) row.getDouble(0)).isEqualTo((Double) (isNaN ? Double.NaN : 0));
      return;
    }
    double[] values =
        frame.stream().mapToDouble(cells -> Double.longBitsToDouble(cells[0])).toArray();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        assertThat(row.getDouble(0)).isNaN();
        return;
      }
    }
    BigDecimal numerator = numerator(values);
    BigDecimal denominator =
        BigDecimal.valueOf(values.length).multiply(BigDecimal.valueOf(divisor));
    if (dispersion.isRoot()) {
      checkRoot(row.getDouble(0), numerator, denominator);
    } else {
      assertThat((Double) row.getDouble(0))
          .isEqualTo((Double) WindowOracle.quotient(numerator, denominator));
    }
  }

  private static BigDecimal numerator(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      BigDecimal exact = new BigDecimal(value);
      sum = sum.add(exact);
      squares = squares.add(exact.multiply(exact));
    }
    return squares.multiply(BigDecimal.valueOf(values.length)).subtract(sum.multiply(sum));
  }

  /** The root lies between the points halfway to the neighbours of the value. */
  private static void checkRoot(double root, BigDecimal numerator, BigDecimal denominator) {
    boolean isEven = (Double.doubleToRawLongBits(root) & 1) == 0;
    if (Double.isFinite(root)) {
      BigDecimal above = exact(root).add(exact(Math.nextUp(root))).divide(TWO);
      int order = above.multiply(above).multiply(denominator).compareTo(numerator);
      assertThat(order).isGreaterThanOrEqualTo(isEven ? 0 : 1);
    }
    if (root > 0) {
      BigDecimal below = exact(root).add(exact(Math.nextDown(root))).divide(TWO);
      int order = below.multiply(below).multiply(denominator).compareTo(numerator);
      assertThat(order).isLessThanOrEqualTo(isEven ? 0 : -1);
    }
  }

  /** For rounding, infinity is the next power of two. */
  private static BigDecimal exact(double value) {
    return Double.isFinite(value) ? new BigDecimal(value) : TWO.pow(1024);
  }

  private void slide(List<long[]> values, LoneSample lone) {
    for (Dispersion dispersion : Dispersion.values()) {
      FrameRuns.slide(aggregates.dispersion(dispersion, lone), values, check(dispersion, lone));
    }
  }

  @Test
  void slidingFramesHaveTheirExactVariances() {
    Random random = FrameRuns.random();
    for (RandomDoubles kind : RandomDoubles.values()) {
      slide(kind.cells(random, 30), LoneSample.NULL);
    }
  }

  @Test
  void valuesMayLeaveInAnyOrder() {
    Random random = FrameRuns.random();
    for (RandomDoubles kind : RandomDoubles.values()) {
      List<long[]> values = kind.cells(random, 60);
      for (Dispersion dispersion : Dispersion.values()) {
        FrameRuns.shuffle(
            aggregates.dispersion(dispersion, LoneSample.NULL),
            values,
            random,
            check(dispersion, LoneSample.NULL));
      }
    }
  }

  @Test
  void hardFramesAreRightAtEverySize() {
    for (LoneSample lone : LoneSample.values()) {
      slide(RandomDoubles.cells(RandomDoubles.HARD), lone);
      slide(RandomDoubles.cells(RandomDoubles.INFINITE), lone);
      double most = Double.MAX_VALUE;
      slide(RandomDoubles.cells(new double[] {most, -most, 1, -1}), lone);
      double least = Double.MIN_VALUE;
      slide(RandomDoubles.cells(new double[] {least, -least, Double.MIN_NORMAL, 0, 0}), lone);
    }
  }

  @Test
  void squaresWithManyTrailingZerosMeetASumWithout() {
    // The squares add up to a power of four while the sum keeps its low bits.
    double[] values = new double[1 + 3 * 200];
    values[0] = 1;
    for (int i = 0; i < 200; i++) {
      for (int j = 1; j <= 3; j++) {
        values[3 * i + j] = Math.scalb(1.0, i);
      }
    }
    FrameAggregate variance = aggregates.dispersion(Dispersion.VAR_POP, LoneSample.NULL);
    FrameAggregate deviation = aggregates.dispersion(Dispersion.STDDEV_SAMP, LoneSample.NULL);
    List<long[]> cells = RandomDoubles.cells(values);
    for (int end = 1; end <= cells.size(); end++) {
      variance.add(cells.get(end - 1), 0);
      deviation.add(cells.get(end - 1), 0);
      List<long[]> frame = cells.subList(0, end);
      check(Dispersion.VAR_POP, LoneSample.NULL, FrameRuns.read(variance), frame);
      check(Dispersion.STDDEV_SAMP, LoneSample.NULL, FrameRuns.read(deviation), frame);
    }
  }

  @Test
  void deviationsBeyondTheRangeOfSquaresAreFinite() {
    FrameAggregate deviation = aggregates.dispersion(Dispersion.STDDEV_POP, LoneSample.NULL);
    RandomDoubles.cells(new double[] {1e300, -1e300}).forEach(cells -> deviation.add(cells, 0));
    assertThat(FrameRuns.read(deviation).getDouble(0)).isEqualTo(1e300);
  }

  @Test
  void framesOfManyValuesHaveTheirExactVariances() {
    // More than have a product with their divisor of a single digit.
    Random random = FrameRuns.random();
    for (RandomDoubles kind : List.of(RandomDoubles.PRICES, RandomDoubles.FAR_FROM_ZERO)) {
      List<long[]> values = kind.cells(random, 50_000);
      for (Dispersion dispersion : Dispersion.values()) {
        FrameAggregate aggregate = aggregates.dispersion(dispersion, LoneSample.NULL);
        values.forEach(cells -> aggregate.add(cells, 0));
        check(dispersion, LoneSample.NULL, FrameRuns.read(aggregate), values);
        values.subList(0, 10_000).forEach(cells -> aggregate.remove(cells, 0));
        check(
            dispersion,
            LoneSample.NULL,
            FrameRuns.read(aggregate),
            values.subList(10_000, values.size()));
      }
    }
  }
}
