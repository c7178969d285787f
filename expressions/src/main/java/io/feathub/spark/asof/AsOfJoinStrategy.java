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

import io.feathub.spark.FeathubConf;
import io.feathub.spark.interop.PlanSizes;
import io.feathub.spark.interop.ScalaCollections;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.immutable.Seq;

/**
 * Plans as-of joins: broadcast when the right side is small or the user says so, else both sides
 * shuffled by the keys. A function of the logical node alone, as adaptive execution asks again with
 * the sizes that it has seen.
 */
final class AsOfJoinStrategy extends SparkStrategy {

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (!(plan instanceof FeathubAsOfJoin join)) {
      return ScalaCollections.seq();
    }
    return ScalaCollections.seq(isBroadcast(join) ? broadcast(join) : shuffled(join));
  }

  private SparkPlan broadcast(FeathubAsOfJoin join) {
    return new BroadcastAsOfJoinExec(
        planLater(join.left()),
        BroadcastIndexExec.orElse(join.right(), planLater(join.right())),
        join.leftKeys(),
        join.rightKeys(),
        join.leftTime(),
        join.rightTime(),
        join.matching(),
        join.joinType());
  }

  private SparkPlan shuffled(FeathubAsOfJoin join) {
    return new ShuffledAsOfJoinExec(
        planLater(join.left()),
        planLater(join.right()),
        join.leftKeys(),
        join.rightKeys(),
        join.leftTime(),
        join.rightTime(),
        join.matching(),
        join.joinType());
  }

  /** What is broadcast already stays so, whatever size its index turned out to have. */
  private static boolean isBroadcast(FeathubAsOfJoin join) {
    return BroadcastIndexExec.isBroadcast(join.right())
        || switch (join.form()) {
          case BROADCAST -> true;
          case SHUFFLED -> false;
          case ANY -> isSmall(join.right());
        };
  }

  private static boolean isSmall(LogicalPlan plan) {
    long threshold = FeathubConf.bytes(SQLConf.get(), FeathubConf.AS_OF_BROADCAST_THRESHOLD);
    return threshold > 0 && PlanSizes.isAtMost(plan, threshold);
  }
}
