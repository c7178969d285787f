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

import java.util.Arrays;

/**
 * The sum of doubles without any loss: values that were added and have left leave no trace, and the
 * result is the exact sum rounded once, whatever the order.
 *
 * <p>The sum is a fixed-point number over the whole range of doubles: limb {@code i} counts
 * multiples of {@code 2^(32 i - 1074)}. A double touches two or three neighbouring limbs. Limbs are
 * signed 64-bit numbers, so carries wait until the sum is read or {@link #MAX_PENDING} values have
 * come; only the limbs between {@code low} and {@code high} can differ from zero, a few for usual
 * data. NaN and the infinities are counted apart.
 *
 * <p>Values leave in the order in which they came. Adding and removing costs three additions;
 * reading costs the active limbs, and nothing for sums of one or two values, for which a single
 * IEEE addition is already correctly rounded.
 */
final class ExactDoubleSum {
  /** The exponent of the least positive double. */
  static final int LEAST_EXPONENT = -1074;

  /** Bytes of one instance, for memory accounting. */
  static final long BYTES = 8L * 70 + 128;

  /** Enough for {@code 2^62} values of the greatest exponent. */
  private static final int LIMBS = 70;

  /** Values after which a limb could leave {@code [-2^63, 2^63)} without a carry. */
  private static final int MAX_PENDING = 1 << 29;

  /** The top limb is carried onwards from here; it leaves room for the pending values. */
  private static final long TOP_LIMIT = 1L << 53;

  private static final long FRACTION = (1L << 52) - 1;

  private final long[] limbs = new long[LIMBS];
  private final Magnitude magnitude;
  private int low = LIMBS;
  private int high = -1;
  private int pending;
  private long finite;
  private long notANumber;
  private long positiveInfinities;
  private long negativeInfinities;
  private double last;
  private double lastButOne;

  ExactDoubleSum(Magnitude scratch) {
    this.magnitude = scratch;
  }

  void add(double value) {
    if (!Double.isFinite(value)) {
      countSpecial(value, 1);
      return;
    }
    finite++;
    lastButOne = last;
    last = value;
    accumulate(Double.doubleToRawLongBits(value));
  }

  /** Removes the oldest value, which the caller knows. */
  void remove(double value) {
    if (!Double.isFinite(value)) {
      countSpecial(value, -1);
      return;
    }
    finite--;
    if (finite == 0) {
      clearLimbs();
      return;
    }
    accumulate(Double.doubleToRawLongBits(value) ^ Long.MIN_VALUE);
  }

  void clear() {
    clearLimbs();
    finite = 0;
    notANumber = 0;
    positiveInfinities = 0;
    negativeInfinities = 0;
  }

  long count() {
    return finite + notANumber + positiveInfinities + negativeInfinities;
  }

  /** The exact sum rounded once; an exact zero is positive, as in a sum that starts from zero. */
  double sum() {
    if (finite != count()) {
      return special();
    }
    if (finite <= 2) {
      return shortSum() + 0.0;
    }
    boolean negative = loadMagnitude();
    return negative ? -magnitude.rounded() : magnitude.rounded();
  }

  /** The exact sum divided by the count, rounded once. There is at least one value. */
  double average() {
    if (finite != count()) {
      return special();
    }
    if (finite <= 2) {
      // Halving is exact, or the sum was so small that it is exact.
      double sum = shortSum() + 0.0;
      if (Double.isFinite(sum)) {
        return sum / finite;
      }
    }
    boolean negative = loadMagnitude();
    double quotient = magnitude.dividedBy(finite);
    return negative ? -quotient : quotient;
  }

  private double shortSum() {
    if (finite == 0) {
      return 0;
    }
    return finite == 1 ? last : lastButOne + last;
  }

  private void countSpecial(double value, int by) {
    if (Double.isNaN(value)) {
      notANumber += by;
    } else if (value > 0) {
      positiveInfinities += by;
    } else {
      negativeInfinities += by;
    }
  }

  private double special() {
    if (notANumber > 0 || (positiveInfinities > 0 && negativeInfinities > 0)) {
      return Double.NaN;
    }
    return positiveInfinities > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private void accumulate(long bits) {
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long mantissa = bits & FRACTION;
    if (exponent == 0) {
      if (mantissa == 0) {
        return;
      }
    } else {
      mantissa |= FRACTION + 1;
      exponent--;
    }
    int index = exponent >>> 5;
    int shift = exponent & 31;
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

  /** Loads the absolute value of the sum and says whether the sum is negative. */
  private boolean loadMagnitude() {
    if (high < 0) {
      magnitude.begin(LEAST_EXPONENT);
      return false;
    }
    carry();
    magnitude.begin(LEAST_EXPONENT + 32 * low);
    boolean negative = limbs[high] < 0;
    long carry = 0;
    for (int i = low; i <= high; i++) {
      carry += negative ? -limbs[i] : limbs[i];
      magnitude.append(carry & Magnitude.DIGIT);
      carry >>= 32;
    }
    magnitude.append(carry);
    return negative;
  }

  private void clearLimbs() {
    if (high >= 0) {
      Arrays.fill(limbs, low, high + 1, 0);
    }
    low = LIMBS;
    high = -1;
    pending = 0;
  }
}
