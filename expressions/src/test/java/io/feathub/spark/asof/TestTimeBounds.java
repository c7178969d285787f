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

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a bound of the left times, a constant, spares of the right side: the files' reader sees it.
 * Only rows that no left row could match are spared, up to the ends of what a type holds.
 */
class TestTimeBounds {
  /**
   * The predicate, what is known of the left rows, and what follows for the right times; {@code -}
   * if nothing does.
   */
  private static final String CASES =
      """
      asof(l.ts >= r.ts) | l.ts <= TIMESTAMP'2022-01-10' | ts <= 2022-01-10 00:00:00
      asof(l.ts > r.ts) | l.ts < TIMESTAMP'2022-01-10' | ts <= 2022-01-10 00:00:00
      asof(l.ts >= r.ts) | l.ts > TIMESTAMP'2022-01-10' | -
      asof(l.ts >= r.ts, INTERVAL 36 HOURS) | l.ts >= TIMESTAMP'2022-01-10' | \
      ts >= 2022-01-08 12:00:00
      asof(l.ts > r.ts, INTERVAL 2 DAYS) | l.ts > TIMESTAMP'2022-01-10' | ts >= 2022-01-08 00:00:00
      asof(l.ts <= r.ts, INTERVAL 2 DAYS) | l.ts < TIMESTAMP'2022-01-10' | ts <= 2022-01-12 00:00:00
      asof(l.ts < r.ts) | l.ts <= TIMESTAMP'2022-01-10' | -
      asof(l.ts <= r.ts) | TIMESTAMP'2022-01-10' <= l.ts | ts >= 2022-01-10 00:00:00
      asof(l.ts >= r.ts, INTERVAL 1 DAY) | l.ts BETWEEN TIMESTAMP'2022-01-10' AND \
      TIMESTAMP'2022-01-12' | \
      ts <= 2022-01-12 00:00:00, ts >= 2022-01-09 00:00:00
      asof_nearest(l.ts, r.ts, INTERVAL 90 MINUTES) | l.ts = TIMESTAMP'2022-01-10' | \
      ts <= 2022-01-10 01:30:00, ts >= 2022-01-09 22:30:00
      asof_nearest(l.ts, r.ts) | l.ts <= TIMESTAMP'2022-01-10' | -
      asof(l.d >= r.d) | l.d <= DATE'2022-01-10' | d <= 2022-01-10
      asof(l.d >= r.d, INTERVAL 3 DAYS) | l.d > DATE'2022-01-10' | d >= 2022-01-07
      asof(l.d < r.d, INTERVAL 3 DAYS) | l.d BETWEEN DATE'2022-01-10' AND DATE'2022-01-12' | \
      d <= 2022-01-15, d >= 2022-01-10
      asof(l.n > r.n) | l.n < 12.50 | n <= 12.50
      asof(l.n >= r.n, 1.5) | l.n >= 12.50 | n >= 11.00
      asof(l.n >= r.n, 0.005) | l.n >= 12.50 | n >= 12.49
      asof_nearest(l.n, r.n, 0.005) | l.n <= 12.50 | n <= 12.51
      asof(l.n <= r.n, 4) | l.n BETWEEN 10.25 AND 12.50 | n <= 16.50, n >= 10.25
      asof(l.i >= r.i, 2) | l.i >= 7L | i >= 5
      asof(l.s >= r.s, 2) | l.s >= 7S | -
      asof(l.x >= r.x, 2) | l.x >= 7D | -
      """;

  /**
   * Where the tolerance reaches beyond the type's values, or to where Spark's readers of files do
   * not follow.
   */
  private static final String ENDS =
      """
      asof(l.ts <= r.ts, INTERVAL 106751991 DAYS) | l.ts <= TIMESTAMP'2022-01-10' | -
      asof(l.ts >= r.ts, INTERVAL 106751991 DAYS) | l.ts >= TIMESTAMP'1822-01-10' | -
      asof(l.ts >= r.ts, INTERVAL 106751991 DAYS) | l.ts >= TIMESTAMP'1970-01-01' | -
      asof(l.ts <= r.ts) | l.ts >= timestamp_micros(-9223372036854775807) | -
      asof(l.ts <= r.ts, INTERVAL 1 DAY) | l.ts <= timestamp_micros(9223372036854775806) | -
      asof(l.ts > r.ts, INTERVAL 1 DAY) | l.ts > timestamp_micros(-9223372036854775807) | -
      asof(l.d <= r.d, INTERVAL 1 DAY) | l.d <= date_from_unix_date(2147483647) | -
      asof(l.d >= r.d, INTERVAL 1 DAY) | l.d >= date_from_unix_date(-2147483648) | -
      asof(l.d <= r.d) | l.d = date_from_unix_date(-2147483648) | -
      asof(l.n <= r.n, 1) | l.n <= 99999999.50 | -
      asof_nearest(l.n, r.n, 99999999) | l.n BETWEEN -1.50 AND 1.50 | -
      asof(l.s <= r.s, 5) | l.s <= 32767S | -
      asof(l.s > r.s, 70000) | l.s > -32767S | -
      asof(l.i <= r.i, 5) | l.i <= 9223372036854775807 | -
      """;

  @TempDir private static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void createTables() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    spark.conf().set("spark.sql.ansi.enabled", "true");
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    for (String side : List.of("l", "r")) {
      String number = side.equals("l") ? "id" : "id * 7 % 41";
      Dataset<Row> rows =
          spark
              .range(0, 40, 1, 1)
              .selectExpr("id", "id % 2 AS k", number + " AS i")
              .selectExpr(
                  "id",
                  "k",
                  "i",
                  "timestamp_seconds(1640995200 + 43200 * i) AS ts",
                  "date_from_unix_date(CAST(18993 + i DIV 2 AS INT)) AS d",
                  "CAST(i / 2 AS DECIMAL(10, 2)) AS n",
                  "CAST(i AS SMALLINT) AS s",
                  "CAST(i AS DOUBLE) AS x")
              .unionAll(ends());
      rows.createOrReplaceTempView(side);
    }
    // Not the left ones: Spark could not read them from files under all the filters here.
    spark.table("r").write().parquet(directory.toString() + "/r");
    spark.read().parquet(directory.toString() + "/r").createOrReplaceTempView("r");
  }

  /** Rows of the least and the greatest values. */
  private static Dataset<Row> ends() {
    return spark.sql(
        "SELECT 100 + sign * n AS id, 0L AS k, IF(sign < 0, -9223372036854775808 + n,"
            + " 9223372036854775807 - n) AS i, timestamp_micros(i) AS ts,"
            + " date_from_unix_date(IF(sign < 0, -2147483648 + n, 2147483647 - n)) AS d, CAST(sign"
            + " * (99999999.99 - n) AS DECIMAL(10, 2)) AS n, CAST(IF(sign < 0, -32768 + n, 32767 -"
            + " n) AS SMALLINT) AS s, double(IF(sign < 0, '-Infinity', 'NaN')) AS x FROM VALUES"
            + " (-1, 0), (-1, 1), (1, 0), (1, 1) AS v(sign, n)");
  }

  @Test
  void followFromBoundsOfTheLeftTime() {
    CASES.lines().forEach(TestTimeBounds::assertBounds);
  }

  @Test
  void areNoneBeyondTheEndsOfTheType() {
    ENDS.lines().forEach(TestTimeBounds::assertBounds);
  }

  private static void assertBounds(String line) {
    String[] parts = line.split(" \\| ", -1);
    String query =
        "SELECT l.id, r.id FROM l LEFT JOIN r ON l.k = r.k AND " + parts[0] + " WHERE " + parts[1];
    assertThat(bounds(query)).as(line).isEqualTo(parts[2]);
    List<String> rows = AgainstSpark.sorted(spark.sql(query).collectAsList());
    assertThat(rows).as(line).isNotEmpty();
    if (!parts[2].equals("-")) {
      spark.conf().set("spark.sql.optimizer.excludedRules", InferAsOfFilters.class.getName());
      assertThat(AgainstSpark.sorted(spark.sql(query).collectAsList())).as(line).isEqualTo(rows);
      spark.conf().unset("spark.sql.optimizer.excludedRules");
    }
  }

  /** The conditions on the right time that are tested below the join. */
  private static String bounds(String query) {
    LogicalPlan plan = ExecutedPlan.queryExecution(spark.sql(query)).optimizedPlan();
    FeathubAsOfJoin join =
        (FeathubAsOfJoin) plan.find(node -> node instanceof FeathubAsOfJoin).get();
    List<String> bounds = new ArrayList<>();
    PlanTraversal.visit(
        join.right(),
        node -> {
          if (node instanceof Filter filter) {
            AsOfCondition.conjuncts(filter.condition()).stream()
                .filter(BinaryComparison.class::isInstance)
                .map(bound -> bound.toString().replaceAll("#\\d+L?|[()]", ""))
                .forEach(bounds::add);
          }
        });
    return bounds.isEmpty() ? "-" : String.join(", ", bounds.stream().sorted().toList());
  }
}
