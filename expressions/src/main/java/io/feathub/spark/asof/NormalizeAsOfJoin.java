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

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.CatalystJoins;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/**
 * Turns a join with asof() in its ON clause into a {@link FeathubAsOfJoin}.
 *
 * <pre>
 *   Join(l, r, LEFT, l.k = lower(r.k) AND asof(l.ts >= r.ts))
 *     becomes
 *   Project [l.*, r.*]
 *     FeathubAsOfJoin backward [l.ts >= r.ts], keys [l.k = key]
 *       l
 *       Project [r.*, lower(r.k) AS key]
 *         r
 * </pre>
 *
 * <p>It runs after analysis and before the cache look-up and the optimizer. An analyzer rule would
 * be too early: Spark casts the analyzed plan of {@code Dataset.join} back to its own join.
 */
final class NormalizeAsOfJoin extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan, node -> node instanceof Join join ? normalize(join) : node);
  }

  private static LogicalPlan normalize(Join join) {
    return AsOfCondition.of(join).map(condition -> asOfJoin(join, condition)).orElse(join);
  }

  private static LogicalPlan asOfJoin(Join join, AsOfCondition condition) {
    Side left = new Side(CatalystJoins.withoutHints(join.left()));
    Side right = new Side(CatalystJoins.withoutHints(join.right()));
    Seq<Attribute> leftKeys = left.keys(condition.leftKeys());
    Seq<Attribute> rightKeys = right.keys(condition.rightKeys());
    Attribute leftTime = left.column(condition.leftTime(), "as_of_time");
    Attribute rightTime = right.column(condition.rightTime(), "as_of_time");
    LogicalPlan asOfJoin =
        new FeathubAsOfJoin(
            left.plan(),
            right.plan(),
            leftKeys,
            rightKeys,
            leftTime,
            rightTime,
            condition.matching(),
            join.joinType(),
            AsOfForm.of(
                CatalystJoins.rightHint(join, "the left side of an as-of join is streamed")));
    return left.isProjected() || right.isProjected()
        ? new Project(named(ScalaCollections.list(join.output())), asOfJoin)
        : asOfJoin;
  }

  private static Seq<NamedExpression> named(List<? extends NamedExpression> columns) {
    return ScalaCollections.seq(columns);
  }

  /** One input of the join, with the computed keys and time that it gets below the join. */
  private static final class Side {
    private final LogicalPlan input;
    private final List<NamedExpression> computed = new ArrayList<>();

    Side(LogicalPlan input) {
      this.input = input;
    }

    Seq<Attribute> keys(List<Expression> keys) {
      List<Attribute> columns = new ArrayList<>();
      for (Expression key : keys) {
        // Keys are compared by their bytes: all NaN are one key, and so are 0.0 and -0.0.
        columns.add(column(CatalystExpressions.withNormalizedFloats(key), "as_of_key"));
      }
      return ScalaCollections.seq(columns);
    }

    Attribute column(Expression expression, String name) {
      if (expression instanceof Attribute attribute) {
        return attribute;
      }
      Alias alias = CatalystExpressions.alias(expression, name);
      computed.add(alias);
      return alias.toAttribute();
    }

    boolean isProjected() {
      return !computed.isEmpty();
    }

    LogicalPlan plan() {
      if (computed.isEmpty()) {
        return input;
      }
      List<NamedExpression> columns = new ArrayList<>(ScalaCollections.list(input.output()));
      columns.addAll(computed);
      return new Project(named(columns), input);
    }
  }
}
