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
  private static final int LEAST_HEAP_PER_ESTIMATE = 24;

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (!(plan instanceof FeathubAsOfJoin join)) {
      return ScalaCollections.seq();
    }
    return ScalaCollections.seq(isBroadcast(join) ? broadcast(join) : shuffled(join));
  }

  private SparkPlan broadcast(FeathubAsOfJoin join) {
    // Where all right rows are at hand, ranges of time are of no use.
    boolean keyed = join.timeRanges() == 0;
    return new BroadcastAsOfJoinExec(
        planLater(join.left()),
        BroadcastIndexExec.orElse(join.right(), planLater(join.right())),
        keyed ? join.leftKeys() : ScalaCollections.seq(),
        keyed ? join.rightKeys() : ScalaCollections.seq(),
        join.leftTime(),
        join.rightTime(),
        join.tieBreak(),
        join.residual(),
        join.rightOutput(),
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
        join.tieBreak(),
        join.residual(),
        join.rightOutput(),
        join.matching(),
        join.joinType(),
        form(join),
        false,
        join.timeRanges());
  }

  /** What is broadcast already stays so, whatever size its index turned out to have. */
  static boolean isBroadcast(FeathubAsOfJoin join) {
    return BroadcastIndexExec.isBroadcast(join.right())
        || switch (form(join)) {
          case BROADCAST -> true;
          case HASHED, MERGED -> false;
          case ANY -> isSmall(join.right());
        };
  }

  /** As the hint says, or else the session. */
  private static AsOfForm form(FeathubAsOfJoin join) {
    if (join.form() != AsOfForm.ANY) {
      return join.form();
    }
    return switch (FeathubConf.text(SQLConf.get(), FeathubConf.AS_OF_FORM)) {
      case "broadcast" -> AsOfForm.BROADCAST;
      case "hashed" -> AsOfForm.HASHED;
      case "merged" -> AsOfForm.MERGED;
      default -> AsOfForm.ANY;
    };
  }

  /** Of files the size is that of compressed columns; rows and their index take many times that. */
  private static boolean isSmall(LogicalPlan plan) {
    long threshold = FeathubConf.bytes(SQLConf.get(), FeathubConf.AS_OF_BROADCAST_THRESHOLD);
    long bearable = Runtime.getRuntime().maxMemory() / LEAST_HEAP_PER_ESTIMATE;
    return threshold > 0 && PlanSizes.isAtMost(plan, Math.min(threshold, bearable));
  }
}
