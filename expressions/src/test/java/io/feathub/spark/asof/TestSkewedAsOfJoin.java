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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key with most of the left rows, whose partition adaptive execution splits. */
@TestInstance(Lifecycle.PER_CLASS)
class TestSkewedAsOfJoin {
  private static final String SPLIT = "(skew=true)";

  private SparkSession spark;

  @BeforeAll
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark
        .range(0, 20_000, 1, 8)
        .selectExpr("id", "IF(id % 10 = 0, id % 50, 7) AS k", "id * 7919 % 20011 AS t")
        .createOrReplaceTempView("l");
    spark
        .range(0, 1000, 1, 2)
        .selectExpr("id % 50 AS k", "id * 20 AS t", "id AS v")
        .createOrReplaceTempView("r");
  }

  @BeforeEach
  void callSmallPartitionsLarge() {
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    spark.conf().set("spark.sql.adaptive.skewJoin.enabled", "true");
    spark.conf().set("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "4KB");
    spark.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "8KB");
    spark.conf().set("spark.sql.adaptive.skewJoin.skewedPartitionFactor", "2");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT JOIN", "JOIN"})
  void isJoinedInSeveralTasks(String join) {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.*, r.v FROM l " + join + " r ON l.k = r.k AND asof(l.t >= r.t)");

    assertThat(ExecutedPlan.of(joined).toString()).contains("HashedAsOfJoin" + SPLIT);
    assertThat(
            largestPartition(
                "SELECT l.*, r.v FROM l " + join + " r ON l.k = r.k AND asof(l.t >= r.t)"))
        .as("of 18,000 rows of one key")
        .isLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT SEMI", "LEFT ANTI"})
  void soForKindsWithoutRightColumns(String kind) {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.* FROM l " + kind + " JOIN r ON l.k = r.k AND asof(l.t >= r.t, 30)");

    assertThat(ExecutedPlan.of(joined).toString()).contains(SPLIT);
  }

  @Test
  void soForJoinsThatShareTheLeftExchange() {
    String query =
        "SELECT l.*, r.v, s.v AS w FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
            + " LEFT JOIN r s ON l.k = s.k AND asof(l.t + 5 < s.t)";
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);

    assertThat(ExecutedPlan.of(joined).toString().split("HashedAsOfJoin\\(skew=true\\)", -1))
        .as("before, between and behind two of them")
        .hasSize(3);
    assertThat(ExecutedPlan.of(joined).meetsItsRequirements()).isTrue();
    assertThat(largestPartition(query)).isLessThan(10_000);
  }

  @Test
  void soForTheMergedForm() {
    spark.conf().set("spark.sql.feathub.asOf.form", "merged");
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.*, r.v FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t <= r.t)");

    assertThat(ExecutedPlan.of(joined).toString()).contains("MergedAsOfJoin" + SPLIT);
  }

  /** A split partition has no key to itself, which the aggregate counts on. */
  @Test
  void isNotSplitWhereTheNextOperatorNeedsItsRowsTogether() {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT k, count(*), sum(v) FROM (SELECT l.*, r.v FROM l LEFT JOIN r"
                + " ON l.k = r.k AND asof(l.t >= r.t)) GROUP BY k");

    assertThat(ExecutedPlan.of(joined).toString()).doesNotContain(SPLIT);
    assertThat(ExecutedPlan.of(joined).meetsItsRequirements()).isTrue();
  }

  @Test
  void isNotSplitWhenSparkShallNotSplitJoins() {
    spark.conf().set("spark.sql.adaptive.skewJoin.enabled", "false");
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.*, r.v FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)");

    assertThat(ExecutedPlan.of(joined).toString()).doesNotContain(SPLIT);
  }

  private long largestPartition(String query) {
    return spark.sql(query).toJavaRDD().glom().collect().stream()
        .mapToLong(List::size)
        .max()
        .orElseThrow();
  }
}
