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
package io.feathub.spark.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Makes sorters, buffers and shuffles go to disk with every row until it is closed: the application
 * is shared with other tests.
 */
public final class SpillAtOnce implements AutoCloseable {
  /** What sorters and shuffles go by, ours too; without the last no shuffle of a test sorts. */
  private static final Map<String, String> SORTERS =
      Map.of(
          "spark.shuffle.spill.numElementsForceSpillThreshold", "1",
          "spark.shuffle.spill.maxSizeInBytesForSpillThreshold", "1",
          "spark.unsafe.sorter.spill.merge.factor", "2",
          "spark.shuffle.sort.bypassMergeThreshold", "0");

  /** What the buffers of Spark's own joins and windows go by. */
  private static final List<String> BUFFERS =
      List.of("windowExec", "sortMergeJoinExec", "cartesianProductExec", "sessionWindow");

  private static final List<String> THRESHOLDS =
      List.of("in.memory.threshold", "spill.threshold", "spill.size.threshold");

  private final SparkSession spark;
  private final SpilledBytes listener = new SpilledBytes();

  /** Until it is closed, for all queries of the session. */
  public SpillAtOnce(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(listener);
    SparkConf conf = SparkEnv.get().conf();
    SORTERS.forEach(conf::set);
    for (String operator : BUFFERS) {
      for (String threshold : THRESHOLDS) {
        spark.conf().set("spark.sql." + operator + ".buffer." + threshold, "1");
      }
    }
  }

  /** By all tasks since it was asked last. */
  public long spilledBytes() throws TimeoutException {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    return listener.spilled.getAndSet(0);
  }

  @Override
  public void close() {
    SparkConf conf = SparkEnv.get().conf();
    SORTERS.keySet().forEach(conf::remove);
    for (String operator : BUFFERS) {
      for (String threshold : THRESHOLDS) {
        spark.conf().unset("spark.sql." + operator + ".buffer." + threshold);
      }
    }
    spark.sparkContext().removeSparkListener(listener);
  }

  private static final class SpilledBytes extends SparkListener {
    private final AtomicLong spilled = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.taskMetrics() != null) {
        spilled.addAndGet(task.taskMetrics().memoryBytesSpilled());
      }
    }
  }
}
