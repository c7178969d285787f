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
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.AsOfJoin;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/**
 * Turns a join with asof() in its ON clause, and Spark's own node for as-of joins, into a {@link
 * FeathubAsOfJoin}.
 *
 * <pre>
 *   Join(l, r, LEFT, l.k = lower(r.k) AND r.ok AND asof(l.ts >= r.ts))
 *     becomes
 *   Project [l.*, r.*]
 *     FeathubAsOfJoin backward [l.ts >= r.ts], keys [l.k = as_of_key]
 *       l
 *       Project [r.*, lower(r.k) AS as_of_key]
 *         Filter r.ok
 *           r
 * </pre>
 *
 * <p>It runs after analysis and before the cache look-up and the optimizer. An analyzer rule would
 * be too early: Spark casts the analyzed plan of {@code Dataset.join} back to its own join.
 */
final class NormalizeAsOfJoin extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(plan, NormalizeAsOfJoin::normalize);
  }

  private static LogicalPlan normalize(LogicalPlan node) {
    if (node instanceof Join join) {
      return AsOfCondition.of(join).map(condition -> asOfJoin(join, condition)).orElse(join);
    }
    if (node instanceof AsOfJoin spark) {
      return SparkAsOfJoin.read(spark)
          .map(condition -> asOfJoin(CatalystJoins.join(spark), condition))
          .orElse(spark);
    }
    return node;
  }

  /** The join's own condition is of no account any more. */
  private static LogicalPlan asOfJoin(Join join, AsOfCondition condition) {
    Side left = new Side(CatalystJoins.withoutHints(join.left()));
    Side right = new Side(CatalystJoins.withoutHints(join.right()));
    List<Attribute> leftKeys = new ArrayList<>();
    List<Attribute> rightKeys = new ArrayList<>();
    for (AsOfCondition.Key key : condition.keys()) {
      leftKeys.add(left.key(key.left(), key.nullSafe()));
      rightKeys.add(right.key(key.right(), key.nullSafe()));
    }
    Expression leftTime = condition.leftTime();
    // A condition on the left side alone is tested once per left row. Where it fails the row has
    // no match, and whether it is lost then is for the kind of join to say.
    Optional<Expression> leftResidual = conjunction(condition.leftResiduals());
    if (leftResidual.isPresent() && CatalystJoins.keepsUnmatchedLeftRows(join.joinType())) {
      Expression none = new Literal(null, leftTime.dataType());
      leftTime = new If(leftResidual.get(), leftTime, none);
    } else {
      leftResidual.ifPresent(left::filter);
    }
    conjunction(condition.rightResiduals()).ifPresent(right::filter);
    Attribute leftTimeColumn = left.column(leftTime, "as_of_time");
    Attribute rightTimeColumn = right.column(condition.rightTime(), "as_of_time");
    Optional<Attribute> tieBreak =
        condition.tieBreak().map(expression -> right.column(expression, "as_of_tie_break"));
    boolean emitsRight = CatalystJoins.emitsRightColumns(join.joinType());
    LogicalPlan asOfJoin =
        new FeathubAsOfJoin(
            left.plan(),
            right.plan(),
            ScalaCollections.seq(leftKeys),
            ScalaCollections.seq(rightKeys),
            leftTimeColumn,
            rightTimeColumn,
            ScalaCollections.option(tieBreak),
            ScalaCollections.option(conjunction(condition.residuals())),
            emitsRight ? join.right().output() : ScalaCollections.seq(),
            InferredFilters.NONE,
            condition.matching(),
            join.joinType(),
            AsOfForm.of(
                CatalystJoins.rightHint(join, "the left side of an as-of join is streamed")),
            0);
    return left.isProjected()
        ? new Project(named(ScalaCollections.list(join.output())), asOfJoin)
        : asOfJoin;
  }

  private static Optional<Expression> conjunction(List<Expression> conditions) {
    return conditions.stream().reduce(And::new);
  }

  private static Seq<NamedExpression> named(List<? extends NamedExpression> columns) {
    return ScalaCollections.seq(columns);
  }

  /** One input of the join, with the computed keys and time that it gets below the join. */
  private static final class Side {
    private LogicalPlan input;
    private final List<Alias> computed = new ArrayList<>();

    Side(LogicalPlan input) {
      this.input = input;
    }

    void filter(Expression condition) {
      input = new Filter(condition, input);
    }

    /**
     * Keys are compared by their bytes: each value, and where NULL is a value NULL, has one form.
     */
    Attribute key(Expression key, boolean nullSafe) {
      Expression comparable = CatalystExpressions.comparableByBytes(key);
      return column(nullSafe ? CatalystExpressions.struct(comparable) : comparable, "as_of_key");
    }

    Attribute column(Expression expression, String name) {
      if (expression instanceof Attribute attribute) {
        return attribute;
      }
      for (Alias known : computed) {
        if (known.child().semanticEquals(expression)) {
          return known.toAttribute();
        }
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
