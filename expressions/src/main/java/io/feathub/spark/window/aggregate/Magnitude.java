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
 * A scratch number that is divided, has its root taken and is rounded to a floating-point value:
 * 32-bit digits, the least significant first, times a power of two. One is shared by all aggregates
 * of a task, as each uses it only while it is read.
 */
final class Magnitude {
  static final long DIGIT = 0xFFFF_FFFFL;

  /**
   * Digits of the dividend that suffice for a quotient by less than {@code 2^32}: it has at least
   * 65 bits, more than rounding looks at.
   */
  static final int QUOTIENT_DIGITS = 4;

  /** Room below the first digit for zeros that a quotient needs. */
  private static final int HEADROOM = 10;

  private static final int CAPACITY = HEADROOM + 150;

  private final long[] digits = new long[CAPACITY];
  private int from;
  private int end;

  /** The number counts multiples of 2 to this exponent. */
  private int exponent;

  /** Whether the number is greater than its digits say, by less than one of its units. */
  private boolean inexact;

  /** Starts a number whose next digit counts multiples of {@code 2^unitExponent}. */
  void begin(int unitExponent) {
    this.from = HEADROOM;
    this.end = HEADROOM;
    this.exponent = unitExponent;
    this.inexact = false;
  }

  /** Appends the next more significant digit. */
  void append(long digit) {
    digits[end++] = digit;
  }

  /**
   * Becomes {@code factor * minuend - root^2}, which is not negative. The factor is less than
   * {@code 2^32}; the units of the minuend and the squared ones of the root are whole digits apart.
   */
  void becomeDifference(long factor, Magnitude minuend, Magnitude root) {
    begin(Math.min(minuend.exponent, 2 * root.exponent));
    int minuendAt = from + (minuend.exponent - exponent) / 32;
    int rootAt = from + (2 * root.exponent - exponent) / 32;
    end = 1 + Math.max(minuendAt + minuend.end - minuend.from, rootAt + 2 * (root.end - root.from));
    Arrays.fill(digits, from, end, 0);
    long carry = 0;
    int at = minuendAt;
    for (int i = minuend.from; i < minuend.end; i++) {
      carry += factor * minuend.digits[i];
      digits[at++] = carry & DIGIT;
      carry >>>= 32;
    }
    digits[at] = carry;
    for (int i = root.from; i < root.end; i++) {
      subtract(root.digits[i], root, rootAt + i - root.from);
    }
  }

  /** Subtracts a multiple of a number, whose digits go from {@code at} on. */
  private void subtract(long factor, Magnitude number, int at) {
    long borrow = 0;
    int to = at;
    for (int i = number.from; i < number.end; i++) {
      borrow += factor * number.digits[i];
      long difference = digits[to] - (borrow & DIGIT);
      digits[to++] = difference & DIGIT;
      borrow = (borrow >>> 32) + (difference >>> 63);
    }
    while (borrow != 0) {
      long difference = digits[to] - borrow;
      digits[to++] = difference & DIGIT;
      borrow = difference >>> 63;
    }
  }

  /**
   * Brings the number to so many digits, the first of which is not zero, and only remembers whether
   * something was lost. Zero stays zero. Comes before divisions, as these end at the last digit.
   */
  void keep(int count) {
    while (end > from && digits[end - 1] == 0) {
      end--;
    }
    if (end == from) {
      return;
    }
    int first = end - count;
    for (int i = first; i < from; i++) {
      digits[i] = 0;
    }
    for (int i = from; i < first; i++) {
      inexact |= digits[i] != 0;
    }
    exponent += 32 * (first - from);
    from = first;
  }

  /** Divides, cutting the quotient after the last digit; the divisor is in {@code [1, 2^32)}. */
  void divide(long divisor) {
    if (divisor >>> 32 != 0) {
      throw new IllegalArgumentException("more than 2^32 values in a frame: " + divisor);
    }
    long remainder = 0;
    for (int i = end - 1; i >= from; i--) {
      long dividend = remainder << 32 | digits[i];
      // The common case is that of a single instruction.
      long quotient =
          divisor <= Integer.MAX_VALUE
              ? dividend / divisor
              : Long.divideUnsigned(dividend, divisor);
      digits[i] = quotient;
      remainder = dividend - quotient * divisor;
    }
    inexact |= remainder != 0;
  }

  /** The nearest double, the even one of two; infinity from halfway beyond the greatest double. */
  double rounded() {
    return Double.longBitsToDouble(bits(FloatFormat.DOUBLE));
  }

  /** The nearest float, under the same rules. */
  float roundedToFloat() {
    return Float.intBitsToFloat((int) bits(FloatFormat.FLOAT));
  }

  private long bits(FloatFormat format) {
    int length = bitLength();
    if (length == 0) {
      return 0;
    }
    return format.nearest(word(length - 64), exponent + length - 1, hasBitsBelow(length - 64));
  }

  /** The double nearest to the square root. If the number is inexact, it has at least 126 bits. */
  double roundedRoot() {
    int length = bitLength();
    if (length == 0) {
      return 0;
    }
    // 125 or 126 bits, such that an even power of two is left.
    int cut = length - 125 - (exponent + length - 125 & 1);
    SquareRoot root = SquareRoot.of(word(cut + 64), word(cut));
    boolean below = !root.exact() || hasBitsBelow(cut);
    long bits = FloatFormat.DOUBLE.nearest(root.floor() << 1, (exponent + cut) / 2 + 62, below);
    return Double.longBitsToDouble(bits);
  }

  private int bitLength() {
    int top = end - 1;
    while (top >= from && digits[top] == 0) {
      top--;
    }
    return top < from ? 0 : 32 * (top - from) + 64 - Long.numberOfLeadingZeros(digits[top]);
  }

  /** 64 bits from a position on, which may lie below the first digit. */
  private long word(int position) {
    int index = from + (position >> 5);
    int shift = position & 31;
    // In two steps, as a shift by 64 would do nothing.
    return digit(index) >>> shift
        | digit(index + 1) << (32 - shift)
        | digit(index + 2) << 1 << (63 - shift);
  }

  private boolean hasBitsBelow(int position) {
    int index = from + (position >> 5);
    boolean found = inexact || (digit(index) & ((1L << (position & 31)) - 1)) != 0;
    for (int i = from; !found && i < index; i++) {
      found = digits[i] != 0;
    }
    return found;
  }

  private long digit(int index) {
    return index >= from && index < end ? digits[index] : 0;
  }
}
