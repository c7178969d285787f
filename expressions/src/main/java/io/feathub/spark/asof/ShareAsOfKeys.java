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
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/**
 * Lets an as-of join take the keys that another one below has computed for its left side, instead
 * of computing them again: hashed by one column, both share the exchange of the left rows.
 *
 * <pre>
 *   FeathubAsOfJoin keys [key#2 = ..]
 *     Project [l.*, a.price, lower(l.k) AS key#2]      becomes [l.*, a.price, key#1 AS key#2]
 *       FeathubAsOfJoin keys [key#1 = ..]
 *         Project [l.*, lower(l.k) AS key#1]
 *           l
 * </pre>
 *
 * <p>It runs behind the operator optimizations: they infer filters from how keys are computed. Were
 * it done when joins are normalized, the plan of the lower join would not be the one any more by
 * which the cache knows its rows.
 */
final class ShareAsOfKeys extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan,
        node ->
            node instanceof FeathubAsOfJoin asOf
                ? asOf.withLeft(taking(asOf.left(), asOf.leftKeys()))
                : node);
  }

  /** The input of a join with keys taken from below; filters may stand over the computed ones. */
  private static LogicalPlan taking(LogicalPlan plan, Seq<Attribute> keys) {
    if (plan instanceof Filter filter) {
      return filter.withNewChildren(ScalaCollections.seq(taking(filter.child(), keys)));
    }
    return plan instanceof Project project ? taking(project, keys) : plan;
  }

  private static LogicalPlan taking(Project project, Seq<Attribute> keys) {
    LogicalPlan input = project.child();
    List<NamedExpression> columns = new ArrayList<>();
    for (NamedExpression column : ScalaCollections.list(project.projectList())) {
      if (column instanceof Alias key && isAmong(keys, key)) {
        Optional<Computed> below = computed(input, key.child());
        input = below.map(Computed::plan).orElse(input);
        columns.add(below.map(taken -> renamed(taken.column(), key)).orElse(key));
      } else {
        columns.add(column);
      }
    }
    return new Project(ScalaCollections.seq(columns), input);
  }

  private static Alias renamed(Attribute column, Alias key) {
    return (Alias) key.withNewChildren(ScalaCollections.seq(column));
  }

  /**
   * A column that has a wanted value.
   *
   * @param plan gives it
   */
  private record Computed(LogicalPlan plan, Attribute column) {}

  /** Empty if the value is not computed below, or if left rows are hashed by other keys since. */
  private static Optional<Computed> computed(LogicalPlan plan, Expression value) {
    if (plan instanceof FeathubAsOfJoin asOf) {
      return computed(asOf.left(), value)
          .filter(
              below ->
                  isAmong(asOf.leftKeys(), below.column()) || AsOfJoinStrategy.isBroadcast(asOf))
          .map(below -> new Computed(asOf.withLeft(below.plan()), below.column()));
    }
    if (plan instanceof Filter filter) {
      return computed(filter.child(), value)
          .map(
              below ->
                  new Computed(
                      filter.withNewChildren(ScalaCollections.seq(below.plan())), below.column()));
    }
    return plan instanceof Project project ? computed(project, value) : Optional.empty();
  }

  private static Optional<Computed> computed(Project project, Expression value) {
    List<NamedExpression> columns = ScalaCollections.list(project.projectList());
    Expression ofInput = ofInput(columns, value);
    for (NamedExpression column : columns) {
      if (column instanceof Alias alias && alias.child().semanticEquals(ofInput)) {
        return Optional.of(new Computed(project, alias.toAttribute()));
      }
    }
    return computed(project.child(), ofInput)
        .map(below -> letThrough(columns, below.plan(), below.column()));
  }

  /** A value of projected columns as one of the columns that they are made of. */
  private static Expression ofInput(List<NamedExpression> columns, Expression value) {
    return PlanTraversal.rewriteUp(
        value,
        node -> {
          for (NamedExpression column : columns) {
            if (column instanceof Alias alias
                && node instanceof Attribute
                && node.semanticEquals(alias.toAttribute())) {
              return alias.child();
            }
          }
          return node;
        });
  }

  /** A projection that gives a column of its input, too, if it does not do so already. */
  private static Computed letThrough(
      List<NamedExpression> columns, LogicalPlan input, Attribute wanted) {
    for (NamedExpression column : columns) {
      Expression value = column instanceof Alias alias ? alias.child() : column.toAttribute();
      if (value.semanticEquals(wanted)) {
        return new Computed(
            new Project(ScalaCollections.seq(columns), input), column.toAttribute());
      }
    }
    List<NamedExpression> more = new ArrayList<>(columns);
    more.add(wanted);
    return new Computed(new Project(ScalaCollections.seq(more), input), wanted);
  }

  private static boolean isAmong(Seq<Attribute> keys, NamedExpression column) {
    return ScalaCollections.list(keys).stream()
        .anyMatch(key -> key.exprId().equals(column.exprId()));
  }
}
