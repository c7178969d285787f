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
package io.feathub.spark.window;

import io.feathub.spark.FeathubConf;
import io.feathub.spark.interop.ScalaCollections;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.immutable.Seq;

/**
 * Plans Spark's own logical {@code Window} on the streaming operator if all of it is supported, and
 * leaves it to Spark otherwise. The logical node stays Spark's: its rules for self-joins, push-down
 * and pruning know that node, and would not know one of ours.
 *
 * <p>The decision depends on nothing but the node and the session's configuration, as adaptive
 * execution plans a node again when its input is known better.
 */
final class StreamingWindowStrategy extends SparkStrategy {

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    SQLConf conf = SQLConf.get();
    if (!(plan instanceof Window window) || !FeathubConf.isOn(conf, FeathubConf.WINDOW_ENABLED)) {
      return ScalaCollections.seq();
    }
    UnwrappedWindow unwrapped = UnwrappedWindow.of(window.windowExpressions());
    if (!WindowVerdict.of(unwrapped.functions(), window.partitionSpec(), window.orderSpec())
        .isSupported()) {
      return ScalaCollections.seq();
    }
    SparkPlan operator =
        new StreamingWindowExec(
            unwrapped.functions(),
            window.partitionSpec(),
            window.orderSpec(),
            conf.sessionLocalTimeZone(),
            conf.ansiEnabled(),
            planLater(window.child()));
    return ScalaCollections.seq(
        unwrapped.isWrapped()
            ? new ProjectExec(unwrapped.results(window.child().output()), operator)
            : operator);
  }
}
