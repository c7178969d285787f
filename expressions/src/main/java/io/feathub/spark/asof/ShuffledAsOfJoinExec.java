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
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.immutable.Seq;

/**
 * The as-of join for a right side of any size: both sides are hashed on the keys, and each task
 * indexes its part of the right rows before it streams its left rows, which are never sorted.
 *
 * <p>Cost: one exchange per side (none where a side is laid out by the keys already), then linear
 * in the right rows to sort them by radix, and a hash look-up and a binary search per left row.
 * Memory: the right rows of one partition, accounted with Spark's memory manager.
 */
public final class ShuffledAsOfJoinExec extends AsOfJoinExec {

  /** Public for Catalyst, which copies nodes by reflection. */
  public ShuffledAsOfJoinExec(
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
    return new ShuffledAsOfJoinExec(
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
        Distributions.clustered(ScalaCollections.list(leftKeys())),
        Distributions.clustered(ScalaCollections.list(rightKeys())));
  }

  @Override
  public RDD<InternalRow> doExecute() {
    AsOfProbe probe = probe();
    RightSide rightSide = rightSide();
    SQLMetric ties = longMetric("ties");
    SQLMetric indexSize = longMetric("indexSize");
    return left()
        .execute()
        .toJavaRDD()
        .zipPartitions(
            right().execute().toJavaRDD(),
            (leftRows, rightRows) -> {
              AsOfIndex index = rightSide.index(rightRows, MemoryBudget.ofTask(TaskContext.get()));
              ties.add(index.tiedRows());
              indexSize.add(index.sizeInBytes());
              return probe.join(leftRows, index);
            })
        .rdd();
  }
}
