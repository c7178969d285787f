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
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As-of joins one above the other on the same keys of the left rows shuffle these once. */
@TestInstance(Lifecycle.PER_CLASS)
class TestSharedAsOfKeys {
  private static final String ON = "lower(l.k) = lower(%1$s.k) AND asof(l.t >= %1$s.t)";

  private SparkSession spark;

  @BeforeAll
  void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
  }

  @BeforeEach
  void setDefaults() {
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    createViews("concat(IF(n % 2 = 0, 'k', 'K'), n % 5)", "concat('k', n % 5)");
  }

  /** Right rows in tables of their own, so that each is shuffled. */
  private void createViews(String leftKey, String rightKey) {
    createView("l", 60, leftKey);
    createView("a", 50, rightKey);
    createView("b", 40, rightKey);
    createView("c", 30, rightKey);
  }

  private void createView(String name, int rows, String key) {
    spark
        .range(0, rows, 1, 2)
        .selectExpr("id AS n", "id * 31 % 47 AS t", "id % 3 AS u")
        .withColumn("k", functions.expr(key))
        .createOrReplaceTempView(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          IF(n % 4 = 0, NULL, n % 5) | IF(n % 3 = 0, NULL, n % 5) | l.k <=> %1$s.k
          IF(n % 4 = 0, double('NaN'), n % 3) | IF(n % 3 = 0, double('NaN'), n % 3) | l.k = %1$s.k
          IF(n % 2 = 0, 'k', 'K') COLLATE UTF8_LCASE | IF(n % 3 = 0, 'k', 'K') COLLATE UTF8_LCASE | l.k = %1$s.k
          CAST(n % 5 AS INT) | n % 5 | l.k = %1$s.k
          concat(IF(n % 2 = 0, 'k', 'K'), n % 5) | concat('K', n % 5) | lower(l.k) = lower(%1$s.k)
          named_struct('a', n % 3, 'b', IF(n % 5 = 0, NULL, 1)) | named_struct('a', n % 3, 'b', 1) | l.k = %1$s.k
          array(n % 3, IF(n % 5 = 0, -0.0D, 1)) | array(n % 3, 0.0D) | l.k = %1$s.k
          n % 5 | n % 5 | l.k <=> %1$s.k AND l.u + 1 = %1$s.u + 1
          """)
  void shareOneExchangeWhateverTheirKeys(String leftKey, String rightKey, String equal) {
    createViews(leftKey, rightKey);
    String two =
        "SELECT l.n, a.n, b.n%1$s FROM l LEFT JOIN a ON %2$s AND asof(l.t >= a.t)"
            + " LEFT JOIN b ON %3$s AND asof(l.t < b.t)";
    String three = two + " LEFT JOIN c ON %4$s AND asof_nearest(l.t, c.t)";
    String onA = equal.formatted("a");
    String onB = equal.formatted("b");

    assertOneExchangeOfLeftRows(2, AgainstSpark.assertSameRows(spark, two.formatted("", onA, onB)));
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    assertOneExchangeOfLeftRows(
        3, spark.sql(three.formatted(", c.n", onA, onB, equal.formatted("c"))));
  }

  /** Whatever stands between them, of columns by other names, of the same table. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT l.n FROM l JOIN a ON {a} LEFT SEMI JOIN b ON {b} LEFT ANTI JOIN c ON {c} AND c.n >"
            + " 9",
        "SELECT l.n, l.v, b.n FROM (SELECT l.n, l.k AS k, l.t + 1 AS t, a.n AS v FROM"
            + " (SELECT n, k AS k, t * 2 AS t FROM l) l LEFT JOIN a ON {a}) l LEFT JOIN b ON {b}",
        "SELECT l.n, l.v, b.n FROM (SELECT l.*, a.n AS v FROM l LEFT JOIN a ON {a}) l"
            + " LEFT JOIN b ON {b} WHERE coalesce(l.v, 7) % 2 = 1",
        "SELECT l.n, a.n, b.n FROM (SELECT *, lower(k) AS low FROM l) l"
            + " LEFT JOIN a ON l.low = a.k AND asof(l.t > a.t) LEFT JOIN b ON {b}",
        "SELECT l.n, a.n, b.n FROM l LEFT JOIN (SELECT * FROM l WHERE n > 5) a ON {a}"
            + " LEFT JOIN (SELECT * FROM l WHERE n < 50) b ON {b}",
        "SELECT l.n, a.n, b.n FROM l LEFT JOIN a ON lower(l.k) = a.k AND {a}"
            + " LEFT JOIN b ON lower(l.k) = b.k AND {b}",
        "SELECT /*+ BROADCAST(b) */ l.n, l.v, b.n, c.n FROM (SELECT l.*, a.n % 3 AS v FROM l"
            + " LEFT JOIN a ON {a}) l LEFT JOIN b ON l.v = b.u AND asof(l.t >= b.t)"
            + " LEFT JOIN c ON {c}"
      })
  void shareOneExchangeWhereverTheyStand(String text) {
    String query = text;
    for (String right : List.of("a", "b", "c")) {
      query = query.replace("{" + right + "}", ON.formatted(right));
    }
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);

    assertOneExchangeOfLeftRows(
        ExecutedPlan.of(joined).operators(ShuffledAsOfJoinExec.class).size(), joined);
  }

  /** A key that is of no use any more is not shuffled along. */
  @Test
  void doNotShareWhatAnExchangeByOtherKeysHasScattered() {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT l.n, a.n, b.n, c.n FROM l LEFT JOIN a ON "
                + ON.formatted("a")
                + " LEFT JOIN b ON l.u = b.u AND asof(l.t >= b.t) LEFT JOIN c ON "
                + ON.formatted("c"));

    assertThat(ExecutedPlan.of(joined).operators(ShuffleExchangeExec.class))
        .hasSize(6)
        .filteredOn(exchange -> exchange.output().toString().contains("as_of_key"))
        .hasSize(4);
  }

  @Test
  void doNotShareOtherValues() {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT l.n, a.n, b.n FROM l LEFT JOIN a ON "
                + ON.formatted("a")
                + " LEFT JOIN b ON upper(l.k) = b.k AND asof(l.t >= b.t)");

    assertThat(ExecutedPlan.of(joined).operators(ShuffleExchangeExec.class)).hasSize(4);
  }

  /** The plan of the lower join, by which the cache knows it, stays as it is. */
  @Test
  void readALowerJoinFromTheCache() {
    String lower = "SELECT l.*, a.n AS v FROM l LEFT JOIN a ON " + ON.formatted("a");
    Dataset<Row> cached = spark.sql(lower);
    cached.cache();
    try {
      Dataset<Row> joined =
          AgainstSpark.assertSameRows(
              spark,
              "SELECT l.n, l.v, b.n FROM (" + lower + ") l LEFT JOIN b ON " + ON.formatted("b"));

      assertThat(ExecutedPlan.of(joined).contains(InMemoryTableScanExec.class)).isTrue();
    } finally {
      cached.unpersist(true);
    }
  }

  private static void assertOneExchangeOfLeftRows(int joins, Dataset<Row> joined) {
    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.operators(ShuffledAsOfJoinExec.class)).as(plan.toString()).hasSize(joins);
    assertThat(plan.operators(ShuffleExchangeExec.class))
        .as("left rows once, and each right side:%n%s", plan)
        .hasSize(joins + 1);
    assertThat(plan.meetsItsRequirements()).isTrue();
  }
}
