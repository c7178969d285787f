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
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.metric.SQLMetric;

/**
 * What the SQL tab shows of an as-of join.
 *
 * @param expired left rows whose best candidate was beyond the tolerance
 * @param ties right rows of the same keys and time as a greater one
 * @param pairsAvoided what a join by the keys would have formed beside the matches; of look-ups in
 *     an index
 */
record AsOfMetrics(
    SQLMetric outputRows,
    SQLMetric matched,
    SQLMetric unmatched,
    SQLMetric expired,
    SQLMetric ties,
    SQLMetric pairsAvoided,
    SQLMetric indexSize,
    SQLMetric merged,
    SQLMetric blocks,
    SQLMetric spillSize)
    implements Serializable {

  static AsOfMetrics create(SparkContext context) {
    return new AsOfMetrics(
        SqlMetrics.count(context, "number of output rows"),
        SqlMetrics.count(context, "left rows with a match"),
        SqlMetrics.count(context, "left rows without a match"),
        SqlMetrics.count(context, "left rows whose match is too far away"),
        SqlMetrics.count(context, "right rows tied with a greater one"),
        SqlMetrics.count(context, "pairs of equal keys not formed"),
        SqlMetrics.size(context, "size of the right side's index"),
        SqlMetrics.count(context, "tasks that merged sorted sides"),
        SqlMetrics.count(context, "blocks of right rows, where not all fit in memory"),
        SqlMetrics.size(context, "spill size"));
  }

  Map<String, SQLMetric> byName() {
    Map<String, SQLMetric> byName = new LinkedHashMap<>();
    byName.put("numOutputRows", outputRows);
    byName.put("matched", matched);
    byName.put("unmatched", unmatched);
    byName.put("expired", expired);
    byName.put("ties", ties);
    byName.put("pairsAvoided", pairsAvoided);
    byName.put("indexSize", indexSize);
    byName.put("merged", merged);
    byName.put("blocks", blocks);
    byName.put("spillSize", spillSize);
    return byName;
  }

  void addMerge(long spilledBytes) {
    merged.add(1);
    spillSize.add(spilledBytes);
  }

  void addBlocks(int count) {
    blocks.add(count);
  }

  void addSpill(long bytes) {
    spillSize.add(bytes);
  }

  /** Tells from the driver of the one index that all tasks share. */
  void tell(SparkContext context, AsOfIndex index) {
    ties.set(index.tiedRows());
    indexSize.set(index.sizeInBytes());
    SqlMetrics.tell(context, List.of(ties, indexSize));
  }

  void addIndex(AsOfIndex index) {
    ties.add(index.tiedRows());
    indexSize.add(index.sizeInBytes());
  }
}
