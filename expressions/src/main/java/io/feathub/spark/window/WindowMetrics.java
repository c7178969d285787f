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

import java.io.Serializable;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.immutable.Map;

/** What the operator reports in the SQL tab. */
record WindowMetrics(
    SQLMetric outputRows,
    SQLMetric sortTime,
    SQLMetric spillSize,
    SQLMetric peakMemory,
    SQLMetric largestFrame)
    implements Serializable {
  static final String OUTPUT_ROWS = "numOutputRows";
  static final String SORT_TIME = "sortTime";
  static final String SPILL_SIZE = "spillSize";
  static final String PEAK_MEMORY = "peakMemory";
  static final String LARGEST_FRAME = "largestFrame";

  static WindowMetrics of(Map<String, SQLMetric> metrics) {
    return new WindowMetrics(
        metrics.apply(OUTPUT_ROWS),
        metrics.apply(SORT_TIME),
        metrics.apply(SPILL_SIZE),
        metrics.apply(PEAK_MEMORY),
        metrics.apply(LARGEST_FRAME));
  }
}
