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

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TestSlidingVarianceBenchmark {
  /**
   * Far more digits than a double has: rounding twice matters only for ties, which these are not.
   */
  private static final MathContext DIGITS = new MathContext(60);

  @Test
  void everyVarianceIsThatOfBigDecimals() {
    for (DoubleValues exponents : DoubleValues.values()) {
      SlidingVarianceBenchmark benchmark = new SlidingVarianceBenchmark(exponents, 10);
      benchmark.prepare();
      double[] values = benchmark.values();
      assertThat(benchmark.slideVariance())
          .as(exponents.toString())
          .isEqualTo(expected(values, variance -> variance));
      assertThat(benchmark.slideDeviation())
          .as(exponents.toString())
          .isEqualTo(expected(values, variance -> variance.sqrt(DIGITS)));
    }
  }

  private static long expected(double[] values, UnaryOperator<BigDecimal> result) {
    long bits = 0;
    for (int end = 1; end <= values.length; end++) {
      int start = Math.max(0, end - 10);
      BigDecimal count = BigDecimal.valueOf(end - start);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (int i = start; i < end; i++) {
        BigDecimal value = new BigDecimal(values[i]);
        sum = sum.add(value);
        squares = squares.add(value.multiply(value));
      }
      BigDecimal variance =
          squares.multiply(count).subtract(sum.multiply(sum)).divide(count.multiply(count), DIGITS);
      bits += Double.doubleToRawLongBits(result.apply(variance).doubleValue());
    }
    return bits;
  }
}
