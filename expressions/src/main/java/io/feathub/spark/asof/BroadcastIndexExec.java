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

import io.feathub.spark.interop.JavaLeafExec;
import io.feathub.spark.interop.ScalaCollections;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.BroadcastQueryStageExec;
import org.apache.spark.sql.execution.adaptive.LogicalQueryStage;
import scala.collection.immutable.Seq;

/**
 * The right side of a broadcast as-of join once adaptive execution has broadcast it.
 *
 * <p>Spark takes a plan with a bare broadcast stage below anything but its own two broadcast joins
 * for a mistake, and throws every re-planned query that has one away, silently. Behind this leaf
 * the stage is not seen, and the rest of the query is re-planned by the sizes met at run time.
 */
public final class BroadcastIndexExec extends JavaLeafExec {
  private final SparkPlan stage;

  /** Public for Catalyst, which copies nodes by reflection. */
  public BroadcastIndexExec(SparkPlan stage) {
    this.stage = stage;
  }

  /** Whether a logical plan stands for a broadcast that adaptive execution has started. */
  static boolean isBroadcast(LogicalPlan plan) {
    return plan instanceof LogicalQueryStage stage
        && stage.physicalPlan() instanceof BroadcastQueryStageExec;
  }

  /** The finished broadcast that a logical plan stands for, or else the given physical plan. */
  static SparkPlan orElse(LogicalPlan plan, SparkPlan planned) {
    return plan instanceof LogicalQueryStage stage
            && stage.physicalPlan() instanceof BroadcastQueryStageExec broadcast
            && broadcast.isMaterialized()
        ? new BroadcastIndexExec(broadcast)
        : planned;
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {stage};
  }

  @Override
  public Seq<Attribute> output() {
    return stage.output();
  }

  @Override
  public Partitioning outputPartitioning() {
    return stage.outputPartitioning();
  }

  /** What is broadcast once more, or not yet, is the same to Spark, which looks for equal plans. */
  @Override
  public SparkPlan doCanonicalize() {
    return stage.canonicalized();
  }

  /** Shown in EXPLAIN, though not a child. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // Two generic types of Scala meet in this method.
  public Seq innerChildren() {
    return ScalaCollections.seq(stage);
  }

  @Override
  public <T> Broadcast<T> doExecuteBroadcast() {
    return stage.executeBroadcast();
  }

  @Override
  public RDD<InternalRow> doExecute() {
    throw new IllegalStateException("A broadcast index has no rows to execute");
  }
}
