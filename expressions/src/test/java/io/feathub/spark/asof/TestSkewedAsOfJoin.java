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
import io.feathub.spark.interop.ShuffleReads;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.CoalescedPartitionSpec;
import org.apache.spark.sql.execution.adaptive.AQEShuffleReadExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeLike;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key with most of the left rows, whose partition adaptive execution splits. */
@TestInstance(Lifecycle.PER_CLASS)
class TestSkewedAsOfJoin {
  private static final String SPLIT = "(skew=true)";
  private static final String JOIN =
      "SELECT l.*, r.v FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)";

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
    spark.range(0, 2000, 1, 2).selectExpr("id * 10 AS n", "id AS w").createOrReplaceTempView("m");
  }

  @BeforeEach
  void callSmallPartitionsLarge() {
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    spark.conf().set("spark.sql.adaptive.skewJoin.enabled", "true");
    spark.conf().set("spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes", "4KB");
    spark.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", "8KB");
    spark.conf().set("spark.sql.adaptive.skewJoin.skewedPartitionFactor", "2");
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1");
    // Sizes that are to the default ones as the tables here are to real ones.
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "true");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.minPartitionSize", "1KB");
    spark.conf().set("spark.sql.shuffle.partitions", "16");
  }

  @ParameterizedTest
  @CsvSource({"LEFT JOIN, true", "LEFT JOIN, false", "JOIN, true"})
  void isJoinedInSeveralTasks(String join, boolean coalesces) {
    spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", coalesces);
    String query = "SELECT l.*, r.v FROM l " + join + " r ON l.k = r.k AND asof(l.t >= r.t)";
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, query);

    assertThat(ExecutedPlan.of(joined).toString()).contains("HashedAsOfJoin" + SPLIT);
    assertThat(largestPartition(query)).as("of 18,000 rows of one key").isLessThan(10_000);
  }

  /** Spark coalesces small partitions before the large ones are split. */
  @Test
  void smallPartitionsAreCoalescedBesideIt() {
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, JOIN);

    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.toString()).contains(SPLIT);
    assertThat(plan.operators(AQEShuffleReadExec.class))
        .hasSize(2)
        .allMatch(TestSkewedAsOfJoin::readsSeveralPartitionsInOneTask)
        .as("those read in whole partitions, which may be split: those of the left side are")
        .filteredOn(read -> ShuffleReads.of(read, shuffle -> true).isPresent())
        .hasSize(1);
  }

  private static boolean readsSeveralPartitionsInOneTask(AQEShuffleReadExec read) {
    return ScalaCollections.list(read.partitionSpecs()).stream()
        .anyMatch(
            spec ->
                spec instanceof CoalescedPartitionSpec part
                    && part.endReducerIndex() - part.startReducerIndex() > 1);
  }

  /** Where coalescing aims higher than the threshold it makes partitions of several small ones. */
  @Test
  void aPartitionThatOnlyIsLargeByCoalescingStaysWhole() {
    spark.conf().set("spark.sql.adaptive.coalescePartitions.minPartitionSize", "10MB");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.minPartitionNum", "1");
    try {
      Dataset<Row> joined = AgainstSpark.assertSameRows(spark, JOIN);

      assertThat(ExecutedPlan.of(joined).toString())
          .contains("AQEShuffleRead coalesced")
          .doesNotContain(SPLIT);
    } finally {
      spark.conf().unset("spark.sql.adaptive.coalescePartitions.minPartitionNum");
    }
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

  /** Operators above the join, which need rows of equal values of a column in one task. */
  static List<String> consumers() {
    return List.of(
        "SELECT %s, count(*), sum(v) FROM joined GROUP BY 1",
        "SELECT *, count(v) OVER (PARTITION BY %s ORDER BY t, id) FROM joined",
        "SELECT joined.*, m.w FROM joined JOIN m ON %s = m.n",
        "SELECT /*+ REPARTITION(%s) */ * FROM joined",
        "SELECT /*+ REPARTITION(16, %s) */ * FROM joined");
  }

  /** A split partition does not have a key to itself, which such an operator counts on. */
  @ParameterizedTest
  @MethodSource("consumers")
  void isNotSplitWhereTheNextOperatorNeedsItsRowsTogether(String consumer) {
    Dataset<Row> joined = assertSameRowsBelow(consumer.formatted("joined.k"));

    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.toString()).contains("HashedAsOfJoin").doesNotContain(SPLIT);
    assertThat(plan.operators(ShuffleExchangeLike.class))
        .as("none between the two operators: %s", plan)
        .hasSize(consumer.contains("JOIN m") ? 3 : 2);
    assertThat(plan.meetsItsRequirements()).isTrue();
  }

  /** With an exchange between the two, each of them has what it needs. */
  @ParameterizedTest
  @MethodSource("consumers")
  void isSplitWhereTheNextOperatorNeedsOthersTogether(String consumer) {
    Dataset<Row> joined = assertSameRowsBelow(consumer.formatted("joined.id"));

    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.toString()).contains("HashedAsOfJoin" + SPLIT);
    assertThat(plan.meetsItsRequirements()).isTrue();
  }

  private Dataset<Row> assertSameRowsBelow(String consumer) {
    return AgainstSpark.assertSameRows(spark, "WITH joined AS (" + JOIN + ") " + consumer);
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
