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
package io.feathub.spark.window.recent;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.trees.TreePattern;

/**
 * Refuses functions of the most recent rows anywhere but over a window that looks back.
 *
 * <p>It changes nothing. It is a rule and not a check because Spark's own checks, which would say
 * less, run before those of extensions. Parts of the plan may not be resolved here: what is wrong
 * with them is for Spark to say.
 */
final class CheckRecent extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan.containsPattern(TreePattern.AGGREGATE_EXPRESSION())
        || plan.containsPattern(TreePattern.PLAN_EXPRESSION())) {
      PlanTraversal.visit(
          plan, node -> ScalaCollections.list(node.expressions()).forEach(e -> check(e, node)));
    }
    return plan;
  }

  private static void check(Expression expression, LogicalPlan node) {
    if (expression instanceof UnresolvedWindowExpression) {
      return;
    }
    if (expression instanceof WindowExpression window
        && window.windowFunction() instanceof AggregateExpression aggregate
        && aggregate.aggregateFunction() instanceof RecentAggregate recent) {
      mistake(window, aggregate, recent)
          .ifPresent(
              mistake -> {
                throw mistake.apply(ExtractedInputs.putBack(recent, node));
              });
      checkChildren(recent, node);
      checkChildren(window.windowSpec(), node);
      ScalaCollections.optional(aggregate.filter()).ifPresent(filter -> check(filter, node));
      return;
    }
    if (expression instanceof RecentAggregate recent) {
      throw RecentErrors.withoutOver(ExtractedInputs.putBack(recent, node));
    }
    checkChildren(expression, node);
  }

  private static void checkChildren(Expression expression, LogicalPlan node) {
    ScalaCollections.list(expression.children()).forEach(child -> check(child, node));
  }

  private static Optional<Function<RecentAggregate, RuntimeException>> mistake(
      WindowExpression window, AggregateExpression aggregate, RecentAggregate recent) {
    if (aggregate.isDistinct()) {
      return Optional.of(RecentErrors::distinct);
    }
    if (recent.childrenResolved() && !recent.acceptsInput()) {
      return Optional.of(RecentErrors::inputType);
    }
    if (window.windowSpec().orderSpec().isEmpty()) {
      return Optional.of(RecentErrors::order);
    }
    WindowFrame frame = window.windowSpec().frameSpecification();
    return RecentFrame.endsAfterCurrentRow(frame)
        ? Optional.of(written -> RecentErrors.frame(written, (Expression) frame))
        : Optional.empty();
  }
}
