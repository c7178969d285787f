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

import io.feathub.spark.interop.AddedCasts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DatetimeSub;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.TimestampAddInterval;
import org.apache.spark.sql.catalyst.plans.logical.AsOfJoin;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Reads Spark's own node for as-of joins, which pandas-on-Spark makes for {@code merge_asof}.
 *
 * <p>Spark takes of all right rows that satisfy the node's conditions one with the least distance.
 * Its tolerance is one of these conditions: right time compared with left time plus or minus a
 * constant, exclusive where exact matches are not allowed. What is not understood as a tolerance
 * stays a condition, so that the rows are Spark's whatever it says.
 */
final class SparkAsOfJoin {
  private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);

  /** Offsets from UTC are less than 18 hours. */
  private static final BigDecimal MOST_OF_A_CLOCK_CHANGE = BigDecimal.valueOf(129_600_000_000L);

  private final Expression leftTime;
  private final Expression rightTime;
  private final PairConditions conditions;
  private AsOfMatching matching;

  private SparkAsOfJoin(
      Expression leftTime, Expression rightTime, AsOfMatching matching, PairConditions conditions) {
    this.leftTime = leftTime;
    this.rightTime = rightTime;
    this.matching = matching;
    this.conditions = conditions;
  }

  /** Empty if the node has not the shape that Spark gives it; then it stays Spark's. */
  static Optional<AsOfCondition> read(AsOfJoin join) {
    PairConditions conditions = new PairConditions(join.left(), join.right());
    if (join.orderExpression() instanceof If nearest
        && nearest.predicate() instanceof GreaterThan times) {
      AsOfMatching matching = new AsOfMatching(AsOfMatching.Direction.NEAREST, true);
      return read(join, times.left(), times.right(), matching, conditions);
    }
    for (Expression conjunct : AsOfCondition.conjuncts(join.asOfCondition())) {
      Optional<AsOfMatching> matching = AsOfCondition.matching(conjunct);
      if (matching.isPresent()) {
        Expression left = conjunct.children().head();
        Expression right = conjunct.children().last();
        return read(join, left, right, matching.get(), conditions);
      }
    }
    return Optional.empty();
  }

  private static Optional<AsOfCondition> read(
      AsOfJoin join,
      Expression left,
      Expression right,
      AsOfMatching matching,
      PairConditions conditions) {
    List<Expression> all = new ArrayList<>(AsOfCondition.conjuncts(join.asOfCondition()));
    if (join.condition().isDefined()) {
      all.addAll(AsOfCondition.conjuncts(join.condition().get()));
    }
    if (!conditions.isLeft(left)
        || !conditions.isRight(right)
        || all.stream().anyMatch(conjunct -> !conjunct.deterministic())) {
      return Optional.empty();
    }
    SparkAsOfJoin read = new SparkAsOfJoin(left, right, matching, conditions);
    all.forEach(read::add);
    return Optional.of(read.condition());
  }

  private AsOfCondition condition() {
    return new AsOfCondition(
        matching,
        leftTime,
        rightTime,
        Optional.empty(),
        conditions.keys(),
        conditions.leftOnly(),
        conditions.rightOnly(),
        conditions.both());
  }

  private void add(Expression conjunct) {
    if (conjunct.equals(Literal.TrueLiteral()) || isComparisonOfTimes(conjunct)) {
      return;
    }
    if (AsOfCondition.isUnequal(conjunct, leftTime, rightTime)) {
      matching = matching.withoutExactMatches();
      return;
    }
    Optional<BigDecimal> reach = reach(conjunct);
    Optional<Tolerance> tolerance =
        reach.map(by -> tolerance(conjunct, by)).filter(this::agreesWithEarlier);
    tolerance.ifPresent(within -> matching = matching.within(within));
    if (tolerance.isEmpty() || hasCalendarDays(reach.get())) {
      conditions.add(conjunct);
    }
  }

  private Tolerance tolerance(Expression conjunct, BigDecimal reach) {
    return hasCalendarDays(reach)
        ? Tolerance.of(reach.add(MOST_OF_A_CLOCK_CHANGE))
        : new Tolerance(
            normal(reach), AsOfCondition.matching(conjunct).orElseThrow().allowExactMatches());
  }

  /**
   * Whether Spark goes back by days of the calendar, which clock changes make longer and shorter.
   * Then the distance only bounds the search, and the condition itself decides.
   */
  private boolean hasCalendarDays(BigDecimal reach) {
    return leftTime.dataType() instanceof TimestampType
        && reach.compareTo(MICROS_PER_DAY) >= 0
        && !DateTimeUtils.getZoneId(SQLConf.get().sessionLocalTimeZone())
            .getRules()
            .isFixedOffset();
  }

  private boolean isComparisonOfTimes(Expression conjunct) {
    return AsOfCondition.matching(conjunct).isPresent()
        && conjunct.children().head().semanticEquals(leftTime)
        && conjunct.children().last().semanticEquals(rightTime);
  }

  /**
   * The distance that {@code r >= l - tolerance} or {@code r <= l + tolerance} stands for. The
   * nearest row has both. Of floating-point numbers the sum is rounded, so that a distance says
   * something else.
   */
  private Optional<BigDecimal> reach(Expression conjunct) {
    Optional<AsOfMatching> comparison = AsOfCondition.matching(conjunct);
    if (comparison.isEmpty()
        || isFloating(leftTime)
        || !sameColumn(conjunct.children().head(), rightTime)) {
      return Optional.empty();
    }
    Optional<BigDecimal> shift = shift(conjunct.children().last());
    boolean back = comparison.get().direction() == AsOfMatching.Direction.BACKWARD;
    return shift.map(by -> back ? by.negate() : by).filter(reach -> reach.signum() >= 0);
  }

  private boolean agreesWithEarlier(Tolerance tolerance) {
    return matching.tolerance().isUnlimited() || matching.tolerance().equals(tolerance);
  }

  /** By how much an expression is more than the left time; empty if that is not clear. */
  private Optional<BigDecimal> shift(Expression expression) {
    if (sameColumn(expression, leftTime)) {
      return Optional.of(BigDecimal.ZERO);
    }
    if (expression instanceof Cast cast) {
      return shift(cast.child());
    }
    if (expression instanceof Subtract difference) {
      return shift(difference.left(), difference.right(), -1);
    }
    if (expression instanceof Add sum) {
      return shift(sum.left(), sum.right(), 1);
    }
    return leftTime.dataType() instanceof DateType ? days(expression) : micros(expression);
  }

  private Optional<BigDecimal> micros(Expression expression) {
    if (expression instanceof DatetimeSub difference) {
      return shift(difference.start(), difference.interval(), -1);
    }
    return expression instanceof TimestampAddInterval sum
        ? shift(sum.start(), sum.interval(), 1)
        : Optional.empty();
  }

  private Optional<BigDecimal> days(Expression expression) {
    if (expression instanceof DateSub difference) {
      return shift(difference.startDate(), difference.days(), -1);
    }
    return expression instanceof DateAdd sum
        ? shift(sum.startDate(), sum.days(), 1)
        : Optional.empty();
  }

  private Optional<BigDecimal> shift(Expression start, Expression by, int sign) {
    return sameColumn(start, leftTime)
        ? constant(by).map(amount -> amount.multiply(BigDecimal.valueOf(sign)))
        : Optional.empty();
  }

  /** A number, or the microseconds of an interval that has no calendar days. */
  private static Optional<BigDecimal> constant(Expression expression) {
    boolean exact =
        expression.dataType() instanceof IntegralType
            || expression.dataType() instanceof DecimalType
            || expression.dataType() instanceof DayTimeIntervalType;
    Object value = exact && expression.foldable() ? expression.eval(null) : null;
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        value instanceof Decimal decimal
            ? decimal.toJavaBigDecimal()
            : BigDecimal.valueOf(((Number) value).longValue()));
  }

  private static BigDecimal normal(BigDecimal reach) {
    return Tolerance.of(reach).reach();
  }

  private static boolean isFloating(Expression time) {
    return time.dataType() instanceof DoubleType || time.dataType() instanceof FloatType;
  }

  /** Whether two expressions are the same but for casts that coercion has put around them. */
  private static boolean sameColumn(Expression one, Expression other) {
    return AddedCasts.without(one).semanticEquals(AddedCasts.without(other));
  }
}
