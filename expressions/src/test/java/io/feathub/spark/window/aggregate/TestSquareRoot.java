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

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestSquareRoot {
  private static void check(BigInteger number) {
    SquareRoot root = SquareRoot.of(number.shiftRight(64).longValue(), number.longValue());
    BigInteger[] expected = number.sqrtAndRemainder();
    assertThat(root.floor()).as("root of " + number).isEqualTo(expected[0].longValueExact());
    assertThat(root.exact()).as("root of " + number).isEqualTo(expected[1].signum() == 0);
  }

  /** The squares next to a root of 63 bits, and their neighbours. */
  private static void checkAround(BigInteger root) {
    BigInteger square = root.multiply(root);
    for (int offset = -1; offset <= 1; offset++) {
      BigInteger number = square.add(BigInteger.valueOf(offset));
      if (number.bitLength() == 125 || number.bitLength() == 126) {
        check(number);
      }
    }
  }

  @Test
  void rootsOfRandomNumbersAreThoseOfBigIntegers() {
    Random random = FrameRuns.random();
    for (int i = 0; i < 20_000; i++) {
      check(new BigInteger(124 + random.nextInt(2), random).setBit(124 + random.nextInt(2)));
      checkAround(new BigInteger(62, random).setBit(62));
    }
  }

  @Test
  void rootsAtTheEdgesAreThoseOfBigIntegers() {
    for (int i = 0; i < 100; i++) {
      BigInteger offset = BigInteger.valueOf(i);
      checkAround(BigInteger.ONE.shiftLeft(62).add(offset));
      checkAround(BigInteger.ONE.shiftLeft(63).subtract(offset));
      check(BigInteger.ONE.shiftLeft(126).subtract(BigInteger.ONE).subtract(offset));
      check(BigInteger.ONE.shiftLeft(124).add(offset));
    }
  }
}
