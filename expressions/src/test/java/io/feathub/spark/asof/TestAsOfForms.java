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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which form a join takes: by hint, else by session key, else by size and order of its sides. */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfForms {
  private static final String JOIN =
      "SELECT l.id, r.v FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)";

  private SparkSession spark;

  @BeforeAll
  void startSession() {
    spark = TestSession.with(AsOfExtension::install);
  }

  @BeforeEach
  void createViews() {
    for (String side : List.of("l", "r")) {
      Dataset<Row> rows =
          spark.range(0, 50, 1, 2).selectExpr("id", "id % 5 AS k", "id * 7 % 50 AS t", "id AS v");
      rows.createOrReplaceTempView(side);
      rows.repartition(functions.col("k"))
          .sortWithinPartitions("k", "t")
          .createOrReplaceTempView("sorted_" + side);
    }
    spark.conf().set("spark.sql.feathub.asOf.form", "auto");
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "64MB");
  }

  @ParameterizedTest
  @CsvSource({
    "auto, BroadcastAsOfJoin, BroadcastAsOfJoin",
    "broadcast, BroadcastAsOfJoin, BroadcastAsOfJoin",
    "hashed, HashedAsOfJoin, HashedAsOfJoin",
    "merged, MergedAsOfJoin, KeyOrderedAsOfJoin"
  })
  void isTheOneOfTheSessionKey(String key, String ofAnySides, String ofSortedSides) {
    spark.conf().set("spark.sql.feathub.asOf.form", key);
    assertThat(planned(JOIN)).isEqualTo(ofAnySides);
    assertThat(planned(ofSorted(JOIN))).isEqualTo(ofSortedSides);
  }

  @ParameterizedTest
  @CsvSource({
    "BROADCAST, BroadcastAsOfJoin, BroadcastAsOfJoin",
    "SHUFFLE_HASH, HashedAsOfJoin, HashedAsOfJoin",
    "MERGE, MergedAsOfJoin, KeyOrderedAsOfJoin"
  })
  void isTheOneOfTheHintWhateverTheSessionKey(
      String hint, String ofAnySides, String ofSortedSides) {
    for (String key : List.of("auto", "broadcast", "hashed", "merged")) {
      spark.conf().set("spark.sql.feathub.asOf.form", key);
      assertThat(planned(hinted(hint, JOIN))).as(key).isEqualTo(ofAnySides);
      assertThat(planned(hinted(hint, ofSorted(JOIN)))).as(key).isEqualTo(ofSortedSides);
    }
  }

  private static String hinted(String hint, String query) {
    return query.replace("SELECT l.id", "SELECT /*+ " + hint + "(r) */ l.id");
  }

  private static String ofSorted(String query) {
    return query.replace("FROM l ", "FROM sorted_l l ").replace("JOIN r ", "JOIN sorted_r r ");
  }

  @Test
  void isByTheOrderOfTheSidesIfNothingElseSaysIt() {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    assertThat(planned(JOIN)).isEqualTo("HashedAsOfJoin");
    assertThat(planned(ofSorted(JOIN))).isEqualTo("KeyOrderedAsOfJoin");
    assertThat(planned(JOIN.replace("JOIN r ", "JOIN sorted_r r "))).isEqualTo("HashedAsOfJoin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asof_nearest(l.t, r.t)",
        "asof(l.t >= r.t) AND l.v <= r.v",
        "asof(CAST(l.t AS DECIMAL(30, 2)) >= r.t)"
      })
  void isHashedForWhatCannotBeMerged(String condition) {
    spark.conf().set("spark.sql.feathub.asOf.form", "merged");
    assertThat(planned(JOIN.replace("asof(l.t >= r.t)", condition))).isEqualTo("HashedAsOfJoin");
  }

  /** A range of longs is estimated at 8 bytes each; columns that nobody reads do not count. */
  @ParameterizedTest
  @CsvSource({
    "8000, r.id, BroadcastAsOfJoin",
    "7999, r.id, HashedAsOfJoin",
    "8000, r.name, HashedAsOfJoin",
    "0, r.id, HashedAsOfJoin"
  })
  void isBroadcastUpToTheThreshold(String threshold, String read, String form) {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
    assertThat(planned(ofRanges(1000, read))).isEqualTo(form);
  }

  @Test
  void isBroadcastUpToAPartOfTheHeapWhateverTheThreshold() {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "1000t");
    long rows = Runtime.getRuntime().maxMemory() / 24 / Long.BYTES;
    assertThat(planned(ofRanges(rows, "r.id"))).isEqualTo("BroadcastAsOfJoin");
    assertThat(planned(ofRanges(rows + 1, "r.id"))).isEqualTo("HashedAsOfJoin");
    assertThat(planned(hinted("BROADCAST", ofRanges(rows + 1, "r.id"))))
        .isEqualTo("BroadcastAsOfJoin");
  }

  private static String ofRanges(long rightRows, String read) {
    return "SELECT l.id, %s FROM range(10) l LEFT JOIN (SELECT id, concat('name', id) AS name"
            .formatted(read)
        + " FROM range(%d)) r ON l.id = r.id AND asof(l.id >= r.id)".formatted(rightRows);
  }

  /** The estimate is that of all rows before they are grouped. */
  @Test
  void isChosenAgainBySizesAtRunTime() {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "10KB");
    Dataset<Row> joined =
        spark.sql(
            "SELECT l.id, r.t FROM l LEFT JOIN (SELECT id % 3 AS k, max(id) % 40 AS t"
                + " FROM range(9000) GROUP BY id % 3) r ON l.k = r.k AND asof(l.t >= r.t)");

    assertThat(form(joined)).isEqualTo("HashedAsOfJoin");
    assertThat(joined.collectAsList()).hasSize(50);
    assertThat(form(joined)).isEqualTo("BroadcastAsOfJoin");
  }

  /** As many rows as on the left side; the size of a row is 8 bytes and those of its columns. */
  @ParameterizedTest
  @CsvSource({
    "'id, a, b, c', LEFT JOIN, 40",
    "'id, a, b, c', JOIN, 40",
    "id, LEFT SEMI JOIN, 16",
    "id, LEFT ANTI JOIN, 16"
  })
  void doesNotMultiplySizesInAChain(String columns, String join, long rowSize) {
    String chain =
        Stream.of("a", "b", "c")
            .map(
                right ->
                    " %1$s (SELECT id AS %2$s FROM range(700)) ON id = %2$s AND asof(id >= %2$s)"
                        .formatted(join, right))
            .collect(Collectors.joining());
    String query = "SELECT " + columns + " FROM range(1000)" + chain;
    assertThat(
            ExecutedPlan.queryExecution(spark.sql(query))
                .optimizedPlan()
                .stats()
                .sizeInBytes()
                .toLong())
        .isEqualTo(1000L * Long.BYTES * rowSize / 16);
  }

  private String planned(String query) {
    return form(spark.sql(query));
  }

  private static String form(Dataset<Row> joined) {
    List<AsOfJoinExec> joins = ExecutedPlan.of(joined).operators(AsOfJoinExec.class);
    assertThat(joins).hasSize(1);
    return joins.get(0).nodeName();
  }
}
