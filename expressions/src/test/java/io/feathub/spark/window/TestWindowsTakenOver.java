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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ExtendedMode$;
import org.apache.spark.sql.execution.window.WindowExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which windows of stock SQL the streaming operator takes over, and what is said of the others. */
class TestWindowsTakenOver {
  private static final String ROWS =
      " FROM VALUES ('a', TIMESTAMP '2022-01-01 00:00:00', 1, 1.5D),"
          + " ('a', TIMESTAMP '2022-01-01 00:10:00', 2, NULL),"
          + " ('a', TIMESTAMP '2022-01-01 01:10:00', 7, 4D),"
          + " ('a', TIMESTAMP '2022-03-01 00:10:00', 8, CAST('NaN' AS DOUBLE)),"
          + " ('a', NULL, 10, 1D),"
          + " (NULL, TIMESTAMP '2022-01-01 00:10:00', 3, 2D),"
          + " ('b', TIMESTAMP '2022-01-01 00:10:00', NULL, 2D) AS rows(k, ts, x, d)";

  private static final String HOUR =
      "(PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)";

  private static final List<String> FUNCTIONS =
      List.of(
          "count(*)",
          "count(d)",
          "count(x, d)",
          "count(x) FILTER (WHERE d > 1)",
          "count_if(x > 2)",
          "sum(x)",
          "sum(d)",
          "try_sum(x)",
          "sum(CAST(x AS DECIMAL(4, 2)))",
          "sum(CAST(x AS DECIMAL(18, 2)))",
          "sum(CAST(x AS DECIMAL(30, 2)))",
          "sum(x * INTERVAL '1' SECOND)",
          "sum(x * INTERVAL '1' MONTH)",
          "avg(x)",
          "avg(d)",
          "try_avg(x)",
          "avg(CAST(x AS DECIMAL(4, 2)))",
          "avg(CAST(x AS DECIMAL(30, 2)))",
          "avg(x * INTERVAL '1' SECOND)",
          "avg(x * INTERVAL '1' MONTH)",
          "min(x)",
          "max(d)",
          "min(k)",
          "max(ts)",
          "max(CAST(ts AS DATE))",
          "min(CAST(x AS DECIMAL(30, 2)))",
          "max(CAST(k AS BINARY))",
          "bool_or(x > 2)",
          "var_pop(x)",
          "var_samp(x)",
          "stddev(x)",
          "stddev_pop(x)",
          "first_value(d)",
          "first_value(d) IGNORE NULLS",
          "last_value(d)",
          "last_value(k) IGNORE NULLS",
          "any_value(x)",
          "collect_list(x)",
          "collect_list(named_struct('a', x, 'k', k))");

  private static final List<String> WINDOWS =
      List.of(
          HOUR,
          "(PARTITION BY k ORDER BY ts DESC RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT"
              + " ROW)",
          "(PARTITION BY k ORDER BY ts NULLS LAST RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND"
              + " INTERVAL '1' HOUR FOLLOWING)",
          "(PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '2' HOUR PRECEDING AND INTERVAL '1'"
              + " HOUR PRECEDING)",
          "(PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR FOLLOWING AND UNBOUNDED"
              + " FOLLOWING)",
          "(PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW)",
          "(PARTITION BY k ORDER BY CAST(ts AS DATE) RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)",
          "(PARTITION BY k ORDER BY x RANGE BETWEEN 1 PRECEDING AND 5 FOLLOWING)",
          "(PARTITION BY k ORDER BY d RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW)",
          "(PARTITION BY k ORDER BY CAST(x AS SMALLINT) RANGE BETWEEN 2S PRECEDING AND CURRENT"
              + " ROW)",
          "(PARTITION BY k ORDER BY CAST(x AS DECIMAL(8, 1)) DESC RANGE BETWEEN 2.5 PRECEDING AND"
              + " CURRENT ROW)",
          "(PARTITION BY k ORDER BY ts)",
          "(PARTITION BY k ORDER BY ts, x DESC)",
          "(PARTITION BY k)",
          "(ORDER BY k, ts, x)",
          "(PARTITION BY k ORDER BY ts RANGE BETWEEN CURRENT ROW AND CURRENT ROW)",
          "(PARTITION BY k ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)",
          "(PARTITION BY k ORDER BY ts ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)",
          "(PARTITION BY k ORDER BY ts, x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
          "(PARTITION BY k ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)");

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  @Test
  void allFunctionsRunOverOneFrame() {
    check(IntStream.range(0, FUNCTIONS.size()).mapToObj(i -> FUNCTIONS.get(i) + " OVER " + HOUR));
  }

  @Test
  void allFramesRunWithFunctionsOfAllKinds() {
    List<String> kinds = List.of("sum(x)", "max(d)", "first_value(k)", "collect_list(x)");
    check(WINDOWS.stream().flatMap(window -> kinds.stream().map(f -> f + " OVER " + window)));
  }

  private static void check(java.util.stream.Stream<String> columns) {
    String query = "SELECT *, " + columns.collect(Collectors.joining(", ")) + ROWS;
    WindowSessions.checkSame(spark, query);
    Dataset<Row> rows = spark.sql(query);
    assertThat(rows.collectAsList()).hasSize(7);
    ExecutedPlan plan = ExecutedPlan.of(rows);
    assertThat(plan.operators(WindowExec.class))
        .as(() -> rows.queryExecution().explainString(ExtendedMode$.MODULE$))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row_number() OVER (PARTITION BY k ORDER BY ts) | the function row_number",
        "lag(x) OVER (PARTITION BY k ORDER BY ts) | the function lag",
        "collect_set(x) OVER (PARTITION BY k ORDER BY ts) | the function collect_set(int)",
        "max(array(x)) OVER (PARTITION BY k ORDER BY ts) | the function max(array<int>)",
        "sum(x) OVER (PARTITION BY k COLLATE UTF8_LCASE) | keys of type string collate UTF8_LCASE",
        "max(k COLLATE UTF8_LCASE) OVER (PARTITION BY k) | the function max(string collate"
            + " UTF8_LCASE)"
      })
  void whatIsLeftToSparkIsExplained(String function, String reason) {
    Dataset<Row> rows = spark.sql("SELECT *, " + function + ROWS);
    assertThat(rows.collectAsList()).hasSize(7);
    ExecutedPlan plan = ExecutedPlan.of(rows);
    assertThat(plan.contains(StreamingWindowExec.class)).as(plan.toString()).isFalse();
    assertThat(rows.queryExecution().explainString(ExtendedMode$.MODULE$))
        .contains("Left to Spark's own operator", reason);
  }
}
