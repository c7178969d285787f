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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same rows when sorters and peers have to go to disk. */
class TestStreamingWindowSpill {
  private static final String SORTER_THRESHOLD =
      "spark.shuffle.spill.numElementsForceSpillThreshold";
  private static final String QUERY =
      """
      SELECT *, sum(x) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) AS s,
        max(id) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS m
      FROM (SELECT id, concat('key ', id %% 11) AS k, repeat('x', CAST(id %% 50 AS INT)) AS wide, id * 0.5D AS x,
        timestamp_seconds(%s) AS ts FROM range(0, 5000, 1, 2))
      """;

  private static final Map<String, String> PEERS =
      Map.of(
          "spark.sql.windowExec.buffer.in.memory.threshold", "1",
          "spark.sql.windowExec.buffer.spill.threshold", "30");

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  private static void checkSorterSpills(String query, Map<String, String> conf) {
    SparkConf sparkConf = SparkEnv.get().conf();
    sparkConf.set(SORTER_THRESHOLD, "100");
    try {
      checkSpilled(query, conf);
    } finally {
      sparkConf.remove(SORTER_THRESHOLD);
    }
  }

  /** Spark's operator runs with its usual thresholds: it would hold hundreds of files open. */
  private static void checkSpilled(String query, Map<String, String> conf) {
    List<Row> expected = WindowSessions.stock(spark, query);
    TestSession.withConf(spark, conf, () -> checkSpilled(query, expected));
  }

  private static void checkSpilled(String query, List<Row> expected) {
    Dataset<Row> rows = spark.sql(query);
    assertThat(rows.collectAsList()).containsExactlyInAnyOrderElementsOf(expected);
    StreamingWindowExec operator =
        ExecutedPlan.of(rows).operators(StreamingWindowExec.class).get(0);
    assertThat(operator.longMetric(WindowMetrics.SPILL_SIZE).value()).isPositive();
  }

  @Test
  void sorterSpills() {
    checkSorterSpills(QUERY.formatted("pmod(id * 7919, 86400)"), Map.of());
  }

  @Test
  void bothSortersSpillAndAreMerged() {
    checkSorterSpills(
        QUERY.formatted(
            "CASE WHEN id % 3 = 0 THEN -20000000000 ELSE 0 END + pmod(id * 7919, 9000)"),
        Map.of());
  }

  @Test
  void sorterWithoutRadixSortSpills() {
    checkSorterSpills(
        QUERY.formatted("pmod(id * 7919, 86400)"),
        Map.of("spark.sql.sort.enableRadixSort", "false"));
  }

  @Test
  void peersSpill() {
    checkSpilled(QUERY.formatted("pmod(id, 5) * 60"), PEERS);
  }

  @Test
  void peersOfSortedInputSpill() {
    String sorted =
        QUERY.formatted("pmod(id, 5) * 60").replace("FROM (", "FROM (SELECT * FROM (")
            + " DISTRIBUTE BY k SORT BY k, ts)";
    checkSpilled(sorted, PEERS);
  }
}
