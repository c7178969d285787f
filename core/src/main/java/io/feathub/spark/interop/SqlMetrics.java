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
package io.feathub.spark.interop;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;

/** Metrics of operators, as the SQL tab shows them. */
public final class SqlMetrics {
  private SqlMetrics() {}

  public static SQLMetric count(SparkContext context, String description) {
    return SQLMetrics.createMetric(context, description);
  }

  /** Sends what the driver itself has set to the query that runs, if one does. */
  public static void tell(SparkContext context, List<SQLMetric> metrics) {
    String execution = context.getLocalProperty(SQLExecution.EXECUTION_ID_KEY());
    SQLMetrics.postDriverMetricUpdates(context, execution, ScalaCollections.seq(metrics));
  }

  /** A number of bytes. */
  public static SQLMetric size(SparkContext context, String description) {
    return SQLMetrics.createSizeMetric(
        context, description, SQLMetrics.createSizeMetric$default$3());
  }
}
