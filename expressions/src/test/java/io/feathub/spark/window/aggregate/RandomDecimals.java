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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DecimalType;

/** Decimals of a type in cells and as numbers. */
final class RandomDecimals {
  private RandomDecimals() {}

  static long[] cells(BigInteger unscaled, DecimalType type) {
    return type.precision() <= 18
        ? new long[] {unscaled.longValueExact()}
        : new long[] {unscaled.shiftRight(64).longValueExact(), unscaled.longValue()};
  }

  static BigInteger unscaled(long[] cells) {
    BigInteger high = BigInteger.valueOf(cells[0]);
    return cells.length == 1
        ? high
        : high.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(cells[1])));
  }

  static BigInteger sum(List<long[]> frame) {
    return frame.stream().map(RandomDecimals::unscaled).reduce(BigInteger.ZERO, BigInteger::add);
  }

  static BigInteger greatest(int precision) {
    return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
  }

  static BigDecimal number(long[] cells, DecimalType type) {
    return new BigDecimal(unscaled(cells), type.scale());
  }

  /** Values of all lengths, many of them next to zero or to the greatest and least ones. */
  static List<long[]> values(Random random, DecimalType type, int count) {
    List<long[]> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(cells(value(random, type.precision()), type));
    }
    return values;
  }

  private static BigInteger value(Random random, int precision) {
    BigInteger near = BigInteger.valueOf(random.nextInt(3));
    BigInteger magnitude =
        switch (random.nextInt(4)) {
          case 0 -> near;
          case 1 -> greatest(precision).subtract(near);
          case 2 -> greatest(precision).shiftRight(random.nextInt(130));
          default -> new BigInteger(130, random).mod(greatest(1 + random.nextInt(precision)));
        };
    return random.nextBoolean() ? magnitude : magnitude.negate();
  }
}
