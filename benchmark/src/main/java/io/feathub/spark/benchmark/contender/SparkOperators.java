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
package io.feathub.spark.benchmark.contender;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.window.StreamingWindowExec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.exchange.BroadcastExchangeExec;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.window.WindowExec;
import scala.Option;

/** The operators of an executed plan by their classes' names. */
final class SparkOperators {
  /** Stands beside the window's own name if one of its frames really was a segment tree. */
  static final String SEGMENT_TREES = "WindowExec with segment trees";

  /** In place of the name of a nested-loop join whose broadcast side was one row. */
  static final String NESTED_LOOP_OF_ONE_ROW = "BroadcastNestedLoopJoinExec with one row";

  /**
   * Stands beside the name of a window, FeatHub's or Spark's, whose rows came to it in its order,
   * with neither a sort nor a shuffle below it.
   */
  static final String WINDOW_IN_ORDER = "window in the order of its input";

  private static final String SEGMENT_TREE_METRIC = "numSegmentTreeFrames";
  private static final String ROWS_METRIC = "numOutputRows";

  private SparkOperators() {}

  static List<String> of(SparkPlan plan) {
    Set<String> names = new LinkedHashSet<>();
    PlanTraversal.visitExecuted(
        plan,
        node -> {
          names.add(nameOf(node));
          if (node instanceof WindowExec && usedSegmentTrees(node)) {
            names.add(SEGMENT_TREES);
          }
          if (isWindow(node) && isInOrderOfInput(node)) {
            names.add(WINDOW_IN_ORDER);
          }
        });
    return new ArrayList<>(names);
  }

  private static String nameOf(SparkPlan node) {
    return node instanceof BroadcastNestedLoopJoinExec join && broadcastRows(join) == 1
        ? NESTED_LOOP_OF_ONE_ROW
        : node.getClass().getSimpleName();
  }

  /** What was broadcast, by the metric of the exchange that ran. */
  private static long broadcastRows(BroadcastNestedLoopJoinExec join) {
    boolean left = join.buildSide().toString().equals("BuildLeft");
    List<Long> rows = new ArrayList<>();
    PlanTraversal.visitExecuted(
        left ? join.left() : join.right(),
        node -> {
          SparkPlan origin = node instanceof ReusedExchangeExec reused ? reused.child() : node;
          if (origin instanceof BroadcastExchangeExec) {
            rows.add(metric(origin, ROWS_METRIC));
          }
        });
    // The first is this join's own, further ones are of joins below it.
    return rows.isEmpty() ? 0 : rows.get(0);
  }

  private static boolean isWindow(SparkPlan node) {
    return node instanceof WindowExec || node instanceof StreamingWindowExec;
  }

  /** FeatHub's claims no order for its output if it has to make one. */
  private static boolean isInOrderOfInput(SparkPlan window) {
    List<SparkPlan> moving = new ArrayList<>();
    PlanTraversal.visitExecuted(
        window,
        node -> {
          if (node instanceof Exchange
              || node instanceof ReusedExchangeExec
              || node instanceof SortExec) {
            moving.add(node);
          }
        });
    return moving.isEmpty() && !window.outputOrdering().isEmpty();
  }

  private static boolean usedSegmentTrees(SparkPlan window) {
    return metric(window, SEGMENT_TREE_METRIC) > 0;
  }

  /** Nought if there is no such metric. */
  private static long metric(SparkPlan node, String name) {
    Option<SQLMetric> metric = node.metrics().get(name);
    return metric.isDefined() ? metric.get().value() : 0;
  }
}
