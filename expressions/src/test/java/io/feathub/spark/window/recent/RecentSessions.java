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
package io.feathub.spark.window.recent;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.WindowExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;

/** Sessions with the functions of the most recent rows, and what such queries become. */
final class RecentSessions {
  private RecentSessions() {}

  /** A session with a view {@code events} of every type that matters. */
  static SparkSession start() {
    SparkSession spark = TestSession.with(WindowExtension::install);
    spark
        .sql(
            "SELECT id % 3 AS k, timestamp_seconds(id) AS ts, CAST(id AS INT) AS i, id AS l,"
                + " CAST(id AS FLOAT) AS f, CAST(id AS DOUBLE) AS d,"
                + " CAST(id AS DECIMAL(12, 2)) AS dec, CAST(id AS STRING) AS s, id > 2 AS b,"
                + " IF(id = 1, NULL, id) AS n, make_dt_interval(0, 0, 0, id) AS dt,"
                + " make_ym_interval(0, CAST(id AS INT)) AS ym, map(id, id) AS m, array(id) AS a,"
                + " make_interval(0, 0, 0, CAST(id AS INT)) AS c FROM range(6)")
        .createOrReplaceTempView("events");
    return spark;
  }

  static LogicalPlan analyzed(Dataset<Row> rows) {
    return classic(rows).queryExecution().analyzed();
  }

  static LogicalPlan optimized(Dataset<Row> rows) {
    return classic(rows).queryExecution().optimizedPlan();
  }

  private static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> rows) {
    return (org.apache.spark.sql.classic.Dataset<Row>) rows;
  }

  static List<Window> windows(LogicalPlan plan) {
    List<Window> windows = new ArrayList<>();
    PlanTraversal.visit(
        plan,
        node -> {
          if (node instanceof Window window) {
            windows.add(window);
          }
        });
    return windows;
  }

  /** All functions of the most recent rows in a plan's windows, from the top. */
  static List<RecentAggregate> functions(LogicalPlan plan) {
    List<RecentAggregate> functions = new ArrayList<>();
    for (Window window : windows(plan)) {
      for (Expression expression : ScalaCollections.list(window.expressions())) {
        PlanTraversal.find(expression, RecentAggregate.class::isInstance)
            .map(RecentAggregate.class::cast)
            .ifPresent(functions::add);
      }
    }
    return functions;
  }

  /** The only function of the most recent rows in what the analyzer and the optimizer make. */
  static RecentAggregate function(Dataset<Row> rows) {
    List<RecentAggregate> analyzed = functions(analyzed(rows));
    List<RecentAggregate> optimized = functions(optimized(rows));
    assertThat(analyzed).hasSize(1);
    assertThat(optimized).hasSize(1);
    assertThat(optimized.get(0).limit()).isEqualTo(analyzed.get(0).limit());
    assertThat(optimized.get(0).exclusion()).isEqualTo(analyzed.get(0).exclusion());
    return optimized.get(0);
  }
}
