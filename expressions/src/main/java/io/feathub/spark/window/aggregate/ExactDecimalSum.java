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

import java.math.BigInteger;

/**
 * The sum of the unscaled numbers of decimals in 192 bits, which no frame can overflow: a decimal
 * has at most 128.
 */
final class ExactDecimalSum {
  private long high;
  private long middle;
  private long low;
  private long count;

  /** Adds {@code valueHigh * 2^64 + valueLow}, where the low word has no sign. */
  void add(long valueHigh, long valueLow) {
    accumulate(valueHigh, valueLow);
    count++;
  }

  /** Removes a number that was added. */
  void remove(long valueHigh, long valueLow) {
    // No decimal is the least of all 128-bit numbers, whose negative is not one.
    accumulate(~valueHigh + (valueLow == 0 ? 1 : 0), -valueLow);
    count--;
  }

  private void accumulate(long valueHigh, long valueLow) {
    low += valueLow;
    long carry = Long.compareUnsigned(low, valueLow) < 0 ? 1 : 0;
    long sum = middle + valueHigh;
    long carries = Long.compareUnsigned(sum, valueHigh) < 0 ? 1 : 0;
    middle = sum + carry;
    if (carry != 0 && middle == 0) {
      carries++;
    }
    high += (valueHigh >> 63) + carries;
  }

  void clear() {
    high = 0;
    middle = 0;
    low = 0;
    count = 0;
  }

  long count() {
    return count;
  }

  boolean fitsLong() {
    return middle == low >> 63 && high == middle;
  }

  boolean fitsTwoWords() {
    return high == middle >> 63;
  }

  /** The high word of the sum, if it fits two words. */
  long highWord() {
    return middle;
  }

  /** The low word of the sum: the sum itself if it fits a long. */
  long lowWord() {
    return low;
  }

  BigInteger toBigInteger() {
    return BigInteger.valueOf(high)
        .shiftLeft(64)
        .add(unsigned(middle))
        .shiftLeft(64)
        .add(unsigned(low));
  }

  private static BigInteger unsigned(long word) {
    BigInteger value = BigInteger.valueOf(word);
    return word < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
  }
}
