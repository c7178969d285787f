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
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Lets an as-of join give only those right columns that something above it reads, as each is kept
 * per right row; below it, Spark's own rule then drops what is neither given nor needed to join. A
 * LEFT join that has to give none is its left side.
 */
final class PruneAsOfColumns extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan,
        node ->
            node instanceof Project project
                ? project.withNewChildren(
                    ScalaCollections.seq(pruned(project.child(), project.references())))
                : node);
  }

  /** Filters may stand between: Spark takes projections out from below them. */
  private static LogicalPlan pruned(LogicalPlan plan, AttributeSet read) {
    if (plan instanceof Filter filter) {
      LogicalPlan child = pruned(filter.child(), read.$plus$plus(filter.references()));
      return child == filter.child() ? filter : filter.withNewChildren(ScalaCollections.seq(child));
    }
    return plan instanceof FeathubAsOfJoin asOf ? pruned(asOf, read) : plan;
  }

  private static LogicalPlan pruned(FeathubAsOfJoin asOf, AttributeSet read) {
    List<Attribute> given = ScalaCollections.list(asOf.rightOutput());
    List<Attribute> needed = new ArrayList<>();
    for (Attribute column : given) {
      if (read.contains(column)) {
        needed.add(column);
      }
    }
    if (needed.isEmpty() && CatalystJoins.isLeftOuter(asOf.joinType())) {
      return asOf.left();
    }
    return needed.size() == given.size()
        ? asOf
        : asOf.withRightOutput(ScalaCollections.seq(needed));
  }
}
