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

/** The sum of longs in 128 bits, which no frame can overflow. */
final class ExactLongSum {
  /** Longs up to here, in absolute value, are doubles. */
  private static final long EXACT_DOUBLE = 1L << 53;

  private final Magnitude magnitude;
  private long high;
  private long low;
  private long count;

  ExactLongSum(Magnitude scratch) {
    this.magnitude = scratch;
  }

  void add(long value) {
    low += value;
    high += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    count++;
  }

  void remove(long value) {
    high -= (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
    low -= value;
    count--;
  }

  void clear() {
    high = 0;
    low = 0;
    count = 0;
  }

  long count() {
    return count;
  }

  boolean fitsLong() {
    return high == low >> 63;
  }

  /** The sum modulo {@code 2^64}: the sum itself if it fits. */
  long lowBits() {
    return low;
  }

  /** The exact sum divided by the count, rounded once. There is at least one value. */
  double average() {
    if (fitsLong() && low >= -EXACT_DOUBLE && low <= EXACT_DOUBLE) {
      return (double) low / count;
    }
    boolean negative = high < 0;
    long absoluteLow = negative ? -low : low;
    long absoluteHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
    magnitude.begin(0);
    magnitude.append(absoluteLow & Magnitude.DIGIT);
    magnitude.append(absoluteLow >>> 32);
    magnitude.append(absoluteHigh & Magnitude.DIGIT);
    magnitude.append(absoluteHigh >>> 32);
    magnitude.keep(Magnitude.QUOTIENT_DIGITS);
    magnitude.divide(count);
    return negative ? -magnitude.rounded() : magnitude.rounded();
  }
}
