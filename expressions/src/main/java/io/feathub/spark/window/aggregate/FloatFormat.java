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

/** A binary floating-point format, to which exact numbers are rounded. */
enum FloatFormat {
  DOUBLE(52, -1074, Double.MAX_EXPONENT),
  FLOAT(23, -149, Float.MAX_EXPONENT);

  private final int fractionBits;
  private final int leastExponent;
  private final int greatestExponent;

  FloatFormat(int fractionBits, int leastExponent, int greatestExponent) {
    this.fractionBits = fractionBits;
    this.leastExponent = leastExponent;
    this.greatestExponent = greatestExponent;
  }

  /** The exponent of the least positive value. */
  int leastExponent() {
    return leastExponent;
  }

  /**
   * The bits of the value nearest to {@code window * 2^(leadingExponent - 63)}, the even one of
   * two. The highest bit of the window is set.
   *
   * @param below whether the number has bits below the window
   */
  long nearest(long window, int leadingExponent, boolean below) {
    if (leadingExponent > greatestExponent) {
      return (long) (greatestExponent - fractionBits - leastExponent + 2) << fractionBits;
    }
    int unit = Math.max(leadingExponent - fractionBits, leastExponent);
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
    return ((long) (unit - leastExponent) << fractionBits) + quotient;
  }
}
