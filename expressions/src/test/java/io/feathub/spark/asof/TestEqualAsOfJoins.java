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
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Equal joins run once where Spark runs equal subtrees once: of two in a query one, and none that
 * is cached. Joins that differ in anything share nothing.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestEqualAsOfJoins {
  private static final String BASE = "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)";

  private SparkSession spark;

  @BeforeAll
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark
        .range(0, 200, 1, 2)
        .selectExpr("id", "id % 7 AS k", "id * 13 % 101 AS t", "id % 5 AS v")
        .createOrReplaceTempView("l");
    spark
        .range(0, 150, 1, 2)
        .selectExpr("id AS w", "id % 8 AS k", "id * 7 % 50 * 2 AS t", "id % 3 AS x")
        .createOrReplaceTempView("r");
  }

  /** Rows before an exchange come from the join. */
  private static String aggregated(String join) {
    return "SELECT v, count(*) c, count(w) d, sum(w) s FROM (SELECT l.v, r.w FROM l "
        + join
        + ") GROUP BY v";
  }

  private static String twice(String one, String other) {
    return aggregated(one) + " UNION ALL " + aggregated(other);
  }

  @Test
  void runOnce() {
    for (String form : List.of("broadcast", "hashed", "merged")) {
      for (String adaptive : List.of("true", "false")) {
        set(form, adaptive);
        Dataset<Row> both = AgainstSpark.assertSameRows(spark, twice(BASE, BASE));

        ExecutedPlan plan = ExecutedPlan.of(both);
        assertThat(plan.operators(AsOfJoinExec.class)).as(plan.toString()).hasSize(1);
        assertThat(plan.contains(ReusedExchangeExec.class)).as(plan.toString()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LEFT JOIN r ON l.k = r.k AND asof(l.t > r.t)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t <= r.t)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t < r.t)",
        "LEFT JOIN r ON l.k = r.k AND asof_nearest(l.t, r.t)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t, 3)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t, NULL, r.x)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t, NULL, -r.x)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t) AND l.v < r.w",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t) AND r.w > 70",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t) AND l.v > 2",
        "LEFT JOIN r ON l.k <=> r.k AND asof(l.t >= r.t) AND l.v > 3",
        "LEFT JOIN r ON l.v = r.k AND asof(l.t >= r.t)",
        "LEFT JOIN r ON asof(l.t >= r.t)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.id >= r.t)",
        "LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.w)",
        "JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
      })
  void shareNothingWhenTheyDiffer(String other) {
    assertShareNothing(BASE, other);
    assertThat(isServedFromTheCache(other)).isFalse();
  }

  @Test
  void areServedFromTheCache() {
    assertThat(isServedFromTheCache(BASE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof(l.t >= r.t, 3) | asof(l.t >= r.t, 4)",
        "asof(l.t >= r.t, 3) | asof(l.t >= r.t, 3.5)",
        "asof_nearest(l.t, r.t, 3) | asof_nearest(l.t, r.t, 4)",
        "asof_nearest(l.t, r.t) | asof_nearest(l.t, r.t) AND l.t <> r.t",
        "asof(l.t >= r.t, NULL, r.x) | asof(l.t >= r.t, NULL, r.w)",
        "asof(l.t >= r.t) AND l.v < r.w | asof(l.t >= r.t) AND l.v < r.x",
        "asof(l.t >= r.t) AND r.w > 70 | asof(l.t >= r.t) AND r.w > 71"
      })
  void shareNothingWhenTheyDifferInAValue(String conditions) {
    String[] both = conditions.split(" \\| ", -1);
    String one = "LEFT JOIN r ON l.k = r.k AND " + both[0];
    String other = "LEFT JOIN r ON l.k = r.k AND " + both[1];
    assertShareNothing(one, other);
  }

  private void assertShareNothing(String one, String other) {
    set("broadcast", "true");
    Dataset<Row> broadcast = AgainstSpark.assertSameRows(spark, twice(one, other));
    assertThat(ExecutedPlan.of(broadcast).operators(AsOfJoinExec.class)).hasSize(2);

    set("hashed", "false");
    Dataset<Row> hashed = spark.sql(twice(one, other));
    assertThat(AgainstSpark.sorted(hashed.collectAsList()))
        .isEqualTo(AgainstSpark.sorted(broadcast.collectAsList()));
    assertThat(ExecutedPlan.of(hashed).operators(AsOfJoinExec.class)).hasSize(2);
  }

  private void set(String form, String adaptive) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    spark.conf().set("spark.sql.adaptive.enabled", adaptive);
  }

  /** Whether a join gets the rows of {@link #BASE} where those are cached. */
  private boolean isServedFromTheCache(String join) {
    Dataset<Row> cached = spark.sql(aggregated(BASE));
    cached.cache();
    try {
      Dataset<Row> rows = spark.sql(aggregated(join));
      boolean served =
          ExecutedPlan.queryExecution(rows)
              .withCachedData()
              .toString()
              .startsWith("InMemoryRelation");
      assertThat(AgainstSpark.sorted(rows.collectAsList()))
          .isEqualTo(AgainstSpark.throughSpark(spark, aggregated(join)));
      return served;
    } finally {
      cached.unpersist(true);
    }
  }
}
