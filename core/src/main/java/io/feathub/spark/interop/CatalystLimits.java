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

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import scala.Option;

/** Logical plans of few rows. */
public final class CatalystLimits {
  private CatalystLimits() {}

  /** At most so many rows of each partition. */
  public static LogicalPlan local(Expression rows, LogicalPlan plan) {
    return new LocalLimit(rows, plan);
  }

  /** At most so many rows. */
  public static LogicalPlan global(Expression rows, LogicalPlan plan) {
    return new GlobalLimit(rows, local(rows, plan));
  }

  /** The first so many rows in an order. */
  public static LogicalPlan first(Expression rows, LogicalPlan plan, SortOrder... order) {
    return global(rows, new Sort(ScalaCollections.seq(order), true, plan, Option.empty()));
  }

  /** One row: an aggregate of all. */
  public static LogicalPlan aggregate(NamedExpression aggregate, LogicalPlan plan) {
    return new Aggregate(
        ScalaCollections.seq(), ScalaCollections.seq(aggregate), plan, Option.empty());
  }

  /** Whether no partition of a plan can have more rows than a limit. */
  public static boolean isWithinLocally(LogicalPlan plan, Expression rows) {
    return isAtMost(plan.maxRowsPerPartition(), rows);
  }

  /** Whether a plan cannot have more rows than a limit. */
  public static boolean isWithin(LogicalPlan plan, Expression rows) {
    return isAtMost(plan.maxRows(), rows);
  }

  private static boolean isAtMost(Option<Object> most, Expression rows) {
    return most.isDefined()
        && rows instanceof Literal limit
        && limit.value() instanceof Integer number
        && (long) most.get() <= number;
  }
}
