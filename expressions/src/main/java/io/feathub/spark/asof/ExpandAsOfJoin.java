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

import static io.feathub.spark.interop.CatalystExpressions.alias;
import static io.feathub.spark.interop.CatalystExpressions.ascending;
import static io.feathub.spark.interop.CatalystExpressions.descending;

import io.feathub.spark.FeathubConf;
import io.feathub.spark.interop.CatalystJoins;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MonotonicallyIncreasingID;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.RowNumber;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;

/**
 * The off switch: with {@code spark.sql.feathub.asOf.enabled=false}, rewrites an as-of join into
 * Spark's own operators, with the same rows.
 *
 * <pre>
 *   Project [l.*, r.*]
 *     Filter rank = 1
 *       Window row_number() OVER (PARTITION BY row ORDER BY r.ts DESC, r.* DESC, bytes(r.*) DESC)
 *         Join l.k = r.k AND r.ts &lt;= l.ts
 *           Project [l.*, monotonically_increasing_id() AS row]
 * </pre>
 *
 * <p>Every pair of a left row and an earlier right row is formed and sorted: right, but quadratic
 * within a key.
 *
 * <p>It runs behind the operator optimizations, so that the columns which break ties are those that
 * are left after pruning, as they are for our own operators.
 */
final class ExpandAsOfJoin extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return FeathubConf.isOn(SQLConf.get(), FeathubConf.AS_OF_ENABLED)
        ? plan
        : PlanTraversal.rewriteUp(
            plan, node -> node instanceof FeathubAsOfJoin join ? expand(join) : node);
  }

  private static LogicalPlan expand(FeathubAsOfJoin asOf) {
    return CatalystJoins.emitsRightColumns(asOf.joinType()) ? ranked(asOf) : anyPair(asOf);
  }

  /** Whether there is a match does not depend on which is the best. */
  private static LogicalPlan anyPair(FeathubAsOfJoin asOf) {
    return new Join(
        asOf.left(), asOf.right(), asOf.joinType(), Option.apply(pairs(asOf)), JoinHint.NONE());
  }

  private static LogicalPlan ranked(FeathubAsOfJoin asOf) {
    Alias row = alias(new MonotonicallyIncreasingID(), "row");
    List<NamedExpression> leftColumns =
        new ArrayList<>(ScalaCollections.list(asOf.left().output()));
    leftColumns.add(row);
    LogicalPlan candidates =
        new Join(
            new Project(ScalaCollections.seq(leftColumns), asOf.left()),
            asOf.right(),
            asOf.joinType(),
            Option.apply(pairs(asOf)),
            JoinHint.NONE());

    RowNumber rowNumber = new RowNumber();
    WindowSpecDefinition byRow =
        new WindowSpecDefinition(
            ScalaCollections.seq(row.toAttribute()),
            ScalaCollections.seq(bestFirst(asOf)),
            rowNumber.frame());
    Alias rank = alias(new WindowExpression(rowNumber, byRow), "rank");
    LogicalPlan ranked =
        new Window(
            ScalaCollections.seq(rank),
            byRow.partitionSpec(),
            byRow.orderSpec(),
            candidates,
            Option.empty());
    Expression best = new EqualTo(rank.toAttribute(), new Literal(1, DataTypes.IntegerType));
    List<NamedExpression> output = new ArrayList<>(ScalaCollections.list(asOf.output()));
    return new Project(ScalaCollections.seq(output), new Filter(best, ranked));
  }

  private static Expression pairs(FeathubAsOfJoin asOf) {
    List<Expression> conditions = new ArrayList<>();
    List<Attribute> leftKeys = ScalaCollections.list(asOf.leftKeys());
    List<Attribute> rightKeys = ScalaCollections.list(asOf.rightKeys());
    for (int i = 0; i < leftKeys.size(); i++) {
      conditions.add(new EqualTo(leftKeys.get(i), rightKeys.get(i)));
    }
    conditions.add(comparison(asOf));
    Tolerance tolerance = asOf.matching().tolerance();
    if (!tolerance.isUnlimited()) {
      Expression distance = new AsOfDistance(asOf.leftTime(), asOf.rightTime());
      Expression reach = AsOfDistance.reach(asOf.leftTime().dataType(), tolerance);
      conditions.add(
          tolerance.inclusive()
              ? new LessThanOrEqual(distance, reach)
              : new LessThan(distance, reach));
    }
    ScalaCollections.optional(asOf.residual()).ifPresent(conditions::add);
    return conditions.stream().reduce(And::new).orElseThrow();
  }

  private static Expression comparison(FeathubAsOfJoin asOf) {
    Expression left = asOf.leftTime();
    Expression right = asOf.rightTime();
    return switch (asOf.matching().operator()) {
      case ">=" -> new GreaterThanOrEqual(left, right);
      case ">" -> new GreaterThan(left, right);
      case "<=" -> new LessThanOrEqual(left, right);
      case "<" -> new LessThan(left, right);
      case "<>" -> new Not(new EqualTo(left, right));
      // A condition on both sides: without one the join would be a cross join, which may be
      // refused.
      default -> new IsNotNull(new AsOfDistance(left, right));
    };
  }

  /** Distances of floating-point times are rounded: of equal ones on one side the times decide. */
  private static List<SortOrder> nearestFirst(Attribute left, Attribute right) {
    Expression isLater = new LessThan(left, right);
    Expression never = new Literal(null, right.dataType());
    return List.of(
        ascending(new AsOfDistance(left, right)),
        ascending(isLater),
        descending(new If(isLater, never, right)),
        ascending(right));
  }

  /** The closest time first, of two equally close the earlier, then the greatest row. */
  private static List<SortOrder> bestFirst(FeathubAsOfJoin asOf) {
    List<SortOrder> orders = new ArrayList<>();
    switch (asOf.matching().direction()) {
      case BACKWARD -> orders.add(descending(asOf.rightTime()));
      case FORWARD -> orders.add(ascending(asOf.rightTime()));
      case NEAREST -> orders.addAll(nearestFirst(asOf.leftTime(), asOf.rightTime()));
    }
    ScalaCollections.optional(asOf.tieBreak())
        .ifPresent(tieBreak -> orders.add(descending(tieBreak)));
    List<Expression> columns = new ArrayList<>(ScalaCollections.list(asOf.rightOutput()));
    for (Expression column : columns) {
      if (RowOrdering.isOrderable(column.dataType())) {
        orders.add(descending(column));
      }
    }
    orders.add(descending(new RowBytes(columns)));
    return orders;
  }
}
