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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.TestSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.apache.spark.sql.execution.ui.SparkPlanGraphNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SQL tab shows of each form of the as-of join, read from where the tab reads it. */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfMetrics {
  private static final long MEGABYTE = 1 << 20;

  /** Sorters spill with every row: only those of the join itself count. */
  private static final List<String> SPILL_THRESHOLDS =
      List.of(
          "spark.shuffle.spill.numElementsForceSpillThreshold",
          "spark.shuffle.spill.maxSizeInBytesForSpillThreshold");

  /** What is joined by. */
  enum Condition {
    KEY("l.k = r.k AND asof(l.t >= r.t, 10, r.seq)"),
    NO_KEY("asof(l.t >= r.t, 10, r.seq)"),
    PAIRS(KEY.text + " AND l.id > r.seq"),
    /** Cannot be merged. */
    LONG_TIMES(
        "l.k = r.k AND asof(CAST(l.t AS DECIMAL(30)) >= CAST(r.t AS DECIMAL(30)), 10, r.seq)");

    private final String text;

    Condition(String text) {
      this.text = text;
    }
  }

  private SparkSession spark;

  @BeforeAll
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    SparkConf conf = SparkEnv.get().conf();
    SPILL_THRESHOLDS.forEach(key -> conf.set(key, "1"));
    // As many tasks with adaptive execution as without.
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    // One task that reads a right side without an exchange.
    spark.conf().set("spark.sql.defaultSizeInBytes", "1000000");
    Dataset<Row> left =
        spark.sql(
            "SELECT * FROM VALUES (1, 'a', 100), (2, 'a', 115), (3, 'b', 50), (4, 'c', 5),"
                + " (5, NULL, 5), (6, 'a', NULL), (7, 'a', 1) AS l(id, k, t)");
    Dataset<Row> right =
        spark.sql(
            "SELECT * FROM VALUES ('a', 100, 1, 9), ('a', 100, 2, 9), ('a', 110, 1, 9),"
                + " ('a', 110, 2, 9), ('a', 110, 3, 9), ('a', 200, 1, 1000000),"
                + " ('b', 10, 1, 1000000) AS r(k, t, seq, width)");
    left.coalesce(1).createOrReplaceTempView("l");
    right.coalesce(1).selectExpr("*", "k AS v").createOrReplaceTempView("r");
    sorted(left).createOrReplaceTempView("l_sorted");
    sorted(right.selectExpr("*", "k AS v")).createOrReplaceTempView("r_sorted");
    // There is room for either of the two wide rows, in the second view beside a copy to rank it.
    Dataset<Row> wide = right.coalesce(1).selectExpr("*", "rpad(k, width, ' ') AS v");
    hungry(wide, 3 * MEGABYTE / 2).createOrReplaceTempView("r_wide");
    hungry(wide, 3 * MEGABYTE).createOrReplaceTempView("r_ranked");
  }

  private Dataset<Row> hungry(Dataset<Row> rows, long bytes) {
    JavaRDD<Row> hungry = rows.toJavaRDD().mapPartitions(part -> MemoryHog.allow(bytes, part));
    return spark.createDataFrame(hungry, rows.schema()).coalesce(1);
  }

  private static Dataset<Row> sorted(Dataset<Row> rows) {
    Column key = rows.col("k");
    return rows.repartition(key).sortWithinPartitions(key, rows.col("t"));
  }

  /** The application is shared with other tests. */
  @AfterAll
  void restore() {
    SPILL_THRESHOLDS.forEach(SparkEnv.get().conf()::remove);
  }

  /**
   * Each left row finds or misses the same in all forms. Of metrics that are not shown the value is
   * empty; that of a size is whether there is any.
   *
   * @param right the view to read; the left one is sorted where it is
   */
  @ParameterizedTest(name = "{0} of {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # node             | form      | condition  | right    | matched | expired | ties | pairs | merged | blocks | spill
          BroadcastAsOfJoin  | broadcast | KEY        | r        | 2       | 1       | 3    | 6     |        |        |
          BroadcastAsOfJoin  | broadcast | NO_KEY     | r        | 2       | 1       | 3    | 18    |        |        |
          BroadcastAsOfJoin  | broadcast | PAIRS      | r        | 1       | 1       | 3    | 12    |        |        |
          HashedAsOfJoin     | hashed    | KEY        | r        | 2       | 1       | 3    | 6     | 0      | 0      | none
          HashedAsOfJoin     | hashed    | LONG_TIMES | r        | 2       | 1       | 3    | 6     |        | 0      | none
          HashedAsOfJoin     | hashed    | PAIRS      | r        | 1       | 1       | 3    | 12    |        | 0      | none
          HashedAsOfJoin     | hashed    | NO_KEY     | r_sorted | 2       | 1       | 3    |       | 0      | 0      | none
          HashedAsOfJoin     | hashed    | KEY        | r_wide   | 2       | 1       | 3    | 0     | 1      | 0      | some
          HashedAsOfJoin     | hashed    | LONG_TIMES | r_ranked | 2       | 1       | 3    | 6     |        | 2      | some
          MergedAsOfJoin     | merged    | KEY        | r        | 2       | 1       | 3    |       | 1      | 0      | some
          MergedAsOfJoin     | merged    | NO_KEY     | r_sorted | 2       | 1       | 1    |       | 4      | 0      | some
          KeyOrderedAsOfJoin | merged    | KEY        | r_sorted | 2       | 1       | 3    |       |        |        |
          """)
  void tellsOfEachForm(
      String node,
      String form,
      Condition condition,
      String right,
      int matched,
      String expired,
      String ties,
      String pairs,
      String merged,
      String blocks,
      String spill) {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("number of output rows", "7");
    expected.put("left rows with a match", String.valueOf(matched));
    expected.put("left rows without a match", String.valueOf(7 - matched));
    expected.put("left rows whose match is too far away", expired);
    expected.put("right rows tied with a greater one", ties);
    expected.put("pairs of equal keys not formed", pairs);
    expected.put("tasks that merged sorted sides", merged);
    expected.put("blocks of right rows, where not all fit in memory", blocks);
    expected.put("peak size of the right rows kept to find matches", "some");
    expected.put("spill size", spill);
    expected.values().removeIf(Objects::isNull);
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    String left = right.equals("r_sorted") ? "l_sorted" : "l";
    String query =
        "SELECT l.id, r.v FROM " + left + " l LEFT JOIN " + right + " r ON " + condition.text;
    for (String generated : List.of("true", "false")) {
      spark.conf().set("spark.sql.codegen.wholeStage", generated);
      spark.conf().set("spark.sql.adaptive.enabled", generated);

      assertThat(spark.sql(query).collectAsList()).hasSize(7);

      assertThat(shown(node)).containsExactlyInAnyOrderEntriesOf(expected);
    }
  }

  /** The driver tells of the index that tasks share, to the query that they run for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v, count(*) FROM (%s) GROUP BY v",
        "SELECT (SELECT max(v) FROM (%s)) AS v",
        "SELECT id, v FROM (%s) UNION ALL SELECT id, 'x' FROM range(3)",
        "SELECT id, v FROM (%s) ORDER BY v LIMIT 2"
      })
  void tellsOfABroadcastIndexWhereverTheJoinStands(String outer) {
    spark.conf().set("spark.sql.feathub.asOf.form", "broadcast");
    String join = "SELECT l.id, r.v FROM l JOIN r ON " + Condition.KEY.text;
    for (String generated : List.of("true", "false")) {
      for (String adaptive : List.of("true", "false")) {
        spark.conf().set("spark.sql.codegen.wholeStage", generated);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);

        spark.sql(outer.formatted(join)).collectAsList();

        assertThat(shown("BroadcastAsOfJoin"))
            .containsEntry("right rows tied with a greater one", "3")
            .containsEntry("peak size of the right rows kept to find matches", "some")
            .containsEntry("pairs of equal keys not formed", "6");
      }
    }
  }

  /** Rows of several partitions may pass through one task, one partition after another. */
  @Test
  void aTaskOfManyPartitionsTellsOfTheLargestState() {
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    String join =
        "SELECT /*+ COALESCE(1) */ l.id, r.v FROM (SELECT id, id AS k, 5 AS t FROM range(100)) l"
            + " JOIN (SELECT id AS k, 5 AS t, 'v' AS v FROM range(100)) r"
            + " ON l.k = r.k AND asof(l.t >= r.t)";
    spark.sql(join).collectAsList();
    String largest = peak();
    spark.sql(join.replace("/*+ COALESCE(1) */", "")).collectAsList();

    assertThat(peak()).as("sum, least, median and greatest").contains(", " + largest + " (stage");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tellsOfABroadcastIndexAgainWhenAPlanRunsAgain(boolean adaptive) {
    spark.conf().set("spark.sql.feathub.asOf.form", "broadcast");
    spark.conf().set("spark.sql.adaptive.enabled", adaptive);
    Dataset<Row> joined = spark.sql("SELECT l.id, r.v FROM l JOIN r ON " + Condition.KEY.text);
    joined.collectAsList();
    Map<String, String> first = values("BroadcastAsOfJoin");
    joined.collectAsList();

    assertThat(values("BroadcastAsOfJoin"))
        .isEqualTo(first)
        .containsEntry("right rows tied with a greater one", "3");
  }

  private String peak() {
    return values("HashedAsOfJoin").get("peak size of the right rows kept to find matches");
  }

  /** What is shown, but for the values of sizes: whether there are any. */
  private Map<String, String> shown(String node) {
    Map<String, String> shown = new LinkedHashMap<>();
    values(node)
        .forEach(
            (name, value) ->
                shown.put(
                    name, name.contains("size") ? value.equals("0.0 B") ? "none" : "some" : value));
    return shown;
  }

  /** From the names of an operator's metrics to their values, of the query that ran last. */
  private Map<String, String> values(String node) {
    drainListenerBus();
    SQLAppStatusStore store =
        ((org.apache.spark.sql.classic.SparkSession) spark).sharedState().statusStore();
    long execution =
        ScalaCollections.list(store.executionsList()).stream()
            .mapToLong(SQLExecutionUIData::executionId)
            .max()
            .orElseThrow();
    Map<Object, String> byId = ScalaCollections.map(store.executionMetrics(execution));
    List<SparkPlanGraphNode> nodes =
        ScalaCollections.list(store.planGraph(execution).allNodes()).stream()
            .filter(candidate -> candidate.name().equals(node))
            .toList();
    assertThat(nodes).as(node).hasSize(1);
    return ScalaCollections.list(nodes.get(0).metrics()).stream()
        .collect(Collectors.toMap(SQLPlanMetric::name, metric -> byId.get(metric.accumulatorId())));
  }

  private void drainListenerBus() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
