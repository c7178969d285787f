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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.window.WindowExec;
import scala.Option;

/** The operators of an executed plan by their classes' names. */
final class SparkOperators {
  /** Stands beside the window's own name if one of its frames really was a segment tree. */
  static final String SEGMENT_TREES = "WindowExec with segment trees";

  private static final String SEGMENT_TREE_METRIC = "numSegmentTreeFrames";

  private SparkOperators() {}

  static List<String> of(SparkPlan plan) {
    Set<String> names = new LinkedHashSet<>();
    PlanTraversal.visitExecuted(
        plan,
        node -> {
          names.add(node.getClass().getSimpleName());
          if (node instanceof WindowExec && usedSegmentTrees(node)) {
            names.add(SEGMENT_TREES);
          }
        });
    return new ArrayList<>(names);
  }

  private static boolean usedSegmentTrees(SparkPlan window) {
    Option<SQLMetric> frames = window.metrics().get(SEGMENT_TREE_METRIC);
    return frames.isDefined() && frames.get().value() > 0;
  }
}
