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
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MonotonicallyIncreasingID;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
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
    Expression left = asOf.leftTime();
    Expression right = asOf.rightTime();
    Expression condition =
        switch (asOf.matching().operator()) {
          case ">=" -> new GreaterThanOrEqual(left, right);
          case ">" -> new GreaterThan(left, right);
          case "<=" -> new LessThanOrEqual(left, right);
          default -> new LessThan(left, right);
        };
    List<Attribute> leftKeys = ScalaCollections.list(asOf.leftKeys());
    List<Attribute> rightKeys = ScalaCollections.list(asOf.rightKeys());
    for (int i = 0; i < leftKeys.size(); i++) {
      condition = new And(new EqualTo(leftKeys.get(i), rightKeys.get(i)), condition);
    }
    return condition;
  }

  /** The closest time first, then the greatest row. */
  private static List<SortOrder> bestFirst(FeathubAsOfJoin asOf) {
    boolean backward = asOf.matching().direction() == AsOfMatching.Direction.BACKWARD;
    List<SortOrder> orders = new ArrayList<>();
    orders.add(backward ? descending(asOf.rightTime()) : ascending(asOf.rightTime()));
    for (Attribute column : ScalaCollections.list(asOf.right().output())) {
      if (RowOrdering.isOrderable(column.dataType())) {
        orders.add(descending(column));
      }
    }
    List<Expression> right = new ArrayList<>(ScalaCollections.list(asOf.right().output()));
    orders.add(descending(new RowBytes(ScalaCollections.seq(right))));
    return orders;
  }
}
