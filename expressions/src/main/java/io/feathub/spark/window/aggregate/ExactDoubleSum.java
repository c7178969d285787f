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
 * The sum of doubles without any loss: values that were added and have left leave no trace, and the
 * result is the exact sum rounded once, whatever the order.
 *
 * <p>Finite values are held in a {@link FixedPointSum}, NaN and the infinities are counted apart.
 * Adding and removing costs three additions; reading costs the active limbs. Sums of one or two
 * values cost a single IEEE addition, which is correctly rounded, if these are known to be the last
 * ones that came.
 */
final class ExactDoubleSum {
  private final FixedPointSum limbs = FixedPointSum.ofDoubles();
  private final Magnitude magnitude;
  private final RemovalOrder removals;
  private long finite;
  private long notANumber;
  private long positiveInfinities;
  private long negativeInfinities;
  private double last;
  private double lastButOne;

  /** Whether the values that are left need not be the last ones that came. */
  private boolean shuffled;

  ExactDoubleSum(Magnitude scratch, RemovalOrder removals) {
    this.magnitude = scratch;
    this.removals = removals;
  }

  void add(double value) {
    if (!Double.isFinite(value)) {
      countSpecial(value, 1);
      return;
    }
    finite++;
    lastButOne = last;
    last = value;
    limbs.add(Double.doubleToRawLongBits(value));
  }

  /** Removes a value: the oldest one, unless values may leave in any order. */
  void remove(double value) {
    if (!Double.isFinite(value)) {
      countSpecial(value, -1);
      return;
    }
    finite--;
    if (finite == 0) {
      clearFinite();
      return;
    }
    shuffled = removals == RemovalOrder.ANY;
    limbs.add(Double.doubleToRawLongBits(value) ^ Long.MIN_VALUE);
  }

  void clear() {
    clearFinite();
    finite = 0;
    notANumber = 0;
    positiveInfinities = 0;
    negativeInfinities = 0;
  }

  private void clearFinite() {
    limbs.clear();
    shuffled = false;
  }

  long count() {
    return finite + notANumber + positiveInfinities + negativeInfinities;
  }

  /** The exact sum rounded once; an exact zero is positive, as in a sum that starts from zero. */
  double sum() {
    if (finite != count()) {
      return special();
    }
    if (finite <= 2 && !shuffled) {
      return shortSum() + 0.0;
    }
    boolean negative = limbs.load(magnitude, FixedPointSum.DOUBLE_UNIT);
    return negative ? -magnitude.rounded() : magnitude.rounded();
  }

  /** The exact sum rounded once to a float, which is not the sum as a double rounded again. */
  float floatSum() {
    if (finite != count()) {
      return (float) special();
    }
    boolean negative = limbs.load(magnitude, FixedPointSum.DOUBLE_UNIT);
    return negative ? -magnitude.roundedToFloat() : magnitude.roundedToFloat();
  }

  /** The exact sum divided by the count, rounded once. There is at least one value. */
  double average() {
    if (finite != count()) {
      return special();
    }
    if (finite <= 2 && !shuffled) {
      // Halving is exact, or the sum was so small that it is exact.
      double sum = shortSum() + 0.0;
      if (Double.isFinite(sum)) {
        return sum / finite;
      }
    }
    boolean negative = limbs.load(magnitude, FixedPointSum.DOUBLE_UNIT);
    magnitude.keep(Magnitude.QUOTIENT_DIGITS);
    magnitude.divide(finite);
    return negative ? -magnitude.rounded() : magnitude.rounded();
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
}
