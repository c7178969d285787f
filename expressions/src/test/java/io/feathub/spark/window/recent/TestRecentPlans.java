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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's analyzer and optimizer make of windows with functions of the most recent rows. */
class TestRecentPlans {
  private static final String OVER = " OVER (PARTITION BY k ORDER BY ts)";

  private static SparkSession spark;

  @BeforeAll
  static void startSession(@TempDir Path directory) {
    spark = RecentSessions.start();
    // Not a local relation, of which the optimizer would compute what it can.
    Dataset<Row> events = spark.table("events").drop("c");
    events.write().option("path", directory.resolve("t").toString()).saveAsTable("recent_events");
  }

  @AfterAll
  static void dropTable() {
    spark.sql("DROP VIEW IF EXISTS recent_view");
    spark.sql("DROP TABLE recent_events");
  }

  @Test
  void filtersStay() {
    Window window = window("SELECT recent_sum(l, 3) FILTER (WHERE n > 1)" + OVER);

    AggregateExpression aggregate = aggregate(window);
    assertThat(aggregate.filter().isDefined()).isTrue();
    assertThat(aggregate.filter().get().dataType().sql()).isEqualTo("BOOLEAN");
  }

  @Test
  void filtersThatAreConstantStayOrGoWithoutTheFunction() {
    assertThat(
            aggregate(window("SELECT recent_sum(l, 3) FILTER (WHERE true)" + OVER))
                .filter()
                .isDefined())
        .isFalse();
    assertThat(
            aggregate(window("SELECT recent_list(l, 3) FILTER (WHERE false)" + OVER))
                .filter()
                .get()
                .sql())
        .isEqualTo("false");
  }

  @Test
  void inputsThatAreExpressionsAreComputedBelow() {
    Window window = window("SELECT recent_sum(l + 1, 1 + 2, concat('no', 'ne'))" + OVER);
    RecentAggregate function = (RecentAggregate) aggregate(window).aggregateFunction();

    assertThat(function.input()).isInstanceOf(Attribute.class);
    assertThat(function.children().apply(1)).isInstanceOf(Literal.class);
    assertThat(function.children().apply(2)).isInstanceOf(Literal.class);
    assertThat(function.limit()).hasValue(3);
  }

  @Test
  void inputsOfConstantsStay() {
    Window window = window("SELECT recent_count(1, 3)" + OVER);

    assertThat(((RecentAggregate) aggregate(window).aggregateFunction()).input())
        .isInstanceOf(Literal.class);
  }

  @Test
  void windowsOfOneSpecificationBecomeOne() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT *, recent_sum(l, 3)"
                + OVER
                + " AS y FROM (SELECT *, recent_max(l, NULL,"
                + " 'current_row')"
                + OVER
                + " AS x FROM recent_events)");

    assertThat(RecentSessions.windows(RecentSessions.analyzed(rows))).hasSize(2);
    assertThat(RecentSessions.windows(RecentSessions.optimized(rows))).hasSize(1);
    assertThat(RecentSessions.functions(RecentSessions.optimized(rows)))
        .extracting(RecentAggregate::kind)
        .containsExactlyInAnyOrder(RecentKind.SUM, RecentKind.MAX);
  }

  @Test
  void functionsThatAreNotReadGo() {
    Dataset<Row> rows =
        spark
            .sql(
                "SELECT k, recent_sum(l, 3)"
                    + OVER
                    + " AS x, recent_max(l, 3)"
                    + OVER
                    + " AS y"
                    + " FROM recent_events")
            .select("k", "y");

    assertThat(RecentSessions.functions(RecentSessions.optimized(rows)))
        .extracting(RecentAggregate::kind)
        .containsExactly(RecentKind.MAX);
  }

  @Test
  void filtersOfKeysGoBelowAndOthersDoNot() {
    Dataset<Row> rows =
        spark
            .sql("SELECT k, l, recent_sum(l, 3)" + OVER + " AS x FROM recent_events")
            .where("k = 1 AND l > 2 AND x > 1");
    LogicalPlan plan = RecentSessions.optimized(rows);

    Window window = RecentSessions.windows(plan).get(0);
    assertThat(texts(plan, Filter.class).get(0)).contains("l > 2", "x > 1").doesNotContain("k = 1");
    assertThat(texts(window, Filter.class)).hasSize(1);
    assertThat(texts(window, Filter.class).get(0)).contains("k = 1").doesNotContain("l > 2");
  }

  @Test
  void aLimitOfRowNumbersDoesNotCutThem() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT * FROM (SELECT k, recent_sum(l, 3)"
                + OVER
                + " AS x, row_number()"
                + OVER
                + " AS r FROM recent_events) WHERE r <= 2");

    assertThat(RecentSessions.optimized(rows).toString())
        .doesNotContain("WindowGroupLimit")
        .contains("recent_sum");
    assertThat(RecentSessions.functions(RecentSessions.optimized(rows))).hasSize(1);
  }

  @Test
  void sumsOfDecimalsAreNotRewritten() {
    RecentAggregate function =
        RecentSessions.function(
            spark.sql(
                "SELECT recent_sum(CAST(l AS DECIMAL(5, 2)), 3)"
                    + OVER
                    + " AS x"
                    + " FROM recent_events"));

    assertThat(function.input().dataType().sql()).isEqualTo("DECIMAL(5,2)");
    assertThat(function.dataType().sql()).isEqualTo("DECIMAL(15,2)");
  }

  @Test
  void joinsOfAFrameWithItselfHaveTwoOfThem() {
    Dataset<Row> rows =
        spark.sql("SELECT k, l, recent_sum(l, 3)" + OVER + " AS x FROM recent_events");
    Dataset<Row> joined = rows.as("a").join(rows.as("b"), "k").where("a.x > b.x");

    LogicalPlan plan = RecentSessions.optimized(joined);
    List<Window> windows = RecentSessions.windows(plan);
    assertThat(windows).hasSize(2);
    assertThat(windows.get(0).sameResult(windows.get(1))).isTrue();
    assertThat(windows.get(0).outputSet().intersect(windows.get(1).outputSet()).isEmpty()).isTrue();
    assertThat(texts(plan, Join.class)).hasSize(1);
  }

  @Test
  void subqueriesHaveThem() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT *, (SELECT max(x) FROM (SELECT recent_sum(l, 3)"
                + OVER
                + " AS x FROM"
                + " recent_events)) AS m FROM events WHERE k IN (SELECT recent_max(k, 3)"
                + OVER
                + " FROM recent_events)");

    assertThat(RecentSessions.functions(RecentSessions.optimized(rows)))
        .extracting(RecentAggregate::kind)
        .containsExactlyInAnyOrder(RecentKind.SUM, RecentKind.MAX);
  }

  @Test
  void namedWindowsAndCommonTableExpressionsHaveThem() {
    Dataset<Row> rows =
        spark.sql(
            "WITH e AS (SELECT *, recent_list(l, 3, 'current_time') OVER w AS x FROM recent_events"
                + " WINDOW w AS (PARTITION BY k ORDER BY ts)) SELECT k, x FROM e WHERE k > 0");

    assertThat(RecentSessions.function(rows).exclusion()).isEqualTo(Exclusion.CURRENT_TIME);
  }

  @Test
  void windowsOverAggregatesHaveThem() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT k, recent_sum(sum(l), 3) OVER (ORDER BY k) AS x FROM recent_events GROUP BY k"
                + " HAVING sum(l) > 0");

    RecentAggregate function = RecentSessions.function(rows);
    assertThat(function.limit()).hasValue(3);
    assertThat(function.input()).isInstanceOf(Attribute.class);
  }

  @Test
  void viewsAreStoredAndRead() {
    spark.sql(
        "CREATE VIEW recent_view AS SELECT k, recent_sum(l, 1 + 2, 'current_row') FILTER (WHERE b)"
            + OVER
            + " AS x FROM recent_events");
    SparkSession other = spark.newSession();
    RecentAggregate function = RecentSessions.function(other.table("recent_view"));

    assertThat(function.kind()).isEqualTo(RecentKind.SUM);
    assertThat(function.limit()).hasValue(3);
    assertThat(function.exclusion()).isEqualTo(Exclusion.CURRENT_ROW);
    assertThat(other.sql("SHOW CREATE TABLE recent_view").head().getString(0))
        .contains("recent_sum(l, 1 + 2, 'current_row') FILTER (WHERE b)");
  }

  /** What the cache and the reuse of exchanges and subqueries go by. */
  @Test
  void onlyTheSameFunctionIsTheSame() {
    String query = "SELECT k, recent_sum(l + 1, 3)" + OVER + " AS x FROM recent_events";
    LogicalPlan plan = RecentSessions.analyzed(spark.sql(query));

    assertThat(plan.sameResult(RecentSessions.analyzed(spark.sql(query)))).isTrue();
    assertThat(plan.sameResult(RecentSessions.analyzed(spark.sql(query.toLowerCase(Locale.ROOT)))))
        .isTrue();
    for (String changed :
        List.of(
            query.replace("3)", "4)"),
            query.replace("3)", "NULL)"),
            query.replace("recent_sum", "recent_max"),
            query.replace("l + 1", "l + 2"),
            query.replace("3)", "3, 'current_row')"))) {
      assertThat(plan.sameResult(RecentSessions.analyzed(spark.sql(changed))))
          .as(changed)
          .isFalse();
    }
    TestSession.withConf(
        spark,
        Map.of("spark.sql.ansi.enabled", "false"),
        () ->
            assertThat(plan.sameResult(RecentSessions.analyzed(spark.sql(query))))
                .as("without ANSI mode")
                .isFalse());
  }

  @Test
  void theirTextsInPlansSayWhatWasWritten() {
    Dataset<Row> rows =
        spark.sql("SELECT recent_sum(l, 3) FILTER (WHERE b)" + OVER + " AS x FROM recent_events");

    assertThat(RecentSessions.optimized(rows).toString())
        .containsPattern("recent_sum\\(l#\\d+L?, 3, none\\) FILTER \\(WHERE b#\\d+\\)");
  }

  @Test
  void otherFunctionsThatOnlySparkRunsGetAWindowOfTheirOwn() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT k, recent_sum(l, 3)"
                + OVER
                + " AS x, ntile(2)"
                + OVER
                + " AS t,"
                + " recent_max(l, 3)"
                + OVER
                + " AS y FROM recent_events");
    LogicalPlan plan = RecentSessions.optimized(rows);
    List<Window> windows = RecentSessions.windows(plan);

    assertThat(windows).hasSize(2);
    assertThat(RecentSessions.functions(windows.get(0))).hasSize(2);
    assertThat(RecentSessions.functions(windows.get(1))).isEmpty();
    assertThat(windows.get(1).toString()).contains("ntile");
    assertThat(ScalaCollections.list(plan.output()))
        .extracting(Attribute::name)
        .containsExactly("k", "x", "t", "y");
  }

  @Test
  void streamsGetSparksOwnError() {
    Dataset<Row> rows =
        spark
            .readStream()
            .format("rate")
            .load()
            .selectExpr("recent_sum(value, 3) OVER (PARTITION BY value ORDER BY timestamp) AS x");

    assertThatThrownBy(() -> rows.writeStream().format("noop").start().processAllAvailable())
        .hasStackTraceContaining("NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING");
  }

  private static Window window(String select) {
    List<Window> windows =
        RecentSessions.windows(
            RecentSessions.optimized(spark.sql(select + " AS x FROM recent_events")));
    assertThat(windows).hasSize(1);
    return windows.get(0);
  }

  private static AggregateExpression aggregate(Window window) {
    return ScalaCollections.list(window.expressions()).stream()
        .flatMap(TestRecentPlans::aggregates)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<AggregateExpression> aggregates(Expression expression) {
    return PlanTraversal.find(expression, AggregateExpression.class::isInstance)
        .map(AggregateExpression.class::cast)
        .stream();
  }

  private static List<String> texts(LogicalPlan plan, Class<? extends LogicalPlan> type) {
    List<String> texts = new ArrayList<>();
    PlanTraversal.visit(
        plan,
        node -> {
          if (type.isInstance(node)) {
            texts.add(node.simpleString(100).replaceAll("#\\d+L?", ""));
          }
        });
    return texts;
  }
}
