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
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Filters the right side of an as-of join by what is known of its left rows, whether that was said
 * above the join or below it.
 *
 * <ul>
 *   <li>A condition on the left keys holds for the right keys of every match; so does the value of
 *       a key that is computed from columns whose values are known.
 *   <li>{@code l.ts <= b} makes right rows after b useless when looking back, {@code l.ts >= a}
 *       those before a when looking forward. The other way round only a tolerance bounds them: the
 *       match of the first left row may be as old as can be.
 * </ul>
 */
final class InferAsOfFilters extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan, node -> node instanceof FeathubAsOfJoin asOf ? filtered(asOf) : node);
  }

  private static LogicalPlan filtered(FeathubAsOfJoin asOf) {
    InferredFilters known = asOf.inferred();
    List<Expression> added = new ArrayList<>();
    List<Attribute> leftKeys = ScalaCollections.list(asOf.leftKeys());
    List<Attribute> rightKeys = ScalaCollections.list(asOf.rightKeys());
    List<Expression> inferred = new ArrayList<>(constantKeys(asOf));
    for (Expression condition : ScalaCollections.list(asOf.left().constraints().toSeq())) {
      onOtherKeys(condition, leftKeys, rightKeys).ifPresent(inferred::add);
      inferred.addAll(
          new TimeBounds(asOf.matching(), asOf.leftTime(), asOf.rightTime()).from(condition));
    }
    for (Expression filter : inferred) {
      if (!known.contains(filter)) {
        known = known.with(filter);
        added.add(filter);
      }
    }
    Optional<Expression> filter = added.stream().reduce(And::new);
    return filter.isPresent()
        ? asOf.withRightFilters(new Filter(filter.get(), asOf.right()), known)
        : asOf;
  }

  /** The same condition on the keys of the other side; empty if it reads more than keys. */
  static Optional<Expression> onOtherKeys(
      Expression condition, List<Attribute> keys, List<Attribute> otherKeys) {
    if (!condition.deterministic()
        || condition.references().isEmpty()
        || PlanTraversal.find(condition, InferAsOfFilters::isCostly).isPresent()) {
      return Optional.empty();
    }
    for (Attribute column : ScalaCollections.list(condition.references().toSeq())) {
      if (keys.stream().noneMatch(column::semanticEquals)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        PlanTraversal.rewriteUp(
            condition,
            node -> {
              for (int i = 0; i < keys.size(); i++) {
                if (node instanceof Attribute && node.semanticEquals(keys.get(i))) {
                  return otherKeys.get(i);
                }
              }
              return node;
            }));
  }

  /** Keys that are computed from columns of which the values are known. */
  private static List<Expression> constantKeys(FeathubAsOfJoin asOf) {
    List<Expression> equalities = new ArrayList<>();
    List<Attribute> leftKeys = ScalaCollections.list(asOf.leftKeys());
    for (int i = 0; i < leftKeys.size(); i++) {
      Attribute rightKey = asOf.rightKeys().apply(i);
      computed(asOf.left(), leftKeys.get(i))
          .flatMap(
              key -> CatalystExpressions.constant(key, asOf.left().children().head().constraints()))
          .ifPresent(value -> equalities.add(new EqualTo(rightKey, value)));
    }
    return equalities;
  }

  /** How a projection computes a column. */
  private static Optional<Expression> computed(LogicalPlan plan, Attribute column) {
    if (plan instanceof Project project) {
      for (NamedExpression item : ScalaCollections.list(project.projectList())) {
        if (item instanceof Alias alias && alias.exprId().equals(column.exprId())) {
          return Optional.of(alias.child());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isCostly(Expression expression) {
    return expression instanceof SubqueryExpression || expression instanceof PythonUDF;
  }
}
