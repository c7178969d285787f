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
package io.feathub.spark.testing;

import io.feathub.spark.interop.PlanTraversal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper$;
import org.apache.spark.sql.execution.exchange.ValidateRequirements;

/**
 * The physical plan of a query, looked into: adaptive parts, query stages and subqueries included.
 * After the query ran it is the final plan, so it is the evidence that an operator really ran.
 */
public final class ExecutedPlan {
  private final SparkPlan root;

  private ExecutedPlan(SparkPlan root) {
    this.root = root;
  }

  public static ExecutedPlan of(Dataset<?> dataset) {
    return new ExecutedPlan(queryExecution(dataset).executedPlan());
  }

  public static QueryExecution queryExecution(Dataset<?> dataset) {
    return ((org.apache.spark.sql.classic.Dataset<?>) dataset).queryExecution();
  }

  /** All operators of a class, subclasses included, in no stated order. */
  public <T> List<T> operators(Class<T> type) {
    List<T> found = new ArrayList<>();
    PlanTraversal.visitExecuted(
        root,
        node -> {
          if (type.isInstance(node)) {
            found.add(type.cast(node));
          }
        });
    return found;
  }

  public boolean contains(Class<?> type) {
    return !operators(type).isEmpty();
  }

  /** Whether each operator gets the distribution and ordering that it asks for. */
  public boolean meetsItsRequirements() {
    SparkPlan plan = AdaptiveSparkPlanHelper$.MODULE$.stripAQEPlan(root);
    return ValidateRequirements.validate(plan);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
