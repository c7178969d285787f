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
 * The variance of doubles without any loss on the way: the sums of the values and of their squares
 * are exact, so values that have left leave no trace, and the variance or its root is rounded once.
 *
 * <p>With {@code n} values, sum {@code s} and sum of squares {@code q}, the variance is {@code (n q
 * - s^2) / (n d)}, where {@code d} is {@code n}, or {@code n - 1} for a sample. One value that is
 * not finite makes it NaN.
 *
 * <p>Reading costs the square of the active limbs, which are a few for usual data.
 */
final class ExactVariance {
  /** Digits that a quotient needs besides those of its divisors: 65 bits, to be rounded. */
  private static final int ROUNDED_DIGITS = 3;

  /** Digits that a quotient needs besides those of its divisors: 129 bits, for its root. */
  private static final int ROOT_DIGITS = 5;

  /** Counts up to here have a product with a divisor that is a single digit. */
  private static final long SMALL = 1 << 15;

  private final FixedPointSum sum = FixedPointSum.ofDoubles();
  private final FixedPointSum squares = FixedPointSum.ofSquares();
  private final Magnitude result;
  private final Magnitude loadedSum = new Magnitude();
  private final Magnitude loadedSquares = new Magnitude();
  private long finite;
  private long notFinite;

  ExactVariance(Magnitude scratch) {
    this.result = scratch;
  }

  void add(long bits) {
    if (!isFinite(bits)) {
      notFinite++;
      return;
    }
    finite++;
    sum.add(bits);
    squares.addSquare(bits);
  }

  void remove(long bits) {
    if (!isFinite(bits)) {
      notFinite--;
      return;
    }
    finite--;
    sum.add(bits ^ Long.MIN_VALUE);
    squares.subtractSquare(bits);
  }

  private static boolean isFinite(long bits) {
    return Double.isFinite(Double.longBitsToDouble(bits));
  }

  void clear() {
    finite = 0;
    notFinite = 0;
    sum.clear();
    squares.clear();
  }

  long count() {
    return finite + notFinite;
  }

  /** The sum of squared distances from the mean, divided by {@code divisor}, rounded once. */
  double variance(long divisor) {
    if (notFinite > 0) {
      return Double.NaN;
    }
    loadQuotient(divisor, ROUNDED_DIGITS);
    return result.rounded();
  }

  /** The square root of the exact variance, rounded once. */
  double deviation(long divisor) {
    if (notFinite > 0) {
      return Double.NaN;
    }
    loadQuotient(divisor, ROOT_DIGITS);
    return result.roundedRoot();
  }

  private void loadQuotient(long divisor, int digits) {
    sum.load(loadedSum, FixedPointSum.DOUBLE_UNIT);
    squares.load(loadedSquares, FixedPointSum.SQUARE_UNIT);
    result.becomeDifference(finite, loadedSquares, loadedSum);
    if (finite <= SMALL) {
      result.keep(digits + 1);
      result.divide(finite * divisor);
    } else {
      result.keep(digits + 2);
      result.divide(finite);
      result.divide(divisor);
    }
  }
}
