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

import io.feathub.spark.interop.PlanTraversal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DatetimeSub;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.SubtractDates;
import org.apache.spark.sql.catalyst.expressions.SubtractTimestamps;
import org.apache.spark.sql.catalyst.expressions.TimestampAddInterval;
import org.apache.spark.sql.catalyst.plans.logical.AsOfJoin;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
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

  private final Times times;
  private final List<Expression> conjuncts;
  private final PairConditions conditions;
  private AsOfMatching matching;

  private SparkAsOfJoin(Times times, List<Expression> conjuncts, PairConditions conditions) {
    this.times = times;
    this.conjuncts = conjuncts;
    this.conditions = conditions;
    this.matching = times.matching();
    conjuncts.forEach(this::add);
  }

  /** What is compared, and how, before any tolerance. */
  private record Times(Expression left, Expression right, AsOfMatching matching) {
    /** Whether it is by the distance of these times, in their direction, that Spark chooses. */
    boolean areOrderedBy(Expression order) {
      return switch (matching.direction()) {
        case BACKWARD -> isDifference(order, left, right);
        case FORWARD -> isDifference(order, right, left);
        case NEAREST ->
            order instanceof If nearest
                && isDifference(nearest.trueValue(), left, right)
                && isDifference(nearest.falseValue(), right, left)
                && AsOfTolerance.hasDistance(left.dataType());
      };
    }

    boolean areCompared(Expression conjunct) {
      return AsOfCondition.matching(conjunct).equals(Optional.of(matching))
          && conjunct.children().head().semanticEquals(left)
          && conjunct.children().last().semanticEquals(right);
    }
  }

  /**
   * Empty if the node has not the shape that Spark gives it; then it stays Spark's. So does one of
   * streams: to the operator a micro-batch would be all there is.
   */
  static Optional<AsOfCondition> read(AsOfJoin join) {
    List<Expression> conjuncts = new ArrayList<>(AsOfCondition.conjuncts(join.asOfCondition()));
    if (join.condition().isDefined()) {
      conjuncts.addAll(AsOfCondition.conjuncts(join.condition().get()));
    }
    if (join.isStreaming()) {
      return Optional.empty();
    }
    PairConditions conditions = new PairConditions(join.left(), join.right());
    return times(join)
        .filter(times -> conditions.isLeft(times.left()) && conditions.isRight(times.right()))
        .filter(times -> times.areOrderedBy(join.orderExpression()))
        .findFirst()
        .map(times -> new SparkAsOfJoin(times, conjuncts, conditions).condition())
        .filter(condition -> condition.residuals().stream().noneMatch(SparkAsOfJoin::isForeign));
  }

  /** All that the node may mean by its times. */
  private static Stream<Times> times(AsOfJoin join) {
    if (join.orderExpression() instanceof If nearest) {
      return nearest.predicate() instanceof GreaterThan times
          ? Stream.of(
              new Times(
                  times.left(),
                  times.right(),
                  new AsOfMatching(AsOfMatching.Direction.NEAREST, true)))
          : Stream.empty();
    }
    return AsOfCondition.conjuncts(join.asOfCondition()).stream()
        .flatMap(
            conjunct ->
                AsOfCondition.matching(conjunct).stream()
                    .map(
                        matching ->
                            new Times(
                                conjunct.children().head(), conjunct.children().last(), matching)));
  }

  private static boolean isDifference(Expression expression, Expression from, Expression to) {
    boolean subtracts =
        expression instanceof Subtract
            || expression instanceof SubtractTimestamps
            || expression instanceof SubtractDates;
    return subtracts
        && isSameTime(expression.children().head(), from)
        && isSameTime(expression.children().last(), to);
  }

  /** Whether a condition on both sides, which the join computes itself, takes other operators. */
  private static boolean isForeign(Expression condition) {
    return PlanTraversal.find(
            condition, node -> node instanceof PythonUDF || node instanceof SubqueryExpression)
        .isPresent();
  }

  private AsOfCondition condition() {
    return new AsOfCondition(
        matching,
        times.left(),
        times.right(),
        Optional.empty(),
        conditions.keys(),
        conditions.leftOnly(),
        conditions.rightOnly(),
        conditions.both());
  }

  private void add(Expression conjunct) {
    if (conjunct.equals(Literal.TrueLiteral()) || times.areCompared(conjunct)) {
      return;
    }
    if (AsOfCondition.isUnequal(conjunct, times.left(), times.right())) {
      matching = matching.withoutExactMatches();
      return;
    }
    Optional<BigDecimal> reach = reach(conjunct).filter(by -> isLimit(conjunct, by));
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
    return times.left().dataType() instanceof TimestampType
        && reach.compareTo(MICROS_PER_DAY) >= 0
        && !DateTimeUtils.getZoneId(SQLConf.get().sessionLocalTimeZone())
            .getRules()
            .isFixedOffset();
  }

  /**
   * The distance that {@code r >= l - tolerance} or {@code r <= l + tolerance} stands for. Of
   * floating-point numbers the sum is rounded, so that a distance says something else.
   */
  private Optional<BigDecimal> reach(Expression conjunct) {
    Optional<AsOfMatching> comparison = AsOfCondition.matching(conjunct);
    if (comparison.isEmpty()
        || isFloating(times.left())
        || !AsOfTolerance.hasDistance(times.left().dataType())
        || !isSameTime(conjunct.children().head(), times.right())) {
      return Optional.empty();
    }
    Optional<BigDecimal> shift = shift(conjunct.children().last());
    boolean back = comparison.get().direction() == AsOfMatching.Direction.BACKWARD;
    return shift.map(by -> back ? by.negate() : by).filter(reach -> reach.signum() >= 0);
  }

  /** Whether a bound of the right time is one in the direction of the search. */
  private boolean isLimit(Expression bound, BigDecimal reach) {
    AsOfMatching comparison = AsOfCondition.matching(bound).orElseThrow();
    return matching.direction() == AsOfMatching.Direction.NEAREST
        ? conjuncts.stream().anyMatch(other -> isBound(other, comparison.mirrored(), reach))
        : matching.direction() == comparison.direction();
  }

  private boolean isBound(Expression conjunct, AsOfMatching comparison, BigDecimal reach) {
    return AsOfCondition.matching(conjunct).equals(Optional.of(comparison))
        && reach(conjunct).filter(by -> by.compareTo(reach) == 0).isPresent();
  }

  private boolean agreesWithEarlier(Tolerance tolerance) {
    return matching.tolerance().isUnlimited() || matching.tolerance().equals(tolerance);
  }

  /** By how much an expression is more than the left time; empty if that is not clear. */
  private Optional<BigDecimal> shift(Expression expression) {
    if (isSameTime(expression, times.left())) {
      return Optional.of(BigDecimal.ZERO);
    }
    if (expression instanceof Cast cast && isWidening(cast)) {
      return shift(cast.child());
    }
    if (expression instanceof Subtract difference) {
      return shift(difference.left(), difference.right(), -1);
    }
    if (expression instanceof Add sum) {
      return shift(sum.left(), sum.right(), 1);
    }
    // Where Spark has given a column another id, only the replacement says so.
    if (expression instanceof DatetimeSub difference) {
      return shift(difference.replacement());
    }
    return times.left().dataType() instanceof DateType ? days(expression) : micros(expression);
  }

  private Optional<BigDecimal> micros(Expression expression) {
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
    return isSameTime(start, times.left())
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

  /** Whether two expressions are the same but for wider numbers, which leave order and distance. */
  private static boolean isSameTime(Expression one, Expression other) {
    return withoutWidening(one).semanticEquals(withoutWidening(other));
  }

  private static Expression withoutWidening(Expression expression) {
    return expression instanceof Cast cast && isWidening(cast)
        ? withoutWidening(cast.child())
        : expression;
  }

  private static boolean isWidening(Cast cast) {
    DataType from = cast.child().dataType();
    DataType to = cast.dataType();
    return from.equals(to)
        || (isExactNumber(from) && isExactNumber(to) && Cast.canUpCast(from, to));
  }

  private static boolean isExactNumber(DataType type) {
    return type instanceof IntegralType || type instanceof DecimalType;
  }
}
