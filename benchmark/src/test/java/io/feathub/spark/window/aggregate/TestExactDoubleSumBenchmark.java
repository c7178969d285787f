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
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestExactDoubleSumBenchmark {
  @Test
  void theSumIsThatOfBigDecimals() {
    for (DoubleValues exponents : DoubleValues.values()) {
      ExactDoubleSumBenchmark benchmark = new ExactDoubleSumBenchmark(exponents);
      benchmark.prepare();
      BigDecimal sum = BigDecimal.ZERO;
      for (double value : benchmark.values()) {
        sum = sum.add(new BigDecimal(value));
      }
      assertThat(benchmark.add()).as(exponents.toString()).isEqualTo(sum.doubleValue());
    }
  }

  @Test
  void thePlainSumAddsEveryValue() {
    ExactDoubleSumBenchmark benchmark = new ExactDoubleSumBenchmark(DoubleValues.NARROW);
    benchmark.prepare();
    double expected = Arrays.stream(benchmark.values()).reduce(0, Double::sum);
    assertThat(benchmark.addPlain()).isEqualTo(expected);
  }

  @Test
  void wideValuesHaveExponentsFarApart() {
    double[] values = DoubleValues.WIDE.values(1000);
    assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow()).isGreaterThan(1e140);
    assertThat(Arrays.stream(values).map(Math::abs).min().orElseThrow()).isLessThan(1e-140);
  }
}
