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
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestMagnitude {
  private static BigDecimal random(Random random, Magnitude magnitude) {
    int exponent = random.nextInt(300) - 200;
    magnitude.begin(exponent);
    BigInteger number = BigInteger.ZERO;
    for (int i = random.nextInt(12); i >= 0; i--) {
      long digit = random.nextInt(3) == 0 ? 0 : random.nextLong() >>> 32;
      number = number.shiftLeft(32).or(BigInteger.valueOf(digit));
    }
    for (BigInteger rest = number; rest.signum() != 0; rest = rest.shiftRight(32)) {
      magnitude.append(rest.longValue() & Magnitude.DIGIT);
    }
    BigDecimal unit =
        exponent < 0
            ? BigDecimal.ONE.divide(BigDecimal.valueOf(2).pow(-exponent))
            : BigDecimal.valueOf(2).pow(exponent);
    return new BigDecimal(number).multiply(unit);
  }

  @Test
  void quotientsAreRoundedOnce() {
    Random random = FrameRuns.random();
    Magnitude magnitude = new Magnitude();
    for (int i = 0; i < 5000; i++) {
      BigDecimal number = random(random, magnitude);
      long divisor = 1 + (random.nextLong() >>> 32 >>> random.nextInt(32));
      long next = random.nextInt(3) == 0 ? 1 : 1 + (random.nextLong() >>> 33);
      if (divisor > Magnitude.DIGIT) {
        divisor = Magnitude.DIGIT;
      }
      magnitude.keep(next == 1 ? Magnitude.QUOTIENT_DIGITS : Magnitude.QUOTIENT_DIGITS + 1);
      magnitude.divide(divisor);
      magnitude.divide(next);
      BigDecimal product = BigDecimal.valueOf(divisor).multiply(BigDecimal.valueOf(next));
      assertThat(magnitude.rounded())
          .as("%s / (%d * %d)", number, divisor, next)
          .isEqualTo(WindowOracle.quotient(number, product));
    }
  }

  @Test
  void floatsAreRoundedOnce() {
    Random random = FrameRuns.random();
    Magnitude magnitude = new Magnitude();
    for (int i = 0; i < 5000; i++) {
      BigDecimal number = random(random, magnitude);
      assertThat(magnitude.roundedToFloat()).isEqualTo(number.floatValue());
    }
  }

  @Test
  void divisorsOfMoreThanOneDigitAreRefused() {
    Magnitude magnitude = new Magnitude();
    magnitude.begin(0);
    magnitude.append(7);
    assertThatThrownBy(() -> magnitude.divide(1L << 32))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
