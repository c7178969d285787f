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
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestExactLongSum {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private static long value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.MAX_VALUE - random.nextInt(3);
      case 1 -> Long.MIN_VALUE + random.nextInt(3);
      case 2 -> random.nextLong();
      default -> random.nextInt(7) - 3;
    };
  }

  @Test
  void sumsAndAveragesAreThoseOfBigIntegers() {
    for (int size : new int[] {1, 2, 3, 7, 40}) {
      long seed = 77_000L + size;
      Random random = new Random(seed);
      long[] values = random.longs(500).map(ignored -> value(random)).toArray();
      ExactLongSum sum = new ExactLongSum(new Magnitude());
      BigInteger expected = BigInteger.ZERO;
      for (int i = 0; i < values.length; i++) {
        sum.add(values[i]);
        expected = expected.add(BigInteger.valueOf(values[i]));
        if (i >= size) {
          sum.remove(values[i - size]);
          expected = expected.subtract(BigInteger.valueOf(values[i - size]));
        }
        String where = "window of " + size + ", row " + i + ", seed " + seed;
        boolean fits = expected.compareTo(LEAST) >= 0 && expected.compareTo(GREATEST) <= 0;
        assertThat(sum.lowBits()).as(where).isEqualTo(expected.longValue());
        assertThat(sum.fitsLong()).as(where).isEqualTo(fits);
        assertThat(sum.average())
            .as(where)
            .isEqualTo(
                WindowOracle.quotient(
                    new BigDecimal(expected), BigDecimal.valueOf(Math.min(size, i + 1))));
      }
    }
  }
}
