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

import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.catalyst.plans.logical.statsEstimation.EstimationUtils;
import scala.collection.immutable.Seq;
import scala.math.BigInt;

/** Estimated sizes of plans, which Spark keeps in Scala's big integers. */
public final class PlanSizes {
  private PlanSizes() {}

  public static boolean isAtMost(LogicalPlan plan, long bytes) {
    return plan.stats().sizeInBytes().compare(BigInt.apply(bytes)) <= 0;
  }

  /** The statistics of a node that gives each row of its input once, with other columns. */
  public static Statistics sameRows(LogicalPlan input, Seq<Attribute> output) {
    Statistics statistics = input.stats();
    BigInt size = statistics.sizeInBytes().$times(rowSize(output)).$div(rowSize(input.output()));
    return new Statistics(
        size.max(BigInt.apply(1)),
        statistics.rowCount(),
        Statistics.apply$default$3(),
        Statistics.apply$default$4());
  }

  private static BigInt rowSize(Seq<Attribute> columns) {
    return EstimationUtils.getSizePerRow(columns, EstimationUtils.getSizePerRow$default$2());
  }
}
