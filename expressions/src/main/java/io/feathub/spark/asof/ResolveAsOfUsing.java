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
import io.feathub.spark.interop.UsingJoins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Turns {@code ON asof(..) AND asof_using('k')} into the join by USING that it stands for. */
final class ResolveAsOfUsing extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.resolveUp(
        plan, node -> node instanceof Join join ? resolved(join).orElse(join) : node);
  }

  private static Optional<LogicalPlan> resolved(Join join) {
    if (join.condition().isEmpty()
        || !join.left().resolved()
        || !join.right().resolved()
        || !join.duplicateResolved()) {
      return Optional.empty();
    }
    List<Expression> others = new ArrayList<>();
    Optional<AsOfUsing> using = Optional.empty();
    for (Expression conjunct : AsOfCondition.conjuncts(join.condition().get())) {
      if (conjunct instanceof AsOfUsing found && using.isEmpty()) {
        using = Optional.of(found);
      } else {
        others.add(conjunct);
      }
    }
    Optional<Expression> condition = others.stream().reduce(And::new);
    return using.isPresent() && others.stream().anyMatch(AsOfPredicate.class::isInstance)
        ? Optional.of(UsingJoins.resolved(join, using.get().names(), condition.get()))
        : Optional.empty();
  }
}
