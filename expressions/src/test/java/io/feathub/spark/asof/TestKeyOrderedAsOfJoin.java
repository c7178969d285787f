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
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where both sides come by keys and time already, the join neither indexes nor sorts. */
class TestKeyOrderedAsOfJoin {
  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    spark
        .range(0, 900, 1, 3)
        .selectExpr(
            "id",
            "IF(id % 31 = 0, NULL, id % 23) AS k",
            "IF(id % 17 = 0, NULL, id * 13 % 101) AS t",
            "id % 3 AS k2")
        .createOrReplaceTempView("left_rows");
    spark
        .range(0, 700, 1, 2)
        .selectExpr(
            "id AS v",
            "IF(id % 29 = 0, NULL, id % 26) AS k",
            "IF(id % 19 = 0, NULL, id * 7 % 97) AS t",
            "id % 3 AS k2",
            "id % 5 AS w")
        .createOrReplaceTempView("right_rows");
    sorted("k", "t");
  }

  /** Both sides laid out by k, and sorted. */
  private void sorted(String first, String... others) {
    laidOut(List.of("k"), first, others);
  }

  private void laidOut(List<String> keys, String first, String... others) {
    Column[] clustered = keys.stream().map(functions::col).toArray(Column[]::new);
    for (String side : new String[] {"left", "right"}) {
      spark
          .table(side + "_rows")
          .repartition(clustered)
          .sortWithinPartitions(first, others)
          .createOrReplaceTempView(side.substring(0, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof(l.t >= r.t)",
        "asof(l.t > r.t)",
        "asof(l.t <= r.t)",
        "asof(l.t < r.t)",
        "asof_nearest(l.t, r.t)",
        "asof_nearest(l.t, r.t, 1) AND l.t <> r.t",
        "asof(l.t >= r.t, 3, r.w)",
        "asof(l.t <= r.t, 2) AND r.w > 1"
      })
  void givesTheSameRowsWithoutSortOrExchangeOfItsOwn(String condition) {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.id, r.* FROM l LEFT JOIN r ON l.k = r.k AND " + condition);

    assertKeyOrdered(joined);
    assertThat(ExecutedPlan.of(joined).operators(ShuffleExchangeExec.class)).hasSize(2);
    assertThat(ExecutedPlan.of(joined).operators(SortExec.class)).hasSize(2);
  }

  /** There is nothing left to sort. */
  @Test
  void isWhatAMergeOfSortedInputsIs() {
    assertKeyOrdered(
        AgainstSpark.assertSameRows(
            spark,
            "SELECT /*+ MERGE(r) */ l.id, r.* FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >="
                + " r.t)"));
  }

  /** The left rows' order is one that the joins above count on. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "merged"})
  void severalShareOneOrder(String form) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    spark.sql("SELECT k, t, v + 1 AS v FROM r").createOrReplaceTempView("other");
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT l.id, r.v, s.v FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
                + " LEFT JOIN other s ON l.k = s.k AND asof_nearest(l.t, s.t)");

    assertKeyOrdered(joined, 2);
    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.operators(ShuffleExchangeExec.class)).as(plan.toString()).hasSize(2);
    assertThat(plan.operators(SortExec.class)).as("those of the test:%n%s", plan).hasSize(3);
  }

  @Test
  void isNotWhatAHashedJoinOfSortedInputsIs() {
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT /*+ SHUFFLE_HASH(r) */ l.id, r.* FROM l LEFT JOIN r ON l.k = r.k"
                + " AND asof(l.t >= r.t)");

    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
        .extracting(AsOfJoinExec::nodeName)
        .containsExactly("HashedAsOfJoin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT SEMI JOIN", "LEFT ANTI JOIN"})
  void doesSoForEveryKind(String join) {
    assertKeyOrdered(
        AgainstSpark.assertSameRows(
            spark, "SELECT l.id FROM l " + join + " r ON l.k = r.k AND asof(l.t >= r.t, 2)"));
  }

  @Test
  void theOrderOfTheKeysIsThatOfTheInputs() {
    laidOut(List.of("k", "k2"), "k2", "k", "t");
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT l.id, r.* FROM l LEFT JOIN r"
                + " ON l.k = r.k AND l.k2 = r.k2 AND asof(l.t >= r.t)");

    assertKeyOrdered(joined);
  }

  /** Sorted by more than the keys before the time, or by less. */
  @ParameterizedTest
  @ValueSource(strings = {"k, k2, t", "t, k", "k"})
  void anotherOrderIsOfNoUse(String order) {
    String[] columns = order.split(", ", -1);
    sorted(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark, "SELECT l.id, r.* FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)");

    assertThat(ExecutedPlan.of(joined).toString())
        .contains("HashedAsOfJoin")
        .doesNotContain("KeyOrdered");
  }

  private static void assertKeyOrdered(Dataset<Row> joined) {
    assertKeyOrdered(joined, 1);
  }

  private static void assertKeyOrdered(Dataset<Row> joined, int joins) {
    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.operators(AsOfJoinExec.class))
        .extracting(AsOfJoinExec::nodeName)
        .hasSize(joins)
        .containsOnly("KeyOrderedAsOfJoin");
    assertThat(plan.meetsItsRequirements()).isTrue();
  }
}
