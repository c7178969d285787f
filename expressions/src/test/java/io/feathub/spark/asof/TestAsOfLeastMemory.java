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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkThrowable;
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

/** Tasks whose memory others have taken before the join begins, but for next to nothing. */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfLeastMemory {
  /** What docs/as-of-joins.md says a task needs. */
  private static final long LEAST = 64 << 10;

  private static final String LEFT_JOIN =
      "SELECT l.*, r.* FROM %1$s l LEFT JOIN %2$s r ON l.k = r.k AND asof(l.ts >= r.ts)";

  private SparkSession spark;

  @BeforeAll
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    // One task that reads the right side and joins it, without an exchange between.
    spark.conf().set("spark.sql.defaultSizeInBytes", "1000000");
    spark
        .sql(
            "SELECT id, id % 61 AS k, timestamp_seconds(id * 7919 % 1009) AS ts, id % 5 AS n"
                + " FROM range(0, 400, 1, 1)")
        .coalesce(1)
        .createOrReplaceTempView("l");
    Dataset<Row> right =
        spark.sql(
            "SELECT id % 61 AS k, timestamp_seconds(id * 104729 % 1009) AS ts, id % 5 AS m,"
                + " id AS version, concat('value ', id) AS value FROM range(0, 3000, 1, 1)");
    right.coalesce(1).createOrReplaceTempView("r");
    createView("r_least", right, LEAST);
    createHungry("l_least", LEAST);
    createHungry("l_page", page() - 1);
    createHungry("l_pages", 2 * page() + LEAST);
    createHungry("l_nothing", 0);
  }

  /**
   * The rows of the left side, by a join that leaves so much memory to the next one in its task.
   */
  private void createHungry(String name, long bytes) {
    Dataset<Row> right = spark.sql("SELECT -1L AS k, timestamp_seconds(0) AS ts");
    createView("hungry_" + name, right, bytes);
    spark
        .sql(
            "SELECT * FROM l LEFT ANTI JOIN hungry_%s h".formatted(name)
                + " ON l.k = h.k AND asof_nearest(l.ts, h.ts)")
        .createOrReplaceTempView(name);
  }

  /** Rows at each of which the others in its task are held to so many bytes more. */
  private void createView(String name, Dataset<Row> rows, long bytes) {
    JavaRDD<Row> hungry = rows.toJavaRDD().mapPartitions(all -> MemoryHog.allow(bytes, all));
    spark.createDataFrame(hungry, rows.schema()).coalesce(1).createOrReplaceTempView(name);
  }

  private static long page() {
    return SparkEnv.get().memoryManager().pageSizeBytes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LEFT_JOIN,
        "SELECT l.*, r.* FROM %1$s l JOIN %2$s r ON l.k = r.k AND asof_nearest(l.ts, r.ts)",
        "SELECT l.*, r.* FROM %1$s l JOIN %2$s r ON asof(l.ts >= r.ts) AND l.n <> r.m",
        "SELECT * FROM %1$s l LEFT SEMI JOIN %2$s r"
            + " ON l.k = r.k AND asof(l.ts > r.ts, INTERVAL 20 SECONDS) AND l.n <> r.m",
        "SELECT * FROM %1$s l LEFT ANTI JOIN %2$s r"
            + " ON l.k = r.k AND asof(l.ts > r.ts, INTERVAL 20 SECONDS) AND l.n <> r.m"
      })
  void takesSmallBlocks(String query) {
    assertThat(metric(assertSameRows(query, "l_least", "r_least"), "blocks")).isGreaterThan(4);
  }

  @Test
  void soInChainsOfJoins() {
    String query =
        "SELECT e.id, e.version, r.version AS after FROM (SELECT l.*, r.version FROM %1$s l"
            + " LEFT JOIN %2$s r ON l.k = r.k AND asof(l.ts >= r.ts)) e"
            + " LEFT JOIN %2$s r ON e.k = r.k AND asof(e.ts <= r.ts)";

    assertThat(metric(assertSameRows(query, "l_least", "r_least"), "blocks")).isGreaterThan(8);
  }

  @Test
  void soInTasksThatRunAtOnce() {
    String query = LEFT_JOIN + " UNION ALL " + LEFT_JOIN;

    assertThat(metric(assertSameRows(query, "l_least", "r_least"), "blocks")).isGreaterThan(4);
  }

  @Test
  void soWhereItWasToMerge() {
    spark.conf().set("spark.sql.feathub.asOf.form", "merged");
    try {
      Dataset<Row> joined = assertSameRows(LEFT_JOIN, "l_least", "r_least");

      assertThat(metric(joined, "blocks")).isGreaterThan(4);
      assertThat(metric(joined, "merged")).isZero();
    } finally {
      spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    }
  }

  /** A little less than what sorts begin with is enough for an index of few rows. */
  @Test
  void indexesWithoutRoomForSorts() {
    Dataset<Row> joined = assertSameRows(LEFT_JOIN, "l_page", "r");

    assertThat(metric(joined, "blocks") + metric(joined, "merged")).isZero();
  }

  @Test
  void mergesWithNoMoreThanSortsBeginWith() {
    assertThat(metric(assertSameRows(LEFT_JOIN, "l_pages", "r_least"), "merged")).isPositive();
  }

  @Test
  void failsByNameWithNothingAtAll() {
    Throwable failure =
        catchThrowable(() -> spark.sql(LEFT_JOIN.formatted("l_nothing", "r")).collectAsList());

    assertThat(FeathubErrors.find(failure).map(SparkThrowable::getCondition))
        .hasValue("FEATHUB_AS_OF_OUT_OF_MEMORY");
  }

  private Dataset<Row> assertSameRows(String query, String left, String right) {
    return AgainstSpark.assertSameRows(
        spark, query.formatted(left, right), query.formatted("l", "r"));
  }

  /** Of all joins together that tell it. */
  private static long metric(Dataset<Row> dataset, String name) {
    return ExecutedPlan.of(dataset).operators(ShuffledAsOfJoinExec.class).stream()
        .filter(join -> join.metrics().contains(name))
        .mapToLong(join -> join.longMetric(name).value())
        .sum();
  }
}
