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

/**
 * A scratch number that is rounded to a double: 32-bit digits, the least significant first, times a
 * power of two. One is shared by all sums of a task, as each uses it only while it is read.
 */
final class Magnitude {
  static final long DIGIT = 0xFFFF_FFFFL;

  /**
   * Digits that a quotient gets below the dividend. The divisor has at most 31 bits, so the
   * quotient has at least 64 bits from its leading one on, more than rounding looks at.
   */
  private static final int QUOTIENT_DIGITS = 3;

  private static final int CAPACITY = 80;

  private final long[] digits = new long[CAPACITY];
  private int length;
  private int exponent;

  /** Starts a number whose next digit counts multiples of {@code 2^unitExponent}. */
  void begin(int unitExponent) {
    this.length = QUOTIENT_DIGITS;
    this.exponent = unitExponent;
  }

  /** Appends the next more significant digit. */
  void append(long digit) {
    digits[length++] = digit;
  }

  /** The nearest double, the even one of two; infinity from halfway beyond the greatest double. */
  double rounded() {
    return rounded(QUOTIENT_DIGITS, exponent, false);
  }

  /** The double nearest to the exact quotient; the divisor is in {@code [1, 2^31)}. */
  double dividedBy(long divisor) {
    long remainder = 0;
    for (int i = length - 1; i >= 0; i--) {
      long digit = i < QUOTIENT_DIGITS ? 0 : digits[i];
      long dividend = remainder << 32 | digit;
      digits[i] = dividend / divisor;
      remainder = dividend % divisor;
    }
    return rounded(0, exponent - 32 * QUOTIENT_DIGITS, remainder != 0);
  }

  private double rounded(int from, int unitExponent, boolean inexact) {
    int top = length - 1;
    while (top >= from && digits[top] == 0) {
      top--;
    }
    if (top < from) {
      return 0;
    }
    long first = digits[top];
    long second = top - 1 >= from ? digits[top - 1] : 0;
    long third = top - 2 >= from ? digits[top - 2] : 0;
    int leadingZeros = Long.numberOfLeadingZeros(first) - 32;
    long window = (first << 32 | second) << leadingZeros | third >>> (32 - leadingZeros);
    boolean below = inexact || (third & ((1L << (32 - leadingZeros)) - 1)) != 0;
    for (int i = top - 3; !below && i >= from; i--) {
      below = digits[i] != 0;
    }
    return nearest(window, unitExponent + 32 * (top - from) + 31 - leadingZeros, below);
  }

  /**
   * Rounds {@code window * 2^(leadingExponent - 63)}, where the highest bit of the window is set.
   *
   * @param below whether the number has bits below the window
   */
  private static double nearest(long window, int leadingExponent, boolean below) {
    if (leadingExponent > Double.MAX_EXPONENT) {
      return Double.POSITIVE_INFINITY;
    }
    int unit = Math.max(leadingExponent - 52, ExactDoubleSum.LEAST_EXPONENT);
    int kept = leadingExponent - unit + 1;
    if (kept < 0) {
      return 0;
    }
    long quotient = kept == 0 ? 0 : window >>> (64 - kept);
    boolean half = (window >>> (63 - kept) & 1) != 0;
    boolean aboveHalf = below || (window & ((1L << (63 - kept)) - 1)) != 0;
    if (half && (aboveHalf || (quotient & 1) != 0)) {
      quotient++;
    }
    // The exponent field counts from the least unit; a full quotient carries into it, and from the
    // greatest exponent into infinity.
    return Double.longBitsToDouble(
        ((long) (unit - ExactDoubleSum.LEAST_EXPONENT) << 52) + quotient);
  }
}
