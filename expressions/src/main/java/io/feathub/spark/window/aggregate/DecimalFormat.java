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

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.Platform;

/**
 * How decimals of a type are held in cells and in rows: the unscaled number in one word up to 18
 * digits, in two beyond.
 */
final class DecimalFormat {
  /** The greatest numbers of 0 to 38 digits, as high and low words. */
  private static final long[] GREATEST_HIGH = new long[DecimalType.MAX_PRECISION() + 1];

  private static final long[] GREATEST_LOW = new long[DecimalType.MAX_PRECISION() + 1];

  static {
    for (int digits = 1; digits < GREATEST_LOW.length; digits++) {
      long low = GREATEST_LOW[digits - 1];
      long times10 = low * 10;
      long carry = Math.multiplyHigh(low, 10) + (low < 0 ? 10 : 0);
      GREATEST_LOW[digits] = times10 + 9;
      GREATEST_HIGH[digits] =
          GREATEST_HIGH[digits - 1] * 10
              + carry
              + (Long.compareUnsigned(times10 + 9, times10) < 0 ? 1 : 0);
    }
  }

  private final int precision;
  private final int scale;

  /** Digits beyond what Spark can hold are cut off from the precision and the scale. */
  DecimalFormat(int precision, int scale) {
    this.precision = Math.min(precision, DecimalType.MAX_PRECISION());
    this.scale = Math.min(scale, DecimalType.MAX_SCALE());
  }

  int precision() {
    return precision;
  }

  int scale() {
    return scale;
  }

  boolean isWide() {
    return precision > Decimal.MAX_LONG_DIGITS();
  }

  /** The high word of the unscaled number in the cells. */
  long highWord(long[] cells, int at) {
    return isWide() ? cells[at] : cells[at] >> 63;
  }

  /** The low word of the unscaled number in the cells. */
  long lowWord(long[] cells, int at) {
    return isWide() ? cells[at + 1] : cells[at];
  }

  /** Whether an unscaled number of two words has no more digits than the type. */
  boolean holds(long high, long low) {
    boolean negative = high < 0;
    long absoluteLow = negative ? -low : low;
    long absoluteHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
    // The least number of two words is its own negative, and too large as a number without sign.
    int order = Long.compareUnsigned(absoluteHigh, GREATEST_HIGH[precision]);
    return order < 0
        || (order == 0 && Long.compareUnsigned(absoluteLow, GREATEST_LOW[precision]) <= 0);
  }

  /** Writes an unscaled number that the type holds, as {@link UnsafeRowWriter} does. */
  void write(long high, long low, UnsafeRowWriter target, int ordinal) {
    if (!isWide()) {
      target.write(ordinal, low);
      return;
    }
    byte[] bytes = bytes(high, low);
    // All 16 bytes are taken, so that a row's value can be changed in place.
    target.grow(16);
    int start = target.cursor();
    Platform.putLong(target.getBuffer(), start, 0);
    Platform.putLong(target.getBuffer(), start + 8, 0);
    Platform.copyMemory(bytes, Platform.BYTE_ARRAY_OFFSET, target.getBuffer(), start, bytes.length);
    target.increaseCursor(bytes.length);
    target.setOffsetAndSizeFromPreviousCursor(ordinal, start);
    target.increaseCursor(16 - bytes.length);
  }

  /** The least number of bytes of an unscaled number, the most significant one first. */
  static byte[] bytes(long high, long low) {
    long sign = high >> 63;
    int bits =
        high == sign
            ? 64 - Long.numberOfLeadingZeros(low ^ sign)
            : 128 - Long.numberOfLeadingZeros(high ^ sign);
    byte[] bytes = new byte[bits / 8 + 1];
    long lower = low;
    long upper = high;
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = (byte) lower;
      lower = lower >>> 8 | upper << 56;
      upper >>= 8;
    }
    return bytes;
  }

  void writeNull(UnsafeRowWriter target, int ordinal) {
    target.write(ordinal, (Decimal) null, precision, scale);
  }
}
