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
package io.feathub.spark.window;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.window.recent.RecentAggregate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/**
 * Takes the functions of the most recent rows out of a window that the streaming operator does not
 * run because of other functions in it: those are left to Spark, which cannot run ours.
 *
 * <p>Has to run after Spark's rule that puts windows of one specification together.
 */
final class SplitRecentWindows extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan, node -> node instanceof Window window ? split(window) : node);
  }

  private static LogicalPlan split(Window window) {
    Map<Boolean, List<NamedExpression>> parts =
        ScalaCollections.list(window.windowExpressions()).stream()
            .collect(Collectors.partitioningBy(SplitRecentWindows::isRecent));
    if (parts.get(true).isEmpty()
        || parts.get(false).isEmpty()
        || WindowRefusal.reason(
                window.windowExpressions(), window.partitionSpec(), window.orderSpec())
            .isEmpty()) {
      return window;
    }
    LogicalPlan others = window(window, parts.get(false), window.child());
    Seq<Attribute> output = window.output();
    return new Project(
        ScalaCollections.<NamedExpression>seq(ScalaCollections.list(output)),
        window(window, parts.get(true), others));
  }

  private static Window window(
      Window window, List<NamedExpression> windowExpressions, LogicalPlan child) {
    return new Window(
        ScalaCollections.seq(windowExpressions),
        window.partitionSpec(),
        window.orderSpec(),
        child,
        window.hint());
  }

  private static boolean isRecent(NamedExpression windowExpression) {
    return PlanTraversal.find((Expression) windowExpression, RecentAggregate.class::isInstance)
        .isPresent();
  }
}
