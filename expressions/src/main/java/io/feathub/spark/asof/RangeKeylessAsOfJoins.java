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

import io.feathub.spark.interop.CatalystJoins;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an as-of join without an equality key run in many tasks: the range of time that a row is in
 * becomes its key.
 *
 * <pre>
 *   FeathubAsOfJoin [l.ts >= r.ts], no keys
 *     becomes
 *   Project [l.*, r.*]
 *     FeathubAsOfJoin [l.ts >= r.ts], keys [l.range = r.range], in 800 ranges of time
 *       Project [l.*, range(l.ts, bounds) AS range]
 *         Join l, bounds
 *       Project [r.*, range(r.ts, bounds) AS range]
 *         Join r, bounds
 * </pre>
 *
 * <p>The bounds are one row, the same for both sides, see {@link RangeBounds}. The match of a left
 * row may be in an earlier range: {@link CarriedRows} puts the last row of each range into those
 * that follow it.
 */
final class RangeKeylessAsOfJoins extends Rule<LogicalPlan> {
  private static final Logger LOG = LoggerFactory.getLogger(RangeKeylessAsOfJoins.class);

  /** Ranges are hashed to partitions: with more of them partitions differ less. */
  private static final int RANGES_PER_PARTITION = 4;

  private static final int LEAST_RANGES = 256;

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return PlanTraversal.rewriteUp(
        plan, node -> node instanceof FeathubAsOfJoin join && isAlone(join) ? spread(join) : node);
  }

  private static boolean isAlone(FeathubAsOfJoin join) {
    return join.leftKeys().isEmpty() && !AsOfJoinStrategy.isBroadcast(join);
  }

  private static LogicalPlan spread(FeathubAsOfJoin join) {
    int partitions = SQLConf.get().numShufflePartitions();
    if (partitions == 1) {
      return join;
    }
    Optional<String> obstacle = obstacle(join);
    if (obstacle.isPresent()) {
      LOG.warn(
          "An as-of join without an equality key runs in a single task, as {}. Join on a key if"
              + " there is one.",
          obstacle.get());
      return join;
    }
    int ranges = Math.max(RANGES_PER_PARTITION * partitions, LEAST_RANGES);
    RangeBounds bounds = RangeBounds.of(join.left(), join.leftTime(), ranges);
    Alias leftRange = bounds.rangeOf(join.leftTime());
    Alias rightRange = bounds.rangeOf(join.rightTime());
    LogicalPlan inRanges =
        join.inTimeRanges(
            withRange(join.left(), leftRange, bounds),
            withRange(join.right(), rightRange, bounds),
            leftRange.toAttribute(),
            rightRange.toAttribute(),
            ranges);
    List<NamedExpression> output = new ArrayList<>(ScalaCollections.list(join.output()));
    return new Project(ScalaCollections.seq(output), inRanges);
  }

  private static Optional<String> obstacle(FeathubAsOfJoin join) {
    if (join.residual().isDefined()) {
      return Optional.of("it has a condition on both sides");
    }
    if (!TimeColumn.supports(join.leftTime().dataType())) {
      return Optional.of(
          "times of type " + join.leftTime().dataType().sql() + " are not divided into ranges");
    }
    // Computed for each side anew, the bounds of left rows that come otherwise the second time
    // would be others.
    return SQLConf.get().exchangeReuseEnabled()
        ? Optional.empty()
        : Optional.of("spark.sql.exchange.reuse is off, so that both sides' bounds may differ");
  }

  private static LogicalPlan withRange(LogicalPlan side, Alias range, RangeBounds bounds) {
    List<NamedExpression> columns =
        new ArrayList<>(ScalaCollections.<Attribute>list(side.output()));
    columns.add(range);
    return new Project(
        ScalaCollections.seq(columns), CatalystJoins.withOneRow(side, bounds.plan()));
  }
}
