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

import io.feathub.spark.interop.Distributions;
import io.feathub.spark.interop.ScalaCollections;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.immutable.Seq;

/**
 * The as-of join for a small right side: its index is built once, on the driver, and sent to every
 * executor; the left rows stay where they are and in their order, so nothing of the left side is
 * shuffled or sorted, here or by an operator above that wants that order.
 *
 * <p>Cost: one pass over the left rows, each a hash look-up and a binary search among the times of
 * its key. Memory: the index, once per executor. Not for a right side that outgrows the driver or
 * an executor; {@link ShuffledAsOfJoinExec} spreads it.
 */
public final class BroadcastAsOfJoinExec extends AsOfJoinExec {

  /** Public for Catalyst, which copies nodes by reflection. */
  public BroadcastAsOfJoinExec(
      SparkPlan left,
      SparkPlan right,
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      AsOfMatching matching,
      JoinType joinType) {
    super(left, right, leftKeys, rightKeys, leftTime, rightTime, matching, joinType);
  }

  @Override
  protected SparkPlan withChildren(SparkPlan newLeft, SparkPlan newRight) {
    return new BroadcastAsOfJoinExec(
        newLeft,
        newRight,
        leftKeys(),
        rightKeys(),
        leftTime(),
        rightTime(),
        matching(),
        joinType());
  }

  @Override
  public Seq<Distribution> requiredChildDistribution() {
    return ScalaCollections.seq(
        Distributions.anywhere(), new BroadcastDistribution(new AsOfBroadcastMode(rightSide())));
  }

  @Override
  public RDD<InternalRow> doExecute() {
    AsOfProbe probe = probe();
    Broadcast<BroadcastAsOfIndex> index = right().executeBroadcast();
    SQLMetric ties = longMetric("ties");
    SQLMetric indexSize = longMetric("indexSize");
    return left()
        .execute()
        .toJavaRDD()
        .mapPartitions(
            rows -> {
              AsOfIndex right = index.value().index();
              if (TaskContext.getPartitionId() == 0) {
                // All tasks share the index: one of them tells of it.
                ties.add(right.tiedRows());
                indexSize.add(right.sizeInBytes());
              }
              return probe.join(rows, right);
            })
        .rdd();
  }
}
