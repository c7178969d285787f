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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DatetimeType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * What a bound of the left times says of the right times that can match. Looking back, no right row
 * is later than the last left row; how much earlier than the first one it may be only a tolerance
 * limits.
 */
record TimeBounds(AsOfMatching matching, Attribute leftTime, Attribute rightTime) {

  /** Conditions on the right time; none if the condition is no bound of the left time. */
  List<Expression> from(Expression condition) {
    List<Expression> bounds = new ArrayList<>();
    if (condition instanceof BinaryComparison comparison) {
      if (comparison.left().semanticEquals(leftTime)
          && comparison.right() instanceof Literal bound) {
        add(bound, isUpper(comparison), isLower(comparison), bounds);
      } else if (comparison.right().semanticEquals(leftTime)
          && comparison.left() instanceof Literal bound) {
        add(bound, isLower(comparison), isUpper(comparison), bounds);
      }
    }
    return bounds;
  }

  private static boolean isUpper(BinaryComparison comparison) {
    return comparison instanceof LessThanOrEqual
        || comparison instanceof LessThan
        || comparison instanceof EqualTo;
  }

  private static boolean isLower(BinaryComparison comparison) {
    return comparison instanceof GreaterThanOrEqual
        || comparison instanceof GreaterThan
        || comparison instanceof EqualTo;
  }

  private void add(Literal bound, boolean upper, boolean lower, List<Expression> bounds) {
    if (bound.value() == null) {
      return;
    }
    AsOfMatching.Direction direction = matching.direction();
    if (upper) {
      (direction == AsOfMatching.Direction.BACKWARD ? Optional.of(bound) : shifted(bound, 1))
          .filter(TimeBounds::isReadable)
          .ifPresent(latest -> bounds.add(new LessThanOrEqual(rightTime, latest)));
    }
    if (lower) {
      (direction == AsOfMatching.Direction.FORWARD ? Optional.of(bound) : shifted(bound, -1))
          .filter(TimeBounds::isReadable)
          .ifPresent(earliest -> bounds.add(new GreaterThanOrEqual(rightTime, earliest)));
    }
  }

  /** Farther away by the tolerance; empty if there is none, or beyond what the type holds. */
  private Optional<Literal> shifted(Literal bound, int sign) {
    if (matching.tolerance().isUnlimited()) {
      return Optional.empty();
    }
    BigDecimal shift = matching.tolerance().reach().multiply(BigDecimal.valueOf(sign));
    RoundingMode outwards = sign > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
    if (bound.value() instanceof Decimal value) {
      DecimalType type = (DecimalType) bound.dataType();
      BigDecimal far = value.toJavaBigDecimal().add(shift).setScale(type.scale(), outwards);
      return far.precision() > type.precision()
          ? Optional.empty()
          : Optional.of(new Literal(Decimal.apply(far, type.precision(), type.scale()), type));
    }
    return bound.value() instanceof Long || bound.value() instanceof Integer
        ? whole(bound, shift.setScale(0, outwards).toBigInteger())
        : Optional.empty();
  }

  private static Optional<Literal> whole(Literal bound, BigInteger shift) {
    BigInteger far = whole(bound).add(shift);
    if (far.bitLength() >= bits(bound)) {
      return Optional.empty();
    }
    boolean isLong = bound.value() instanceof Long;
    Object value = isLong ? (Object) far.longValue() : (Object) far.intValue();
    return Optional.of(new Literal(value, bound.dataType()));
  }

  /**
   * Spark fails to hand a date or timestamp close to the first one of its type to a reader of
   * files. None is dated so far away, so nothing is lost without the bound.
   */
  private static boolean isReadable(Literal bound) {
    return !(bound.dataType() instanceof DatetimeType)
        || whole(bound).bitLength() < bits(bound) - 1;
  }

  private static BigInteger whole(Literal bound) {
    return BigInteger.valueOf(((Number) bound.value()).longValue());
  }

  private static int bits(Literal bound) {
    return bound.value() instanceof Long ? Long.SIZE : Integer.SIZE;
  }
}
