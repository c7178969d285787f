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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.window.NaiveNumbers.Divisor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** The numbers that others are compared with, where they are known. */
class TestNaiveNumbers {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());

  @Test
  void variancesOfKnownValues() {
    List<Object> values = List.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(NaiveNumbers.variance(values, Divisor.POPULATION)).isEqualTo(4.0);
    assertThat(NaiveNumbers.deviation(values, Divisor.POPULATION)).isEqualTo(2.0);
    assertThat(NaiveNumbers.variance(values, Divisor.SAMPLE)).isEqualTo(32.0 / 7);
    assertThat(NaiveNumbers.deviation(List.of(1.0, 3.0), Divisor.SAMPLE)).isEqualTo(Math.sqrt(2));
    assertThat(NaiveNumbers.deviation(List.of(5.5), Divisor.POPULATION)).isEqualTo(0.0);
    assertThat(NaiveNumbers.deviation(List.of(5.5), Divisor.SAMPLE)).isNull();
    assertThat(NaiveNumbers.variance(List.of(), Divisor.POPULATION)).isNull();
  }

  @Test
  void variancesAtTheEndsOfTheDoubles() {
    double max = Double.MAX_VALUE;
    assertThat(NaiveNumbers.variance(List.of(max, -max), Divisor.POPULATION))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(NaiveNumbers.deviation(List.of(max, -max), Divisor.POPULATION)).isEqualTo(max);
    assertThat(NaiveNumbers.deviation(List.of(max, -max), Divisor.SAMPLE))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(NaiveNumbers.deviation(List.of(0.0, 4 * Double.MIN_VALUE), Divisor.POPULATION))
        .isEqualTo(2 * Double.MIN_VALUE);
    assertThat(NaiveNumbers.deviation(List.of(1.0, Double.NaN), Divisor.SAMPLE)).isNaN();
    assertThat(NaiveNumbers.variance(List.of(Double.NEGATIVE_INFINITY), Divisor.POPULATION))
        .isNaN();
  }

  /** Java's root of a double is the nearest double too. */
  @Test
  void rootsAreTheNearestDoubles() {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    for (int attempt = 0; attempt < 2000; attempt++) {
      double square = Math.scalb(1 + random.nextDouble(), random.nextInt(2000) - 1000);
      assertThat(NaiveNumbers.root(new BigDecimal(square), BigDecimal.ONE))
          .as("root of %s", square)
          .isEqualTo(Math.sqrt(square));
    }
  }

  /** Half way between two doubles lies the root of the square of that. */
  @Test
  void rootsHalfWayBetweenTwoDoublesAreTheEvenOne() {
    BigDecimal middle = new BigDecimal(1.0).add(new BigDecimal(Math.ulp(1.0) / 2));
    assertThat(NaiveNumbers.root(middle.multiply(middle), BigDecimal.ONE)).isEqualTo(1.0);
    BigDecimal next = middle.add(new BigDecimal(Math.ulp(1.0)));
    assertThat(NaiveNumbers.root(next.multiply(next), BigDecimal.ONE))
        .isEqualTo(1 + 2 * Math.ulp(1.0));
  }

  @Test
  void sumsThatDoNotFit() {
    List<Object> longs = List.of(Long.MAX_VALUE, 1L);
    assertThat(NaiveNumbers.sum(longs, DataTypes.LongType)).isEqualTo(Long.MIN_VALUE);
    List<Object> decimals = List.of(new BigDecimal("99"), new BigDecimal("1"));
    assertThat(NaiveNumbers.sum(decimals, DataTypes.createDecimalType(2, 0))).isNull();
    assertThat(NaiveNumbers.average(decimals, DataTypes.createDecimalType(6, 4)))
        .isEqualTo(new BigDecimal("50.0000"));
  }
}
