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

import java.util.Arrays;

/**
 * A sum of whole multiples of a power of two that loses nothing: what was added and is subtracted
 * again leaves no trace.
 *
 * <p>Limb {@code i} counts multiples of {@code 2^(32 i)} units. A value touches a few neighbouring
 * limbs. Limbs are signed 64-bit numbers, so carries wait until the sum is read or {@link
 * #MAX_PENDING} values have come; only the limbs between {@code low} and {@code high} can differ
 * from zero, a few for usual data.
 */
final class FixedPointSum {
  /** The units of sums of doubles are 2 to this exponent. */
  static final int DOUBLE_UNIT = FloatFormat.DOUBLE.leastExponent();

  /** The units of sums of squares of doubles are 2 to this exponent. */
  static final int SQUARE_UNIT = 2 * DOUBLE_UNIT;

  /** Values after which a limb could leave {@code [-2^63, 2^63)} without a carry. */
  private static final int MAX_PENDING = 1 << 29;

  /** The top limb is carried onwards from here; it leaves room for the pending values. */
  private static final long TOP_LIMIT = 1L << 53;

  private static final long FRACTION = (1L << 52) - 1;

  private final long[] limbs;
  private int low;
  private int high;
  private int pending;

  private FixedPointSum(int limbs) {
    this.limbs = new long[limbs];
    this.low = limbs;
    this.high = -1;
  }

  /** For up to {@code 2^62} doubles of any exponent. */
  static FixedPointSum ofDoubles() {
    return new FixedPointSum(70);
  }

  /** For up to {@code 2^62} squares of doubles of any exponent. */
  static FixedPointSum ofSquares() {
    return new FixedPointSum(136);
  }

  /** Adds a finite double, given as its bits. */
  void add(long bits) {
    long mantissa = mantissa(bits);
    if (mantissa == 0) {
      return;
    }
    int position = position(bits);
    int index = position >>> 5;
    int shift = position & 31;
    long sign = bits >> 63;
    long first = mantissa << shift & Magnitude.DIGIT;
    long second = mantissa >>> (32 - shift) & Magnitude.DIGIT;
    // In two steps, as a shift by 64 would do nothing.
    long third = mantissa >>> 1 >>> (63 - shift);
    limbs[index] += (first ^ sign) - sign;
    limbs[index + 1] += (second ^ sign) - sign;
    low = Math.min(low, index);
    if (third == 0) {
      high = Math.max(high, index + 1);
    } else {
      limbs[index + 2] += (third ^ sign) - sign;
      high = Math.max(high, index + 2);
    }
    if (++pending == MAX_PENDING) {
      carry();
    }
  }

  /** Adds the square of a finite double, given as its bits. */
  void addSquare(long bits) {
    accumulateSquare(bits, 0);
  }

  /** Subtracts the square of a finite double, given as its bits. */
  void subtractSquare(long bits) {
    accumulateSquare(bits, -1);
  }

  private void accumulateSquare(long bits, long sign) {
    long mantissa = mantissa(bits);
    if (mantissa == 0) {
      return;
    }
    int position = 2 * position(bits);
    int index = position >>> 5;
    int shift = position & 31;
    long lower = mantissa * mantissa;
    long upper = Math.multiplyHigh(mantissa, mantissa);
    long first = lower << shift & Magnitude.DIGIT;
    long second = lower >>> (32 - shift) & Magnitude.DIGIT;
    long third = (lower >>> 1 >>> (63 - shift) | upper << shift) & Magnitude.DIGIT;
    long fourth = upper >>> (32 - shift) & Magnitude.DIGIT;
    long fifth = upper >>> 1 >>> (63 - shift);
    limbs[index] += (first ^ sign) - sign;
    limbs[index + 1] += (second ^ sign) - sign;
    limbs[index + 2] += (third ^ sign) - sign;
    limbs[index + 3] += (fourth ^ sign) - sign;
    limbs[index + 4] += (fifth ^ sign) - sign;
    low = Math.min(low, index);
    high = Math.max(high, index + 4);
    if (++pending == MAX_PENDING) {
      carry();
    }
  }

  private static long mantissa(long bits) {
    long fraction = bits & FRACTION;
    return (bits << 1 >>> 53) == 0 ? fraction : fraction | FRACTION + 1;
  }

  /** The units of a double's mantissa are 2 to this exponent, in units of the sum. */
  private static int position(long bits) {
    return Math.max((int) (bits << 1 >>> 53) - 1, 0);
  }

  /** Brings all active limbs but the top one into {@code [0, 2^32)}; the top one has the sign. */
  private void carry() {
    pending = 0;
    for (int i = low; i < high; i++) {
      limbs[i + 1] += limbs[i] >> 32;
      limbs[i] &= Magnitude.DIGIT;
    }
    while (limbs[high] >= TOP_LIMIT || limbs[high] < -TOP_LIMIT) {
      limbs[high + 1] += limbs[high] >> 32;
      limbs[high] &= Magnitude.DIGIT;
      high++;
    }
    while (high > low && limbs[high] == 0) {
      high--;
    }
    while (low < high && limbs[low] == 0) {
      low++;
    }
  }

  /**
   * Loads the absolute value of the sum, whose units are 2 to {@code unitExponent}, and says
   * whether the sum is negative.
   */
  boolean load(Magnitude magnitude, int unitExponent) {
    if (high < 0) {
      magnitude.begin(unitExponent);
      return false;
    }
    carry();
    magnitude.begin(unitExponent + 32 * low);
    boolean negative = limbs[high] < 0;
    long carry = 0;
    for (int i = low; i <= high; i++) {
      carry += negative ? -limbs[i] : limbs[i];
      magnitude.append(carry & Magnitude.DIGIT);
      carry >>= 32;
    }
    if (carry != 0) {
      magnitude.append(carry);
    }
    return negative;
  }

  void clear() {
    if (high >= 0) {
      Arrays.fill(limbs, low, high + 1, 0);
    }
    low = limbs.length;
    high = -1;
    pending = 0;
  }
}
