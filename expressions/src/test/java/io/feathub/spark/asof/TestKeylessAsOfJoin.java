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

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As-of joins without an equality key, which run in ranges of time. */
class TestKeylessAsOfJoin {
  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    // Times lie close together at first and far apart in the end; every tenth is null.
    view("l", "id, IF(id % 10 = 0, NULL, id * id % 10007) AS t, id AS v", 1500);
    // Hardly any in the middle, and ties.
    view(
        "r", "id AS w, IF(id % 2 = 0, id * 7 % 500, 9000 + id * 13 % 2000) AS t, id % 7 AS x", 300);
  }

  private void view(String name, String columns, int rows) {
    spark.range(0, rows, 1, 4).createOrReplaceTempView("ids");
    spark.sql("SELECT " + columns + " FROM ids").createOrReplaceTempView(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof(l.t >= r.t)",
        "asof(l.t > r.t)",
        "asof(l.t <= r.t)",
        "asof(l.t < r.t)",
        "asof(l.t >= r.t, 50, r.x)",
        "asof(l.t <= r.t, 50)",
        "asof_nearest(l.t, r.t)",
        "asof_nearest(l.t, r.t, 100, r.x)"
      })
  void givesTheSameRowsAsOneTask(String condition) {
    for (String form : List.of("hashed", "merged")) {
      for (String adaptive : List.of("true", "false")) {
        spark.conf().set("spark.sql.feathub.asOf.form", form);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        assertRunsInRanges("SELECT l.id, r.* FROM l LEFT JOIN r ON " + condition);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN"})
  void doesSoForEveryKind(String join) {
    assertRunsInRanges("SELECT l.id FROM l " + join + " r ON asof(l.t >= r.t, 20)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timestamp_seconds(t)
          CAST(timestamp_seconds(t) AS TIMESTAMP_NTZ)
          date_from_unix_date(CAST(t AS INT))
          CAST(t - 4000 AS SMALLINT)
          IF(t % 50 = 3, double('NaN'), t / 3 - 1000)
          CAST(t - 5000 AS FLOAT)
          CAST(t AS DECIMAL(18, 2))
          make_dt_interval(0, 0, 0, t)
          """)
  void doesSoForTimesOfManyTypes(String time) {
    for (String side : List.of("l", "r")) {
      spark.table(side).withColumn("t", functions.expr(time)).createOrReplaceTempView(side);
    }
    assertRunsInRanges("SELECT l.id, r.* FROM l LEFT JOIN r ON asof(l.t >= r.t)");
  }

  @Test
  void bearsSidesWithoutRowsAndWithoutTimes() {
    String query = "SELECT l.id, r.* FROM l LEFT JOIN r ON asof_nearest(l.t, r.t)";
    for (String time : List.of("NULL", "5", "IF(id > 1000, t, NULL)")) {
      spark
          .sql("SELECT id, v, CAST(" + time + " AS BIGINT) AS t FROM l")
          .createOrReplaceTempView("few");
      assertRunsInRanges(query.replace("FROM l", "FROM few l"));
    }
    spark.sql("SELECT * FROM r WHERE rand(1) > 2").createOrReplaceTempView("nothing");
    assertRunsInRanges(query.replace("JOIN r", "JOIN nothing r"));
    assertRunsInRanges(query.replace("FROM l", "FROM nothing l").replace("l.id", "l.w"));
  }

  @Test
  void spreadsTheRowsOverTasks() {
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    Dataset<Row> joined =
        spark.sql("SELECT r.w, spark_partition_id() p FROM l JOIN r ON asof(l.t >= r.t)");

    assertThat(joined.groupBy("p").count().collectAsList())
        .hasSize(3)
        .allSatisfy(share -> assertThat(share.getLong(1)).isBetween(300L, 600L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof(l.t >= r.t) AND l.v > r.w",
        "asof(CAST(l.t AS DECIMAL(30, 2)) >= CAST(r.t AS DECIMAL(30, 2)))"
      })
  void runsInOneTaskWhereRangesDoNotDo(String condition) {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(spark, "SELECT l.id, r.* FROM l LEFT JOIN r ON " + condition);

    assertThat(ExecutedPlan.of(joined).toString())
        .contains("Exchange SinglePartition")
        .doesNotContain("ranges of time");
  }

  @Test
  void isNotTakenForACrossJoin() {
    spark.conf().set("spark.sql.crossJoin.enabled", "false");
    assertRunsInRanges("SELECT l.id, r.* FROM l LEFT JOIN r ON asof_nearest(l.t, r.t)");
  }

  /** Its bounds would be computed for each side, and could differ where left rows do. */
  @Test
  void runsInOneTaskWhereNothingIsReused() {
    spark.conf().set("spark.sql.exchange.reuse", "false");
    spark.conf().set("spark.sql.execution.reuseSubquery", "false");
    Dataset<Row> joined =
        spark.sql(
            "SELECT l.id, r.w FROM (SELECT id, CAST(reflect('java.lang.Math', 'random') AS DOUBLE)"
                + " * 99 + (SELECT min(t) FROM r) AS t FROM range(500)) l JOIN r"
                + " ON asof(l.t >= r.t)");

    assertThat(joined.collectAsList()).hasSize(500);
    assertThat(ExecutedPlan.of(joined).toString()).doesNotContain("ranges of time");
  }

  @Test
  void aBroadcastNeedsNoRanges() {
    spark.conf().set("spark.sql.feathub.asOf.form", "broadcast");
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.id, r.* FROM l LEFT JOIN r ON asof(l.t >= r.t)");

    assertThat(ExecutedPlan.of(joined).toString()).doesNotContain("ranges of time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asof(l.t >= r.t) AND l.v > r.w | true  | it has a condition on both sides
          asof(l.d >= r.d)               | true  | times of type DECIMAL(30,2) are not divided into ranges
          asof(l.t >= r.t)               | false | spark.sql.exchange.reuse is off, so that both sides' bounds may differ
          """)
  void warnsOfASingleTaskAndSaysWhy(String condition, String reuse, String reason) {
    spark.conf().set("spark.sql.exchange.reuse", reuse);

    assertThat(warnings("hashed", condition))
        .isNotEmpty()
        .containsOnly(
            "An as-of join without an equality key runs in a single task, as "
                + reason
                + ". Join on a key if there is one.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hashed    | asof(l.t >= r.t)                           | 3
          merged    | asof(l.t <= r.t, 5, r.w)                   | 3
          broadcast | asof(l.t >= r.t) AND l.v > r.w             | 3
          hashed    | l.v = r.x AND asof(l.t >= r.t) AND l.v > r.w | 3
          hashed    | asof(l.t >= r.t) AND l.v > r.w             | 1
          """)
  void warnsOfNothingWhereTasksAreAsManyAsTheyMayBe(
      String form, String condition, String partitions) {
    spark.conf().set("spark.sql.shuffle.partitions", partitions);

    assertThat(warnings(form, condition)).isEmpty();
  }

  /** What the driver's log has of the planning of a join. */
  private List<String> warnings(String form, String condition) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    Dataset<Row> joined =
        spark.sql(
            "SELECT l.id, r.w FROM (SELECT *, CAST(t AS DECIMAL(30, 2)) AS d FROM l) l JOIN"
                + " (SELECT *, CAST(t AS DECIMAL(30, 2)) AS d FROM r) r ON "
                + condition);
    try (WarningsOf log = new WarningsOf(RangeKeylessAsOfJoins.class)) {
      ExecutedPlan.of(joined);
      return log.messages();
    }
  }

  private void assertRunsInRanges(String query) {
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);
    assertThat(ExecutedPlan.of(joined).operators(ShuffledAsOfJoinExec.class)).hasSize(1);
    assertThat(ExecutedPlan.of(joined).toString()).contains(", in 256 ranges of time");
  }
}
