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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DecimalType;

/** Which of two matches of a left row is the better one, where they come from two indexes. */
final class MatchPreference {
  private final Times times;
  private final AsOfMatching.Direction direction;
  private final TieOrder tieOrder;

  private MatchPreference(Times times, AsOfMatching.Direction direction, TieOrder tieOrder) {
    this.times = times;
    this.direction = direction;
    this.tieOrder = tieOrder;
  }

  static MatchPreference of(AsOfProbe probe, RightSide side) {
    AsOfMatching matching = probe.matching();
    Times times =
        side.hasEncodedTimes()
            ? new EncodedTimes(probe.leftTime().encoded(), matching.tolerance())
            : new StoredTimes(probe.leftTime(), side.storedTime());
    return new MatchPreference(times, matching.direction(), side.tieOrder());
  }

  /** A match: the stored right row, and its time if times are encoded. */
  record Match(UnsafeRow row, long time) {}

  /** Whether a left row takes the first match rather than the second. */
  boolean prefers(InternalRow left, Match one, Match other) {
    int order = times.compare(one, other);
    if (order == 0) {
      return tieOrder.compare(one.row(), other.row()) > 0;
    }
    boolean later = order > 0;
    return switch (direction) {
      case BACKWARD -> later;
      case FORWARD -> !later;
      case NEAREST ->
          later ? times.isLaterCloser(left, other, one) : !times.isLaterCloser(left, one, other);
    };
  }

  private interface Times {
    int compare(Match one, Match other);

    boolean isLaterCloser(InternalRow left, Match earlier, Match later);
  }

  private static final class EncodedTimes implements Times {
    private final TimeColumn leftTime;
    private final EncodedDistance distance;

    EncodedTimes(TimeColumn leftTime, Tolerance tolerance) {
      this.leftTime = leftTime;
      this.distance = new EncodedDistance(leftTime, tolerance);
    }

    @Override
    public int compare(Match one, Match other) {
      return Long.compare(one.time(), other.time());
    }

    @Override
    public boolean isLaterCloser(InternalRow left, Match earlier, Match later) {
      long time = leftTime.read(left);
      // Rounded distances on one side may be equal where times are not.
      return later.time() <= time
          || (earlier.time() <= time && distance.isLaterCloser(time, earlier.time(), later.time()));
    }
  }

  /** Ranks of two indexes do not compare: reads the times themselves. */
  private static final class StoredTimes implements Times {
    private final LeftTime leftTime;
    private final int storedTime;
    private final BaseOrdering ordering;

    StoredTimes(LeftTime leftTime, int storedTime) {
      this.leftTime = leftTime;
      this.storedTime = storedTime;
      this.ordering = RankedTimes.ordering(storedTime, leftTime.type());
    }

    @Override
    public int compare(Match one, Match other) {
      return ordering.compare(one.row(), other.row());
    }

    @Override
    public boolean isLaterCloser(InternalRow left, Match earlier, Match later) {
      BigDecimal time = decimal(left, leftTime.ordinal());
      BigDecimal toEarlier = decimal(earlier.row(), storedTime).subtract(time).abs();
      BigDecimal toLater = decimal(later.row(), storedTime).subtract(time).abs();
      return toLater.compareTo(toEarlier) < 0;
    }

    /** The only ranked type that has distances. */
    private BigDecimal decimal(InternalRow row, int ordinal) {
      DecimalType type = (DecimalType) leftTime.type();
      return row.getDecimal(ordinal, type.precision(), type.scale()).toJavaBigDecimal();
    }
  }
}
