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
import io.feathub.spark.testing.GoldenPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How windows are planned, alone and among other operators. */
class TestStreamingWindowPlans {
  private static final String FRAME = "RANGE BETWEEN INTERVAL '2' MINUTE PRECEDING AND CURRENT ROW";
  private static final String TOTAL =
      "sum(price) OVER (PARTITION BY user_id ORDER BY ts " + FRAME + ")";

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
    spark
        .sql(
            """
            SELECT concat('user_', id % 7) AS user_id, id AS purchase_id, id % 3 AS item,
              timestamp_seconds(1640995200 + pmod(id * 7919, 3600)) AS ts, (id % 50) * 0.25D AS price
            FROM range(0, 400, 1, 3)
            """)
        .createOrReplaceTempView("purchases");
    spark.sql("SELECT *, " + TOTAL + " AS total FROM purchases").createOrReplaceTempView("totals");
    spark
        .sql("SELECT * FROM purchases WHERE purchase_id < 0")
        .createOrReplaceTempView("no_purchases");
  }

  private static void withoutAdaptive(Runnable action) {
    TestSession.withConf(spark, Map.of("spark.sql.adaptive.enabled", "false"), action);
  }

  private static ExecutedPlan planOf(String query) {
    Dataset<Row> rows = spark.sql(query);
    rows.collectAsList();
    return ExecutedPlan.of(rows);
  }

  @Test
  void unsortedInputIsShuffledAndNotSorted() {
    String query = "SELECT *, " + TOTAL + " AS total FROM purchases";
    withoutAdaptive(() -> GoldenPlan.check(getClass(), "unsorted", spark.sql(query)));
    WindowSessions.checkSame(spark, query);
    assertThat(planOf(query).contains(SortExec.class)).isFalse();
  }

  @Test
  void sortedInputStreamsAndKeepsItsOrder() {
    String query =
        "SELECT *, "
            + TOTAL
            + " AS total, lag(price) OVER (PARTITION BY user_id ORDER BY ts, purchase_id) AS before"
            + " FROM (SELECT * FROM purchases DISTRIBUTE BY user_id SORT BY user_id, ts,"
            + " purchase_id)";
    withoutAdaptive(() -> GoldenPlan.check(getClass(), "sorted", spark.sql(query)));
    WindowSessions.checkSame(spark, query);
    ExecutedPlan plan = planOf(query);
    assertThat(plan.operators(SortExec.class)).hasSize(1);
    assertThat(plan.operators(ShuffleExchangeExec.class)).hasSize(1);
    assertThat(plan.operators(StreamingWindowExec.class))
        .singleElement()
        .matches(StreamingWindowExec::isInputSorted);
  }

  @Test
  void framesOfDifferentSizesAndFunctionsShareOnePass() {
    String query =
        "SELECT user_id, ts, "
            + TOTAL
            + " AS s2, count(*) OVER (PARTITION BY user_id ORDER BY ts RANGE BETWEEN INTERVAL '10'"
            + " MINUTE PRECEDING AND CURRENT ROW) AS c10, max(item) OVER (PARTITION BY user_id"
            + " ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS m60 FROM"
            + " purchases";
    withoutAdaptive(() -> GoldenPlan.check(getClass(), "several-frames", spark.sql(query)));
    WindowSessions.checkSame(spark, query);
    assertThat(planOf(query).operators(StreamingWindowExec.class)).hasSize(1);
  }

  @Test
  void windowsWithoutKeysAndWithOtherKeysFollowEachOther() {
    String query =
        "SELECT *, "
            + TOTAL
            + " AS by_user, sum(price) OVER (PARTITION BY item ORDER BY ts "
            + FRAME
            + ") AS by_item, sum(price) OVER (ORDER BY ts "
            + FRAME
            + ") AS overall FROM purchases";
    withoutAdaptive(() -> GoldenPlan.check(getClass(), "several-keys", spark.sql(query)));
    WindowSessions.checkSame(spark, query);
    assertThat(planOf(query).operators(StreamingWindowExec.class)).hasSize(3);
  }

  @Test
  void aWindowOverAWindowNeedsNoFurtherExchange() {
    String query =
        "SELECT *, max(total) OVER (PARTITION BY user_id ORDER BY ts RANGE BETWEEN INTERVAL '9'"
            + " MINUTE PRECEDING AND CURRENT ROW) AS peak FROM totals";
    withoutAdaptive(() -> GoldenPlan.check(getClass(), "window-over-window", spark.sql(query)));
    WindowSessions.checkSame(spark, query);
    ExecutedPlan plan = planOf(query);
    assertThat(plan.operators(StreamingWindowExec.class)).hasSize(2);
    assertThat(plan.operators(ShuffleExchangeExec.class)).hasSize(1);
  }

  @Test
  void selfJoinsOfAWindowedFrameShareOneExchange() {
    String query =
        "SELECT a.purchase_id, a.total, b.total AS other FROM totals a JOIN totals b ON a.user_id ="
            + " b.user_id AND abs(a.purchase_id - b.purchase_id) <= 7";
    TestSession.withConf(
        spark,
        Map.of("spark.sql.autoBroadcastJoinThreshold", "-1"),
        () -> {
          WindowSessions.checkSame(spark, query);
          withoutAdaptive(
              () -> {
                GoldenPlan.check(getClass(), "self-join", spark.sql(query));
                ExecutedPlan plan = planOf(query);
                assertThat(plan.operators(StreamingWindowExec.class)).hasSize(2);
                assertThat(plan.operators(ShuffleExchangeExec.class)).hasSize(1);
                assertThat(plan.operators(ReusedExchangeExec.class)).hasSize(1);
              });
        });
    Dataset<Row> frame = spark.table("totals");
    assertThat(frame.join(frame, "purchase_id").count()).isEqualTo(400);
    assertThat(
            frame
                .as("l")
                .joinWith(frame.as("r"), functions.expr("l.purchase_id = r.purchase_id"))
                .count())
        .isEqualTo(400);
  }

  @Test
  void whatIsComputedTwiceIsTheSamePlan() {
    String query =
        "WITH t AS (SELECT *, "
            + TOTAL
            + " AS total FROM purchases), r AS (SELECT /*+ REPARTITION(3) */ * FROM t) SELECT"
            + " purchase_id, total FROM r UNION ALL SELECT purchase_id, total FROM r";
    withoutAdaptive(
        () -> {
          ExecutedPlan plan = planOf(query);
          assertThat(plan.operators(ReusedExchangeExec.class)).as(plan.toString()).hasSize(1);
        });
    WindowSessions.checkSame(spark, query);
  }

  @Test
  void twoSizesOfAFrameAreNotTheSamePlan() {
    StreamingWindowExec shorter = operator("INTERVAL '1' MINUTE");
    StreamingWindowExec longer = operator("INTERVAL '2' MINUTE");
    assertThat(shorter.sameResult(operator("INTERVAL '1' MINUTE"))).isTrue();
    assertThat(shorter.sameResult(longer)).isFalse();
    assertThat(shorter).isNotEqualTo(longer);
    assertThat(shorter.missingInput().isEmpty()).isTrue();
    assertThat(shorter.withChild(shorter.child())).isEqualTo(shorter).hasSameHashCodeAs(shorter);
    assertThat(shorter.clone()).isEqualTo(shorter);
  }

  private static StreamingWindowExec operator(String size) {
    Dataset<Row> rows =
        spark.sql(
            "SELECT *, sum(price) OVER (PARTITION BY user_id ORDER BY ts RANGE BETWEEN "
                + size
                + " PRECEDING AND CURRENT ROW) AS total FROM purchases");
    return ExecutedPlan.of(rows).operators(StreamingWindowExec.class).get(0);
  }

  @Test
  void resultsCanBeJoinedAggregatedFilteredAndWindowedAgain() {
    WindowSessions.checkSame(
        spark,
        "SELECT t.user_id, max(t.total) AS m, count(*) FROM totals t JOIN (SELECT user_id,"
            + " avg(total) AS a FROM totals GROUP BY user_id) u ON t.user_id = u.user_id WHERE"
            + " t.total > u.a AND t.user_id <> 'user_3' GROUP BY t.user_id");
    WindowSessions.checkSame(
        spark,
        "SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY ts, purchase_id) AS n FROM"
            + " totals");
    WindowSessions.checkSame(
        spark, "SELECT * FROM purchases WHERE price < (SELECT max(total) / 4 FROM totals)");
  }

  @Test
  void onlyTheColumnsThatAreSelectedGetToTheOperator() {
    Dataset<Row> rows = spark.sql("SELECT user_id, total FROM totals");
    assertThat(rows.collectAsList()).hasSize(400);
    StreamingWindowExec operator =
        ExecutedPlan.of(rows).operators(StreamingWindowExec.class).get(0);
    assertThat(operator.child().output().mkString(",")).doesNotContain("item", "purchase_id");
    assertThat(planOf("SELECT user_id, price FROM totals").contains(StreamingWindowExec.class))
        .as("a window that nobody reads")
        .isFalse();
  }

  @Test
  void filtersOnTheKeyAreAppliedBeforeTheShuffle() {
    ExecutedPlan plan = planOf("SELECT * FROM totals WHERE user_id = 'user_2'");
    StreamingWindowExec operator = plan.operators(StreamingWindowExec.class).get(0);
    assertThat(operator.child().toString()).contains("user_2");
  }

  @Test
  void fewRowsOrNone() {
    WindowSessions.checkSame(
        spark, "SELECT count(*), sum(total) FROM totals WHERE purchase_id = 3");
    for (String rows : List.of("purchase_id = 3", "user_id = 'user_1'", "purchase_id IN (1, 8)")) {
      WindowSessions.checkSame(
          spark, "SELECT *, " + TOTAL + " FROM (SELECT * FROM purchases WHERE " + rows + ")");
    }
    withoutAdaptive(
        () ->
            assertThat(
                    WindowSessions.streamed(
                        spark,
                        "SELECT *, "
                            + TOTAL
                            + ", sum(price) OVER (ORDER BY ts "
                            + FRAME
                            + ") FROM no_purchases"))
                .isEmpty());
  }

  @Test
  void metricsTellRowsAndTheLargestFrame() {
    Dataset<Row> rows = spark.sql("SELECT * FROM totals");
    rows.collectAsList();
    StreamingWindowExec operator =
        ExecutedPlan.of(rows).operators(StreamingWindowExec.class).get(0);
    assertThat(operator.longMetric(WindowMetrics.OUTPUT_ROWS).value()).isEqualTo(400);
    assertThat(operator.longMetric(WindowMetrics.PEAK_MEMORY).value()).isPositive();
    assertThat(operator.longMetric(WindowMetrics.LARGEST_FRAME).value()).isPositive();
  }

  @Test
  void limitsStopEarly() {
    assertThat(spark.sql("SELECT * FROM totals LIMIT 3").collectAsList()).hasSize(3);
  }
}
