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
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class TestSlidingDoubleSumBenchmark {
  @Test
  void everySumIsThatOfBigDecimals() {
    for (DoubleValues exponents : DoubleValues.values()) {
      for (int frame : new int[] {1, 10}) {
        SlidingDoubleSumBenchmark benchmark = new SlidingDoubleSumBenchmark(exponents, frame);
        benchmark.prepare();
        assertThat(benchmark.slide())
            .as(exponents + " " + frame)
            .isEqualTo(expected(benchmark.values(), frame));
      }
    }
  }

  private static long expected(double[] values, int frame) {
    long bits = 0;
    for (int end = 0; end < values.length; end++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = Math.max(0, end - frame + 1); i <= end; i++) {
        sum = sum.add(new BigDecimal(values[i]));
      }
      bits += Double.doubleToRawLongBits(sum.doubleValue());
    }
    return bits;
  }

  @Test
  void frameOfOneIsTheValueItself() {
    SlidingDoubleSumBenchmark benchmark = new SlidingDoubleSumBenchmark(DoubleValues.NARROW, 1);
    benchmark.prepare();
    assertThat(benchmark.addUpEveryFrame()).isEqualTo(benchmark.slide());
  }

  @Test
  void plainSumsAreThoseOfTheirOrderOfAdditions() {
    SlidingDoubleSumBenchmark benchmark = new SlidingDoubleSumBenchmark(DoubleValues.NARROW, 10);
    benchmark.prepare();
    double[] values = benchmark.values();
    double[] plain = new double[values.length];
    long addedUp = 0;
    for (int end = 0; end < values.length; end++) {
      plain[end] =
          (end == 0 ? 0 : plain[end - 1]) + values[end] - (end < 10 ? 0 : values[end - 10]);
      double sum = 0;
      for (int i = Math.max(0, end - 9); i <= end; i++) {
        sum += values[i];
      }
      addedUp += Double.doubleToRawLongBits(sum);
      assertThat(plain[end]).isCloseTo(sum, within(1e-9));
    }
    long slid = 0;
    for (double sum : plain) {
      slid += Double.doubleToRawLongBits(sum);
    }
    assertThat(benchmark.addUpEveryFrame()).isEqualTo(addedUp);
    assertThat(benchmark.slidePlain()).isEqualTo(slid);
  }
}
