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
          .ifPresent(latest -> bounds.add(new LessThanOrEqual(rightTime, latest)));
    }
    if (lower) {
      (direction == AsOfMatching.Direction.FORWARD ? Optional.of(bound) : shifted(bound, -1))
          .ifPresent(earliest -> bounds.add(new GreaterThanOrEqual(rightTime, earliest)));
    }
  }

  /** Farther away by the tolerance, as far as the type reaches; empty if there is none. */
  private Optional<Literal> shifted(Literal bound, int sign) {
    if (matching.tolerance().isUnlimited()) {
      return Optional.empty();
    }
    BigDecimal reach = matching.tolerance().reach().setScale(0, RoundingMode.CEILING);
    if (bound.value() instanceof Long value) {
      BigDecimal far = BigDecimal.valueOf(value).add(reach.multiply(BigDecimal.valueOf(sign)));
      return Optional.of(
          new Literal(within(far, Long.MIN_VALUE, Long.MAX_VALUE), bound.dataType()));
    }
    if (bound.value() instanceof Integer value) {
      BigDecimal far = BigDecimal.valueOf(value).add(reach.multiply(BigDecimal.valueOf(sign)));
      return Optional.of(
          new Literal((int) within(far, Integer.MIN_VALUE, Integer.MAX_VALUE), bound.dataType()));
    }
    return Optional.empty();
  }

  private static long within(BigDecimal value, long least, long greatest) {
    return value.max(BigDecimal.valueOf(least)).min(BigDecimal.valueOf(greatest)).longValue();
  }
}
