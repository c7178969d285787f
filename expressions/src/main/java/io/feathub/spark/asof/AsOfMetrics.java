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

import io.feathub.spark.interop.SqlMetrics;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;

/**
 * What the SQL tab shows of an as-of join.
 *
 * @param expired left rows whose best candidate was beyond the tolerance
 * @param ties right rows of the same keys and time as a greater one
 * @param pairsAvoided what a join by the keys would have formed beside the matches; of look-ups in
 *     an index, which alone knows of all rows of a key
 * @param peakState what is kept of the right side to find matches in, where that is most: the
 *     largest index of a task, or the last rows of each key that is merged
 * @param merged tasks that merge
 * @param blocks how many indexes were taken one after another, where one was not enough
 */
record AsOfMetrics(
    SQLMetric outputRows,
    SQLMetric matched,
    SQLMetric unmatched,
    SQLMetric expired,
    SQLMetric ties,
    SQLMetric pairsAvoided,
    SQLMetric peakState,
    SQLMetric merged,
    SQLMetric blocks,
    SQLMetric spillSize)
    implements Serializable {

  /** What not every form tells: a metric that stays 0 would say something that is not so. */
  enum OfSome {
    PAIRS_AVOIDED,
    MERGED,
    BLOCKS,
    SPILL_SIZE
  }

  static AsOfMetrics create(SparkContext context) {
    return new AsOfMetrics(
        SqlMetrics.count(context, "number of output rows"),
        SqlMetrics.count(context, "left rows with a match"),
        SqlMetrics.count(context, "left rows without a match"),
        SqlMetrics.count(context, "left rows whose match is too far away"),
        SqlMetrics.count(context, "right rows tied with a greater one"),
        SqlMetrics.count(context, "pairs of equal keys not formed"),
        SqlMetrics.size(context, "peak size of the right rows kept to find matches"),
        SqlMetrics.count(context, "tasks that merged sorted sides"),
        SqlMetrics.count(context, "blocks of right rows, where not all fit in memory"),
        SqlMetrics.size(context, "spill size"));
  }

  /**
   * What a form tells.
   *
   * @param some of those that not every form tells
   */
  Map<String, SQLMetric> of(Set<OfSome> some) {
    Map<String, SQLMetric> byName = new LinkedHashMap<>();
    byName.put("numOutputRows", outputRows);
    byName.put("matched", matched);
    byName.put("unmatched", unmatched);
    byName.put("expired", expired);
    byName.put("ties", ties);
    byName.put("peakState", peakState);
    if (some.contains(OfSome.PAIRS_AVOIDED)) {
      byName.put("pairsAvoided", pairsAvoided);
    }
    if (some.contains(OfSome.MERGED)) {
      byName.put("merged", merged);
    }
    if (some.contains(OfSome.BLOCKS)) {
      byName.put("blocks", blocks);
    }
    if (some.contains(OfSome.SPILL_SIZE)) {
      byName.put("spillSize", spillSize);
    }
    return byName;
  }

  void addMerge(long spilledBytes) {
    merged.add(1);
    spillSize.add(spilledBytes);
  }

  /** The one index of all tasks. */
  record SharedIndex(long tiedRows, long bytes) {}

  /** Tells of it, from the driver. */
  void tell(SparkContext context, SharedIndex index) {
    ties.set(index.tiedRows());
    peakState.set(index.bytes());
    SqlMetrics.tell(context, List.of(ties, peakState));
  }

  void addIndex(AsOfIndex index) {
    ties.add(index.tiedRows());
    raisePeakState(index.sizeInBytes());
  }

  /** A task has one partition's state at a time, and maybe several partitions. */
  void raisePeakState(long bytes) {
    peakState.set(Math.max(peakState.value(), bytes));
  }
}
