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

import io.feathub.spark.window.aggregate.ExactLongSumBenchmark.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestExactLongSumBenchmark {
  private static ExactLongSumBenchmark prepared(Size size) {
    ExactLongSumBenchmark benchmark = new ExactLongSumBenchmark(size);
    benchmark.prepare();
    return benchmark;
  }

  @Test
  void averagesAreThoseOfBigIntegers() {
    for (Size size : Size.values()) {
      ExactLongSumBenchmark benchmark = prepared(size);
      long[] values = benchmark.values();
      assertThat(benchmark.add()).as(size.toString()).isEqualTo(average(values, 0, values.length));
      long bits = 0;
      for (int end = 1; end <= values.length; end++) {
        int start = Math.max(0, end - ExactLongSumBenchmark.FRAME);
        bits += Double.doubleToRawLongBits(average(values, start, end));
      }
      assertThat(benchmark.slideAverage()).as(size.toString()).isEqualTo(bits);
    }
  }

  @Test
  void thePlainSumWrapsAround() {
    for (Size size : Size.values()) {
      ExactLongSumBenchmark benchmark = prepared(size);
      assertThat(benchmark.addPlain()).isEqualTo(Arrays.stream(benchmark.values()).sum());
    }
  }

  private static double average(long[] values, int start, int end) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = start; i < end; i++) {
      sum = sum.add(BigInteger.valueOf(values[i]));
    }
    // Far more digits than a double has: rounding twice matters only for ties, which these are not.
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(end - start), MathContext.DECIMAL128)
        .doubleValue();
  }
}
