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
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * What a filter above an as-of join says of the matches, said of the left rows.
 *
 * <ul>
 *   <li>One that no row without a match passes makes a LEFT join an INNER one.
 *   <li>In an INNER join a condition on the right keys is one on the left keys, which moves below.
 *       One on other right columns does not: below the join it would let another row be the match.
 * </ul>
 */
final class FilterMatches extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan,
        node ->
            node instanceof Filter filter && filter.child() instanceof FeathubAsOfJoin asOf
                ? filtered(filter, asOf)
                : node);
  }

  private static LogicalPlan filtered(Filter filter, FeathubAsOfJoin asOf) {
    List<Expression> conjuncts = AsOfCondition.conjuncts(filter.condition());
    boolean needsMatch =
        CatalystJoins.isLeftOuter(asOf.joinType())
            && conjuncts.stream().anyMatch(conjunct -> isFalseWithoutMatch(conjunct, asOf));
    if (!needsMatch && !CatalystJoins.isInner(asOf.joinType())) {
      return filter;
    }
    Expression condition = onLeftKeys(conjuncts, asOf);
    return needsMatch || !condition.equals(filter.condition())
        ? new Filter(condition, needsMatch ? asOf.asInner() : asOf)
        : filter;
  }

  private static Expression onLeftKeys(List<Expression> conjuncts, FeathubAsOfJoin asOf) {
    List<Attribute> left = ScalaCollections.list(asOf.leftKeys());
    List<Attribute> right = ScalaCollections.list(asOf.rightKeys());
    return conjuncts.stream()
        .map(conjunct -> InferAsOfFilters.onOtherKeys(conjunct, right, left).orElse(conjunct))
        .reduce(And::new)
        .orElseThrow();
  }

  /** Without a match all right columns are null. */
  private static boolean isFalseWithoutMatch(Expression conjunct, FeathubAsOfJoin asOf) {
    List<Attribute> right = ScalaCollections.list(asOf.rightOutput());
    List<Attribute> read = ScalaCollections.list(conjunct.references().toSeq());
    return conjunct.deterministic()
        && !read.isEmpty()
        && read.stream().allMatch(column -> right.stream().anyMatch(column::semanticEquals))
        && CatalystExpressions.isNeverTrueOfNulls(conjunct);
  }
}
