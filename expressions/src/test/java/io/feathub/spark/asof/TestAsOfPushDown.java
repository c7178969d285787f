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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What moves below an as-of join and what stays above; with the same rows as when nothing moves.
 */
class TestAsOfPushDown {
  private static final String RULES =
      FilterMatches.class.getName()
          + ","
          + PushThroughAsOfJoin.class.getName()
          + ","
          + InferAsOfFilters.class.getName()
          + ","
          + PruneAsOfColumns.class.getName();

  private static final String ON_KEY_AND_TIME = " ON l.k = r.k AND asof(l.t >= r.t)";

  @TempDir private static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void createTables() {
    spark = TestSession.with(AsOfExtension::install);
    spark
        .range(0, 60, 1, 2)
        .selectExpr("id", "id % 4 AS k", "id AS t", "id % 5 AS v")
        .write()
        .parquet(directory.resolve("l").toString());
    spark
        .range(0, 40, 1, 2)
        .selectExpr("id % 5 AS k", "id * 2 AS t", "IF(id % 7 = 0, NULL, id) AS w", "id % 3 AS x")
        .write()
        .parquet(directory.resolve("r").toString());
    for (String side : List.of("l", "r")) {
      spark.read().parquet(directory.resolve(side).toString()).createOrReplaceTempView(side);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          LEFT  | asof(l.t >= r.t)             | l.v > 1                  | v > 1          | -
          INNER | asof(l.t >= r.t)             | l.v > 1 AND r.w > 3      | v > 1          | -
          LEFT  | asof(l.t >= r.t)             | r.w > 3                  | -              | -
          LEFT  | asof(l.t >= r.t)             | l.v < r.w                | -              | -
          LEFT  | asof(l.t >= r.t)             | l.v > 10 * rand(5) - 10  | -              | -
          LEFT  | asof(l.t >= r.t)             | l.k = 2                  | k = 2          | k = 2
          LEFT  | asof(l.t >= r.t)             | l.k IN (1, 3)            | k IN (1,3)     | k IN (1,3)
          INNER | asof(l.t >= r.t)             | r.k = 2                  | k = 2          | k = 2
          LEFT  | asof(l.t >= r.t)             | r.k = 2                  | k = 2          | k = 2
          LEFT  | asof(l.t >= r.t)             | r.k = 2 AND r.w > 3      | k = 2          | k = 2
          LEFT  | asof(l.t >= r.t)             | coalesce(r.k, 2) = 2     | -              | -
          LEFT  | asof(l.t >= r.t)             | r.k = 2 OR r.w IS NULL   | -              | -
          LEFT  | asof(l.t >= r.t)             | l.t <= 30                | t <= 30        | t <= 30
          LEFT  | asof(l.t > r.t)              | l.t < 30                 | t < 30         | t <= 30
          INNER | asof(l.t >= r.t)             | l.t = 30                 | t = 30         | t <= 30
          LEFT  | asof(l.t >= r.t)             | l.t >= 30                | t >= 30        | -
          LEFT  | asof(l.t >= r.t, 4)          | l.t >= 30                | t >= 30        | t >= 26
          LEFT  | asof(l.t <= r.t)             | l.t >= 30                | t >= 30        | t >= 30
          LEFT  | asof(l.t <= r.t)             | l.t <= 30                | t <= 30        | -
          LEFT  | asof(l.t <= r.t, 4)          | l.t <= 30                | t <= 30        | t <= 34
          LEFT  | asof_nearest(l.t, r.t)       | l.t <= 30                | t <= 30        | -
          LEFT  | asof_nearest(l.t, r.t, 4)    | l.t BETWEEN 20 AND 30    | t <= 30        | t <= 34
          LEFT  | asof_nearest(l.t, r.t, 4)    | l.t BETWEEN 20 AND 30    | t >= 20        | t >= 16
          """)
  void filtersBelowWhatMayBe(
      String kind, String asOf, String condition, String onTheLeft, String onTheRight) {
    String query =
        "SELECT l.id, r.w FROM l "
            + kind
            + " JOIN r ON l.k = r.k AND "
            + asOf
            + " WHERE "
            + condition;
    FeathubAsOfJoin join = asOfJoin(spark.sql(query));

    assertFilters(join.left(), onTheLeft, condition);
    assertFilters(join.right(), onTheRight, condition);
    assertSameRowsWithoutTheRules(query);
  }

  /** What is filtered below is what may be: the match is the best of the rows that are left. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          LEFT      | r.w > 3   | -     | w > 3
          INNER     | r.w > 3   | -     | w > 3
          LEFT SEMI | r.w > 3   | -     | w > 3
          LEFT ANTI | r.w > 3   | -     | w > 3
          LEFT      | l.v > 1   | -     | -
          INNER     | l.v > 1   | v > 1 | -
          LEFT SEMI | l.v > 1   | v > 1 | -
          LEFT ANTI | l.v > 1   | -     | -
          LEFT      | l.v < r.w | -     | -
          INNER     | l.v < r.w | -     | -
          LEFT SEMI | l.v < r.w | -     | -
          LEFT ANTI | l.v < r.w | -     | -
          LEFT      | l.k = 2   | -     | -
          LEFT ANTI | l.t > 30  | -     | -
          """)
  void conditionsOfTheOnClauseFilterTheSideThatTheyRead(
      String kind, String condition, String onTheLeft, String onTheRight) {
    String query =
        ("SELECT l.id%s FROM l %s JOIN r ON l.k = r.k AND asof(l.t >= r.t) AND " + condition)
            .formatted(kind.startsWith("LEFT ") ? "" : ", r.w", kind);
    FeathubAsOfJoin join = asOfJoin(spark.sql(query));

    assertFilters(join.left(), onTheLeft, condition);
    assertFilters(join.right(), onTheRight, condition);
    AgainstSpark.assertSameRows(spark, query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST(l.k AS INT) = r.k",
        "l.k <=> r.k",
        "lower(CAST(l.k AS STRING)) = CAST(r.k AS STRING)",
        "l.k + l.v = r.k"
      })
  void aConstantReachesKeysThatAreComputed(String key) {
    String query =
        "SELECT l.id, r.w FROM l LEFT JOIN r ON "
            + key
            + " AND asof(l.t >= r.t) WHERE l.k = 2 AND l.v = 1";

    assertThat(filters(asOfJoin(spark.sql(query)).right())).contains("=").containsAnyOf("2", "3");
    assertSameRowsWithoutTheRules(query);
  }

  @Test
  void aFilterThatNeedsAMatchMakesALeftJoinAnInnerOne() {
    String query = "SELECT l.id, r.w FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t) WHERE ";
    assertThat(asOfJoin(spark.sql(query + "r.w > 3")).joinType().sql()).isEqualTo("INNER");
    assertThat(asOfJoin(spark.sql(query + "r.w IS NULL")).joinType().sql()).isEqualTo("LEFT OUTER");
    assertSameRowsWithoutTheRules(query + "r.w > 3");
    assertSameRowsWithoutTheRules(query + "r.w IS NULL");
  }

  @Test
  void filtersTheRightSideByWhatIsKnownBelowTheLeft() {
    String query =
        "SELECT l.id, r.w FROM (SELECT * FROM l WHERE k = 2 AND t <= 30) l LEFT JOIN r ON l.k = r.k"
            + " AND asof(l.t >= r.t)";
    String right = asOfJoin(spark.sql(query)).right().toString();

    assertThat(filters(asOfJoin(spark.sql(query)).right())).as(right).contains("2", "30");
    assertSameRowsWithoutTheRules(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT l.id FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)",
        "SELECT count(*) FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)",
        "SELECT l.v, sum(l.t) FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t) WHERE l.id > 3"
            + " GROUP BY l.v"
      })
  void dropsALeftJoinOfWhichNoRightColumnIsUsed(String query) {
    assertThat(
            ((org.apache.spark.sql.classic.Dataset<Row>) spark.sql(query))
                .queryExecution()
                .optimizedPlan()
                .toString())
        .doesNotContain("FeathubAsOfJoin");
    assertSameRowsWithoutTheRules(query);
    assertThat(
            spark
                .sql(query.replace("LEFT JOIN", "INNER JOIN"))
                .queryExecution()
                .optimizedPlan()
                .toString())
        .contains("FeathubAsOfJoin");
  }

  @Test
  void keepsOnlyRightColumnsThatAreUsed() {
    FeathubAsOfJoin join =
        asOfJoin(spark.sql("SELECT l.id, r.x FROM l JOIN r ON l.k = r.k AND asof(l.t >= r.t)"));

    assertThat(ScalaCollections.list(join.rightOutput()))
        .map(column -> column.name())
        .containsExactly("x");
    assertThat(ScalaCollections.list(join.right().output()))
        .map(column -> column.name())
        .containsExactly("k", "t", "x");
  }

  /** Any rows of the join, as many as the limit says: which ones is not said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LEFT      | LIMIT 7                                  | LocalLimit 7   | 7
          LEFT      | LIMIT 7 OFFSET 20                        | LocalLimit 27  | 7
          LEFT      | LIMIT 7 OFFSET 58                        | LocalLimit 65  | 2
          LEFT      | ORDER BY l.v LIMIT 7                     | GlobalLimit 7  | 7
          LEFT      | ORDER BY l.id DESC LIMIT 7               | GlobalLimit 7  | 7
          LEFT      | ORDER BY l.id DESC LIMIT 7 OFFSET 20     | GlobalLimit 27 | 7
          LEFT      | ORDER BY r.w, l.id LIMIT 7               | -              | 7
          LEFT      | AND r.w > 3 LIMIT 2                      | LocalLimit 2   | 2
          INNER     | LIMIT 7                                  | -              | 7
          INNER     | ORDER BY l.id DESC LIMIT 7               | -              | 7
          LEFT SEMI | LIMIT 7                                  | -              | 7
          LEFT SEMI | ORDER BY l.id DESC LIMIT 7               | -              | 7
          LEFT ANTI | LIMIT 2                                  | -              | 2
          LEFT ANTI | ORDER BY l.id DESC LIMIT 2               | -              | 2
          """)
  void aLimitMovesBelowALeftJoinAlone(String kind, String limit, String below, int rows) {
    String columns = kind.startsWith("LEFT ") ? "l.id" : "l.id, r.w";
    String join = "SELECT " + columns + " FROM l " + kind + " JOIN r" + ON_KEY_AND_TIME;
    String limited = join + " " + limit;
    String all = join + " " + limit.replaceAll("(ORDER|LIMIT).*", "");
    String left = asOfJoin(spark.sql(limited)).left().toString();
    if (below.equals("-")) {
      assertThat(left).doesNotContain("Limit");
    } else {
      assertThat(left).contains(below);
    }

    List<String> on = texts(spark.sql(limited));
    List<String> off = AgainstSpark.throughSpark(spark, limited);
    assertThat(on).hasSize(rows).isSubsetOf(AgainstSpark.throughSpark(spark, all));
    assertThat(off).hasSize(rows).isSubsetOf(texts(spark.sql(all)));
    if (limit.contains("l.id")) {
      assertThat(on).containsExactlyInAnyOrderElementsOf(off);
    }
  }

  @Test
  void aLimitThatAFilterOfMatchesStandsBelowStaysAbove() {
    String query =
        "SELECT * FROM (SELECT l.id, r.w FROM l LEFT JOIN r"
            + ON_KEY_AND_TIME
            + ") WHERE w IS NULL OR w > 9 LIMIT 3";
    assertThat(asOfJoin(spark.sql(query)).left().toString()).doesNotContain("Limit");
    assertThat(texts(spark.sql(query))).hasSize(3);
  }

  private void assertFilters(LogicalPlan side, String expected, String condition) {
    String filters = filters(side);
    if (expected != null) {
      assertThat(filters).as(side.toString()).contains(expected);
    } else {
      assertThat(filters.replaceAll("isnotnull\\([ktv]\\)( AND )?", ""))
          .as("nothing of %s moves: %s", condition, side)
          .isBlank();
    }
  }

  /** The conditions of filters, without the numbers of columns. */
  private static String filters(LogicalPlan plan) {
    List<String> found = new ArrayList<>();
    plan.foreach(
        node -> {
          if (node instanceof Filter filter) {
            found.add(filter.condition().toString());
          }
          return null;
        });
    return String.join(" AND ", found)
        .replaceAll("#\\d+L?", "")
        .replaceAll("cast\\((\\w+) as bigint\\)", "$1")
        .replace("(", "(")
        .trim();
  }

  private void assertSameRowsWithoutTheRules(String query) {
    List<String> moved = texts(spark.sql(query));
    spark.conf().set("spark.sql.optimizer.excludedRules", RULES);
    try {
      assertThat(moved).containsExactlyInAnyOrderElementsOf(texts(spark.sql(query)));
      assertThat(asOfJoin(spark.sql(query)).inferred()).isEqualTo(InferredFilters.NONE);
    } finally {
      spark.conf().unset("spark.sql.optimizer.excludedRules");
    }
  }

  private static FeathubAsOfJoin asOfJoin(Dataset<Row> rows) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().optimizedPlan();
    return (FeathubAsOfJoin)
        plan.find(node -> node instanceof FeathubAsOfJoin).getOrElse(() -> null);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
