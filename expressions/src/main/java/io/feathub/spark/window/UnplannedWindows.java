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
import io.feathub.spark.window.recent.ExtractedInputs;
import io.feathub.spark.window.recent.RecentAggregate;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/**
 * Sees the windows that the streaming operator did not take, as the strategy after its own, and
 * plans nothing: Spark's own operator is next. What Spark cannot run is an error; of the rest the
 * extended EXPLAIN tells why.
 */
final class UnplannedWindows extends SparkStrategy {
  private final SparkSession session;

  UnplannedWindows(SparkSession session) {
    this.session = session;
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (plan instanceof Window window) {
      recent(window)
          .ifPresent(
              recent -> {
                throw WindowErrors.recentNotPlanned(
                    ExtractedInputs.putBack(recent, window), reason(window));
              });
      WindowExplanation.activate(session);
    }
    return ScalaCollections.seq();
  }

  private static String reason(Window window) {
    return WindowRefusal.reason(
            window.windowExpressions(), window.partitionSpec(), window.orderSpec())
        .orElse("the streaming operator is not installed in this session");
  }

  private static Optional<RecentAggregate> recent(Window window) {
    for (Expression expression : ScalaCollections.list(window.expressions())) {
      Optional<Expression> found =
          PlanTraversal.find(expression, RecentAggregate.class::isInstance);
      if (found.isPresent()) {
        return found.map(RecentAggregate.class::cast);
      }
    }
    return Optional.empty();
  }
}
