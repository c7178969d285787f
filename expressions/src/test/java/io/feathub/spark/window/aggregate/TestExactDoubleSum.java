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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestExactDoubleSum {
  private static final long SEED = 20_260_101L;

  /** Values of all exponents and both signs, subnormals included. */
  private static double anyFinite(Random random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : random.nextGaussian();
  }

  private static double nearby(Random random) {
    return Math.scalb(random.nextDouble() - 0.5, random.nextInt(60));
  }

  private static double subnormal(Random random) {
    return Double.longBitsToDouble(
        (random.nextLong() & ((1L << 53) - 1)) | (random.nextLong() & Long.MIN_VALUE));
  }

  private static double huge(Random random) {
    return (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble() / 2) * Double.MAX_VALUE;
  }

  /** Slides windows of several sizes over values and compares every frame with the oracle. */
  private static void checkSliding(double[] values, int size, String what) {
    ExactDoubleSum sum = new ExactDoubleSum(new Magnitude(), RemovalOrder.OLDEST_FIRST);
    for (int end = 0; end < values.length; end++) {
      sum.add(values[end]);
      if (end >= size) {
        sum.remove(values[end - size]);
      }
      List<WindowOracle.Row> frame = new ArrayList<>();
      for (int i = Math.max(0, end - size + 1); i <= end; i++) {
        frame.add(new WindowOracle.Row(null, (long) i, values[i]));
      }
      String where = what + ", window of " + size + ", row " + end;
      assertThat(bits(sum.sum())).as("sum of " + where).isEqualTo(bits(oracleSum(frame)));
      assertThat(bits(sum.average()))
          .as("average of " + where)
          .isEqualTo(bits(WindowOracle.average(frame)));
    }
  }

  /** BigDecimal has no negative zero, and an exact sum of zero is positive anyway. */
  private static double oracleSum(List<WindowOracle.Row> frame) {
    return WindowOracle.sumOfDoubles(frame);
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  private interface Generator {
    double next(Random random);
  }

  private static void checkRandom(Generator generator, int length, String what) {
    for (int size : new int[] {1, 2, 3, 4, 5, 17, 64}) {
      Random random = new Random(SEED + size);
      double[] values = new double[length];
      for (int i = 0; i < length; i++) {
        values[i] = generator.next(random);
      }
      checkSliding(values, size, what + ", seed " + (SEED + size));
    }
  }

  @Test
  void sumsOfAllExponentsAreExact() {
    checkRandom(TestExactDoubleSum::anyFinite, 120, "all exponents");
  }

  @Test
  void sumsOfUsualValuesAreExact() {
    checkRandom(TestExactDoubleSum::nearby, 120, "usual values");
  }

  @Test
  void sumsOfSubnormalsAreExact() {
    checkRandom(TestExactDoubleSum::subnormal, 120, "subnormals");
  }

  @Test
  void sumsAtTheEdgeOfOverflowAreExact() {
    checkRandom(TestExactDoubleSum::huge, 100, "huge values");
  }

  @Test
  void hugeCancellationsLeaveTheSmallValues() {
    checkRandom(
        random ->
            switch (random.nextInt(4)) {
              case 0 -> 1e300;
              case 1 -> -1e300;
              case 2 -> random.nextGaussian();
              default -> Double.MIN_VALUE * random.nextInt(5);
            },
        300,
        "cancellations");
  }

  @Test
  void pointsHalfwayBetweenDoublesAreRoundedToEven() {
    checkRandom(
        random -> Math.scalb(random.nextInt(9) - 4.0, 53 * random.nextInt(3) - 1), 120, "halves");
  }

  @Test
  void zerosOfBothSignsSumToPositiveZero() {
    checkRandom(random -> random.nextBoolean() ? 0.0 : -0.0, 50, "zeros");
  }

  @Test
  void nanAndInfinitiesLeaveNoTrace() {
    checkRandom(
        random ->
            switch (random.nextInt(8)) {
              case 0 -> Double.NaN;
              case 1 -> Double.POSITIVE_INFINITY;
              case 2 -> Double.NEGATIVE_INFINITY;
              default -> nearby(random);
            },
        400,
        "special values");
  }

  @Test
  void theHardFrameIsRightAtEverySize() {
    double[] values = {1e308, 1e308, -1e308, Double.NaN, 1, 1e16, 1, -1e16};
    for (int size = 1; size <= values.length; size++) {
      checkSliding(values, size, "the hard frame");
    }
  }

  @Test
  void infinityThatEnteredAndLeftIsForgotten() {
    ExactDoubleSum sum = new ExactDoubleSum(new Magnitude(), RemovalOrder.OLDEST_FIRST);
    sum.add(Double.POSITIVE_INFINITY);
    sum.add(1);
    sum.add(2);
    sum.add(3);
    assertThat(sum.sum()).isEqualTo(Double.POSITIVE_INFINITY);
    sum.remove(Double.POSITIVE_INFINITY);
    assertThat(sum.sum()).isEqualTo(6);
    assertThat(sum.average()).isEqualTo(2);
  }

  @Test
  void carriesOfManyPendingValuesAreNotLost() {
    ExactDoubleSum sum = new ExactDoubleSum(new Magnitude(), RemovalOrder.OLDEST_FIRST);
    double value = Math.nextDown(1.0);
    int count = 3_000_000;
    for (int i = 0; i < count; i++) {
      sum.add(-value);
    }
    assertThat(sum.sum())
        .isEqualTo(
            new java.math.BigDecimal(-value)
                .multiply(java.math.BigDecimal.valueOf(count))
                .doubleValue());
    assertThat(sum.average()).isEqualTo(-value);
  }

  @Test
  void clearedSumsStartAnew() {
    ExactDoubleSum sum = new ExactDoubleSum(new Magnitude(), RemovalOrder.OLDEST_FIRST);
    for (double value : new double[] {1e300, Double.NaN, 3, 4}) {
      sum.add(value);
    }
    sum.clear();
    assertThat(sum.count()).isZero();
    for (double value : new double[] {1, 2, 4}) {
      sum.add(value);
    }
    assertThat(sum.sum()).isEqualTo(7);
  }
}
