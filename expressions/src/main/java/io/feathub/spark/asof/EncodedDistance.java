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
package io.feathub.spark.asof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The distance of times that {@link TimeColumn} has encoded: a long without sign, so that no two
 * times are too far apart for it, and nothing overflows.
 *
 * <p>Times that are floating-point numbers have a distance of 0 if they are equal (all NaN are);
 * any other distance with NaN or an infinity is greater than every tolerance.
 */
final class EncodedDistance implements TimeDistance {
  private static final long INFINITE = -1L;
  private static final BigInteger LARGEST =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private final boolean floating;
  private final boolean unlimited;
  private final boolean inclusive;
  private final long reach;

  /** The distance of times of a column, and a tolerance in its unit. */
  EncodedDistance(TimeColumn time, Tolerance tolerance) {
    this.floating = time.isFloating();
    this.unlimited = tolerance.isUnlimited();
    this.inclusive = tolerance.inclusive();
    this.reach = unlimited ? INFINITE : reach(time, tolerance);
  }

  /** The encoded time that comes with each question says it all. */
  @Override
  public void from(InternalRow leftRow) {}

  @Override
  public boolean reaches(long left, long right) {
    if (unlimited) {
      return true;
    }
    int beyond = Long.compareUnsigned(between(left, right), reach);
    return inclusive ? beyond <= 0 : beyond < 0;
  }

  @Override
  public boolean isLaterCloser(long left, long earlier, long later) {
    return Long.compareUnsigned(between(left, later), between(left, earlier)) < 0;
  }

  /** The tolerance as a distance. */
  long reach() {
    return reach;
  }

  /** The distance, to be compared without sign. */
  long between(long one, long other) {
    if (one == other) {
      return 0;
    }
    if (!floating) {
      return one > other ? one - other : other - one;
    }
    double distance = Math.abs(TimeColumn.floating(one) - TimeColumn.floating(other));
    return distance < Double.POSITIVE_INFINITY ? Double.doubleToLongBits(distance) : INFINITE;
  }

  private static long reach(TimeColumn time, Tolerance tolerance) {
    if (time.isFloating()) {
      return Double.doubleToLongBits(tolerance.reach().doubleValue());
    }
    // Distances are whole numbers: the last one that is still within, or the first beyond.
    BigDecimal units = tolerance.reach().scaleByPowerOfTen(time.scale());
    RoundingMode rounding = tolerance.inclusive() ? RoundingMode.FLOOR : RoundingMode.CEILING;
    return units.setScale(0, rounding).toBigInteger().min(LARGEST).longValue();
  }
}
