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
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hashed form in a task that is refused the memory for its index: the same rows as through
 * Spark's own operators, by another way, which the metrics tell.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfLowMemory {
  private static final long MEGABYTE = 1 << 20;

  private SparkSession spark;

  @BeforeAll
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    // One task that reads the right side and joins it, without an exchange between.
    spark.conf().set("spark.sql.defaultSizeInBytes", "1000000");
    Dataset<Row> left =
        spark.sql(
            "SELECT id, id % 4001 AS k, timestamp_seconds(id * 7919 % 10007) AS ts,"
                + " CAST(id * 7919 % 10007 AS DECIMAL(30, 2)) AS d, id % 5 AS n"
                + " FROM range(0, 8000, 1, 1)");
    Dataset<Row> right =
        spark.sql(
            "SELECT id % 4001 AS k, timestamp_seconds(id * 104729 % 10007) AS ts,"
                + " CAST(id * 104729 % 10007 AS DECIMAL(30, 2)) AS d, id % 5 AS m, id AS version,"
                + " concat('value ', id) AS value FROM range(0, 40000, 1, 1)");
    left.coalesce(1).createOrReplaceTempView("l");
    right.coalesce(1).createOrReplaceTempView("r");
    JavaRDD<Row> hungry =
        right.toJavaRDD().mapPartitions(rows -> MemoryHog.allow(2 * MEGABYTE, rows));
    spark.createDataFrame(hungry, right.schema()).coalesce(1).createOrReplaceTempView("hungry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof(l.ts >= r.ts)",
        "asof(l.ts > r.ts)",
        "asof(l.ts <= r.ts, INTERVAL 30 MINUTES)",
        "asof(l.ts >= r.ts, INTERVAL 40 MINUTES, r.version)"
      })
  void mergesWhatCanBeMerged(String condition) {
    assertSameRows(condition, "merged", 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof_nearest(l.ts, r.ts)",
        "asof_nearest(l.ts, r.ts, INTERVAL 5 MINUTES)",
        "asof(l.ts >= r.ts) AND l.n <> r.m",
        "asof(l.ts < r.ts) AND l.n <> r.m",
        "asof(l.d >= r.d)",
        "asof(l.d <= r.d, 900)",
        "asof_nearest(l.d, r.d)"
      })
  void takesBlocksOfRightRowsWhereItCannotMerge(String condition) {
    assertSameRows(condition, "blocks", 2);
  }

  /** The row that is refused memory is the first of its key. */
  @Test
  void takesBlocksOfKeysWithOneRowEach() {
    Dataset<Row> right =
        spark.sql(
            "SELECT id AS k, timestamp_seconds(id) AS ts, rpad(id, 300, 'x') AS value"
                + " FROM range(0, 20000, 1, 1)");
    right.coalesce(1).createOrReplaceTempView("wide");
    JavaRDD<Row> hungry =
        right.toJavaRDD().mapPartitions(rows -> MemoryHog.allow(2 * MEGABYTE, rows));
    spark
        .createDataFrame(hungry, right.schema())
        .coalesce(1)
        .createOrReplaceTempView("hungry_wide");
    String query =
        "SELECT l.id, r.* FROM l LEFT JOIN %s r ON l.k = r.k AND asof_nearest(l.ts, r.ts)";

    Dataset<Row> joined =
        AgainstSpark.assertSameRows(spark, query.formatted("hungry_wide"), query.formatted("wide"));

    assertThat(metric(joined, "blocks")).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT SEMI", "LEFT ANTI"})
  void keepsOrDropsLeftRowsByTheBestOfAllBlocks(String kind) {
    String query =
        "SELECT l.id FROM l "
            + kind
            + " JOIN %s r ON l.k = r.k"
            + " AND asof_nearest(l.ts, r.ts, INTERVAL 5 MINUTES)";
    assertSame(query, "blocks", 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"asof(l.ts >= r.ts)", "asof_nearest(l.ts, r.ts)"})
  void keepsTheOrderThatTheLeftRowsCameIn(String condition) {
    Dataset<Row> ordered = spark.table("l").sortWithinPartitions("n", "id");
    ordered.createOrReplaceTempView("ordered");
    String query =
        "SELECT l.n, l.id, r.version FROM ordered l JOIN %s r ON l.k = r.k AND " + condition;
    Dataset<Row> joined = spark.sql(query.formatted("hungry"));

    List<Row> rows = joined.collectAsList();

    assertThat(rows).isSortedAccordingTo(TestAsOfLowMemory::byNumberAndId);
    assertThat(metric(joined, "blocks")).isGreaterThan(1);
    assertThat(AgainstSpark.sorted(rows))
        .isEqualTo(AgainstSpark.throughSpark(spark, query.formatted("r")));
  }

  private static int byNumberAndId(Row one, Row other) {
    int byNumber = Long.compare(one.getLong(0), other.getLong(0));
    return byNumber != 0 ? byNumber : Long.compare(one.getLong(1), other.getLong(1));
  }

  private void assertSameRows(String condition, String metric, long atLeast) {
    assertSame(
        "SELECT l.id, r.* FROM l LEFT JOIN %s r ON l.k = r.k AND " + condition, metric, atLeast);
  }

  private void assertSame(String query, String metric, long atLeast) {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(spark, query.formatted("hungry"), query.formatted("r"));
    assertThat(metric(joined, metric)).isGreaterThanOrEqualTo(atLeast);
  }

  private static long metric(Dataset<Row> dataset, String name) {
    AsOfJoinExec join = ExecutedPlan.of(dataset).operators(ShuffledAsOfJoinExec.class).get(0);
    return ScalaCollections.map(join.metrics()).get(name).value();
  }
}
