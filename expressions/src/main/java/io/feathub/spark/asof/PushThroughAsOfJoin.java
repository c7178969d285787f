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

import io.feathub.spark.interop.CatalystJoins;
import io.feathub.spark.interop.CatalystLimits;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Moves below an as-of join what may be done to its left rows before they look for their match.
 *
 * <ul>
 *   <li>A filter that reads left columns alone. One that reads right columns stays: below the join
 *       it would let another right row be the closest.
 *   <li>Of a LEFT join, which gives each left row exactly once, a limit, and a limit of rows sorted
 *       by left columns.
 * </ul>
 */
final class PushThroughAsOfJoin extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(plan, PushThroughAsOfJoin::pushed);
  }

  private static LogicalPlan pushed(LogicalPlan node) {
    if (node instanceof Filter filter && filter.child() instanceof FeathubAsOfJoin asOf) {
      return filtered(filter, asOf);
    }
    return node instanceof LocalLimit limit ? limited(limit) : node;
  }

  private static LogicalPlan filtered(Filter filter, FeathubAsOfJoin asOf) {
    List<Expression> below = new ArrayList<>();
    List<Expression> above = new ArrayList<>();
    for (Expression conjunct : AsOfCondition.conjuncts(filter.condition())) {
      boolean moves =
          conjunct.deterministic()
              && !conjunct.throwable()
              && conjunct.references().subsetOf(asOf.left().outputSet());
      (moves ? below : above).add(conjunct);
    }
    if (below.isEmpty()) {
      return filter;
    }
    LogicalPlan pushed = asOf.withLeft(filter(below, asOf.left()));
    return above.isEmpty() ? pushed : filter(above, pushed);
  }

  private static LogicalPlan filter(List<Expression> conditions, LogicalPlan input) {
    return new Filter(conditions.stream().reduce(And::new).orElseThrow(), input);
  }

  private static LogicalPlan limited(LocalLimit limit) {
    return limited(limit.limitExpr(), limit.child())
        .map(child -> limit.withNewChildren(ScalaCollections.seq(child)))
        .orElse(limit);
  }

  /** Projections of the joined rows may stand between. */
  private static Optional<LogicalPlan> limited(Expression rows, LogicalPlan plan) {
    if (plan instanceof Project project && project.deterministic()) {
      return limited(rows, project.child())
          .map(child -> project.withNewChildren(ScalaCollections.seq(child)));
    }
    if (plan instanceof Sort sort && sort.global()) {
      return sorted(rows, sort, sort.child())
          .map(child -> sort.withNewChildren(ScalaCollections.seq(child)));
    }
    return leftJoin(plan)
        .filter(asOf -> !CatalystLimits.isWithinLocally(asOf.left(), rows))
        .map(asOf -> asOf.withLeft(CatalystLimits.local(rows, asOf.left())));
  }

  private static Optional<LogicalPlan> sorted(Expression rows, Sort sort, LogicalPlan plan) {
    if (plan instanceof Project project && project.deterministic()) {
      return sorted(rows, sort, project.child())
          .map(child -> project.withNewChildren(ScalaCollections.seq(child)));
    }
    return leftJoin(plan)
        .filter(asOf -> readsOnly(sort, asOf.left()))
        .filter(asOf -> !CatalystLimits.isWithin(asOf.left(), rows))
        .map(
            asOf ->
                asOf.withLeft(
                    CatalystLimits.global(
                        rows, sort.withNewChildren(ScalaCollections.seq(asOf.left())))));
  }

  private static boolean readsOnly(Sort sort, LogicalPlan side) {
    for (SortOrder order : ScalaCollections.list(sort.order())) {
      if (!order.deterministic() || !order.references().subsetOf(side.outputSet())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<FeathubAsOfJoin> leftJoin(LogicalPlan plan) {
    return plan instanceof FeathubAsOfJoin asOf && CatalystJoins.isLeftOuter(asOf.joinType())
        ? Optional.of(asOf)
        : Optional.empty();
  }
}
