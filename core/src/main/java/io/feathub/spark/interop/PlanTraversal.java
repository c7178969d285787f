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
package io.feathub.spark.interop;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper$;
import scala.Function1;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/** Catalyst's traversals with Java's functions. */
public final class PlanTraversal {
  private PlanTraversal() {}

  /**
   * Rewrites every node bottom-up, in the plans of subqueries too; a node kept is returned as is.
   */
  public static LogicalPlan rewriteUp(LogicalPlan plan, UnaryOperator<LogicalPlan> rewrite) {
    return plan.transformUpWithSubqueries(total(rewrite));
  }

  /** As {@link #rewriteUp}, for the analyzer: what it has done with already is left alone. */
  public static LogicalPlan resolveUp(LogicalPlan plan, UnaryOperator<LogicalPlan> rewrite) {
    return plan.resolveOperatorsUp(total(rewrite));
  }

  /** Rewrites every operator of a physical plan top-down; one kept is returned as is. */
  public static SparkPlan rewriteDown(SparkPlan plan, UnaryOperator<SparkPlan> rewrite) {
    return plan.transformDown(total(rewrite));
  }

  /** An operator of one input over another one. */
  public static SparkPlan withChild(SparkPlan plan, SparkPlan child) {
    return plan.withNewChildren(ScalaCollections.seq(child));
  }

  /** Rewrites every subexpression bottom-up; one kept is returned as is. */
  public static Expression rewriteUp(Expression expression, UnaryOperator<Expression> rewrite) {
    return expression.transformUp(total(rewrite));
  }

  /** Visits every node, in the plans of subqueries too. */
  public static void visit(LogicalPlan plan, Consumer<LogicalPlan> visitor) {
    plan.foreachWithSubqueries(
        node -> {
          visitor.accept(node);
          return BoxedUnit.UNIT;
        });
  }

  /**
   * Visits the operators of a physical plan: adaptive parts, query stages, subqueries and the plans
   * that commands ran, too. After the query ran these are the operators that really ran.
   */
  public static void visitExecuted(SparkPlan plan, Consumer<SparkPlan> visitor) {
    visitStages(plan, visitor);
    ScalaCollections.list(AdaptiveSparkPlanHelper$.MODULE$.subqueriesAll(plan))
        .forEach(subquery -> visitStages(subquery, visitor));
  }

  private static void visitStages(SparkPlan plan, Consumer<SparkPlan> visitor) {
    AdaptiveSparkPlanHelper$.MODULE$.foreach(
        plan,
        node -> {
          visitor.accept(node);
          if (node instanceof CommandResultExec command) {
            visitExecuted(command.commandPhysicalPlan(), visitor);
          }
          return BoxedUnit.UNIT;
        });
  }

  /** The first subexpression, top down, that satisfies a predicate. */
  public static Optional<Expression> find(Expression expression, Predicate<Expression> predicate) {
    Function1<Expression, Object> matches = predicate::test;
    return OptionConverters.toJava(expression.find(matches));
  }

  private static <T> AbstractPartialFunction<T, T> total(UnaryOperator<T> function) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(T argument) {
        return true;
      }

      @Override
      public T apply(T argument) {
        return function.apply(argument);
      }
    };
  }
}
