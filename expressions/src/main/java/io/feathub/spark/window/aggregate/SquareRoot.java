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

/**
 * The square root of a number of 125 or 126 bits.
 *
 * @param floor the greatest whole number whose square is not greater; it has 63 bits
 * @param exact whether that is the root itself
 */
record SquareRoot(long floor, boolean exact) {
  /** The number is {@code high * 2^64 + low}, both without sign. */
  static SquareRoot of(long high, long low) {
    double dividend = high * 0x1p64;
    // Off by at most some thousands; one step of Newton's brings it to the root or next to it.
    long root = (long) Math.sqrt(dividend);
    long restLow = low - root * root;
    long restHigh = restHigh(high, low, root);
    double rest = restHigh * 0x1p64 + (restLow >>> 1) * 2.0;
    root += (long) (rest / (2.0 * root));
    if (root < 0) {
      root = Long.MAX_VALUE;
    }
    while (restHigh(high, low, root) < 0) {
      root--;
    }
    while (leavesMoreThanTwice(high, low, root)) {
      root++;
    }
    return new SquareRoot(root, restHigh(high, low, root) == 0 && low == root * root);
  }

  private static long restHigh(long high, long low, long root) {
    boolean borrow = Long.compareUnsigned(low, root * root) < 0;
    return high - Math.multiplyHigh(root, root) - (borrow ? 1 : 0);
  }

  /** Whether the next number's square is not greater either. */
  private static boolean leavesMoreThanTwice(long high, long low, long root) {
    long restHigh = restHigh(high, low, root);
    return restHigh > 0 || (restHigh == 0 && Long.compareUnsigned(low - root * root, 2 * root) > 0);
  }
}
