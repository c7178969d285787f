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

import static io.feathub.spark.asof.PurchasesAndPrices.ENRICHED;
import static io.feathub.spark.asof.PurchasesAndPrices.JOIN;
import static io.feathub.spark.asof.PurchasesAndPrices.assertAsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.feathub.spark.FeathubExpressions;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.StreamingWindowExec;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

/**
 * asof() in the places where Spark users write joins, each form with adaptive execution on and off.
 */
class TestAsOfJoin {
  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(FeathubExpressions::install);
    PurchasesAndPrices.createViews(spark);
  }

  @AfterEach
  void dropTables() {
    spark.catalog().clearCache();
    for (String table : List.of("enriched", "inserted")) {
      spark.sql("DROP TABLE IF EXISTS " + table);
    }
  }

  private void setAdaptive(boolean adaptive) {
    spark.conf().set("spark.sql.adaptive.enabled", adaptive);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheLatestRowAtOrBefore(boolean adaptive) {
    setAdaptive(adaptive);
    assertAsOf(spark.sql(JOIN), ENRICHED);
  }

  @ParameterizedTest
  @CsvSource({
    "BROADCAST, BroadcastAsOfJoin",
    "SHUFFLE_HASH, HashedAsOfJoin",
    "MERGE, MergedAsOfJoin"
  })
  void takesTheFormThatAHintAsksFor(String hint, String operatorName) {
    assertAsOf(
        spark.sql(JOIN.replace("SELECT", "SELECT /*+ " + hint + "(r) */")), ENRICHED, operatorName);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shufflesBothSidesWhenTheRightOneIsNotSmall(boolean adaptive) {
    setAdaptive(adaptive);
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    Dataset<Row> result = spark.sql(JOIN);
    assertAsOf(result, ENRICHED, "HashedAsOfJoin");
    assertThat(ExecutedPlan.of(result).operators(ShuffledAsOfJoinExec.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesTheSameRowsWhenSwitchedOff(boolean adaptive) {
    setAdaptive(adaptive);
    spark.conf().set("spark.sql.feathub.asOf.enabled", "false");
    Dataset<Row> result = spark.sql(JOIN);
    assertThat(result.collectAsList())
        .map(Row::toString)
        .containsExactlyInAnyOrderElementsOf(ENRICHED);
    assertThat(ExecutedPlan.of(result).contains(AsOfJoinExec.class)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void joinsTwoFiltersOfOneDataFrame(boolean adaptive) {
    setAdaptive(adaptive);
    Dataset<Row> prices = spark.table("prices");
    Dataset<Row> late = prices.filter("price >= 300").alias("l");
    Dataset<Row> early = prices.filter("price <= 200").alias("r");
    Dataset<Row> joined =
        late.join(early, functions.expr("l.item_id = r.item_id AND asof(l.ts >= r.ts)"), "left");
    assertAsOf(
        joined.selectExpr("l.price", "r.price"),
        List.of("[300.0,null]", "[300.0,200.0]", "[400.0,200.0]"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void servesJoinWithAndColumnsTakenFromTheFrames(boolean adaptive) {
    setAdaptive(adaptive);
    Dataset<Row> purchases = spark.table("purchases");
    Dataset<Row> prices = spark.table("prices");
    Dataset<Tuple2<Row, Row>> pairs =
        purchases
            .alias("p")
            .joinWith(
                prices.alias("r"),
                functions.expr("p.item_id = r.item_id AND asof(p.ts >= r.ts)"),
                "left_outer");
    assertThat(pairs.collectAsList())
        .extracting(pair -> pair._1().getInt(2), pair -> pair._2().getDouble(1))
        .containsExactlyInAnyOrder(
            tuple(1, 100.0), tuple(2, 200.0), tuple(3, 200.0), tuple(1, 300.0), tuple(2, 300.0));
    assertThat(ExecutedPlan.of(pairs).contains(AsOfJoinExec.class)).isTrue();
    Dataset<Row> byColumn =
        purchases.join(
            prices,
            purchases
                .col("item_id")
                .equalTo(prices.col("item_id"))
                .and(functions.call_function("asof", purchases.col("ts").geq(prices.col("ts")))),
            "left");
    assertAsOf(byColumn.select(purchases.col("*"), prices.col("price")), ENRICHED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void runsInsideTableCreationInsertionAndCaching(boolean adaptive) {
    setAdaptive(adaptive);
    spark.sql("CREATE TABLE enriched USING parquet AS " + JOIN);
    assertThat(rows("SELECT * FROM enriched")).containsExactlyInAnyOrderElementsOf(ENRICHED);
    spark.sql(
        "CREATE TABLE inserted (user_id STRING, item_id STRING, item_count INT, ts TIMESTAMP,"
            + " price DOUBLE) USING parquet");
    spark.sql("INSERT INTO inserted " + JOIN);
    assertThat(rows("SELECT * FROM inserted")).containsExactlyInAnyOrderElementsOf(ENRICHED);
    spark.sql("CACHE TABLE cached AS " + JOIN);
    assertThat(rows("SELECT * FROM cached")).containsExactlyInAnyOrderElementsOf(ENRICHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SELECT /*+ SHUFFLE_HASH(r) */"})
  void findsAnEqualQueryInTheCache(String hint) {
    spark.sql(JOIN).cache().count();
    Dataset<Row> again = spark.sql(hint.isEmpty() ? JOIN : JOIN.replace("SELECT", hint));
    assertThat(ExecutedPlan.queryExecution(again).withCachedData().toString())
        .contains("InMemoryRelation")
        .doesNotStartWith("FeathubAsOfJoin");
    assertThat(again.collectAsList())
        .map(Row::toString)
        .containsExactlyInAnyOrderElementsOf(ENRICHED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void runsInViewsCommonTablesAndSubqueries(boolean adaptive) {
    setAdaptive(adaptive);
    spark.sql("CREATE TEMPORARY VIEW enriched_view AS " + JOIN);
    assertAsOf(spark.sql("SELECT * FROM enriched_view"), ENRICHED);
    assertAsOf(
        spark.sql(
            "SELECT a.price, b.price FROM enriched_view a JOIN enriched_view b"
                + " ON a.ts = b.ts WHERE a.item_id = 'item_2'"),
        List.of("[200.0,200.0]"));
    assertAsOf(
        spark.sql(
            "WITH e AS ("
                + JOIN
                + ") SELECT a.item_count, b.price FROM e a JOIN e b"
                + " ON a.item_id = b.item_id AND asof(a.ts > b.ts)"),
        List.of("[3,100.0]", "[1,200.0]"));
    assertAsOf(
        spark.sql(
            "SELECT price FROM prices WHERE price IN (SELECT max(price) FROM (" + JOIN + "))"),
        List.of("[300.0]", "[300.0]"));
    assertAsOf(
        spark.sql(
            "SELECT item_id, (SELECT sum(e.price) FROM ("
                + JOIN
                + ") e WHERE e.item_id ="
                + " o.item_id) FROM prices o WHERE o.price = 400"),
        List.of("[item_1,600.0]"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itsResultIsJoinedGroupedAndWindowedAgain(boolean adaptive) {
    setAdaptive(adaptive);
    for (String threshold : List.of("64MB", "0")) {
      spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
      Dataset<Row> result =
          spark.sql(
              "WITH e AS ("
                  + JOIN
                  + ") SELECT e.user_id, e.item_count, sum(e.item_count * e.price) OVER (PARTITION"
                  + " BY e.user_id ORDER BY e.ts RANGE BETWEEN INTERVAL 2 MINUTES PRECEDING AND"
                  + " CURRENT ROW), n.c FROM e JOIN (SELECT user_id, count(*) c FROM e GROUP BY"
                  + " user_id) n ON e.user_id = n.user_id");
      assertAsOf(
          result,
          List.of(
              "[user_1,1,100.0,4]",
              "[user_1,2,500.0,4]",
              "[user_1,3,1100.0,4]",
              "[user_1,2,1200.0,4]",
              "[user_2,1,300.0,1]"),
          threshold.equals("0") ? "HashedAsOfJoin" : "BroadcastAsOfJoin");
      assertThat(ExecutedPlan.of(result).operators(StreamingWindowExec.class)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void servesQueriesThatUseFewOfItsColumns(boolean adaptive) {
    setAdaptive(adaptive);
    String inner = JOIN.replace("LEFT JOIN", "JOIN");
    assertAsOf(spark.sql("SELECT count(*) FROM (" + inner + ")"), List.of("[5]"));
    assertAsOf(
        spark.sql("SELECT item_count FROM (" + JOIN + ") WHERE price = 200"),
        List.of("[2]", "[3]"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reusesTheBroadcastOfEqualRightSides(boolean adaptive) {
    setAdaptive(adaptive);
    Dataset<Row> twice =
        spark.sql(
            "SELECT p.item_id, a.price, b.price FROM purchases p"
                + " LEFT JOIN prices a ON p.item_id = a.item_id AND asof(p.ts >= a.ts)"
                + " LEFT JOIN prices b ON p.item_id = b.item_id AND asof(p.ts > b.ts)");
    assertThat(twice.collectAsList()).hasSize(5);
    assertThat(ExecutedPlan.of(twice).toString()).contains("ReusedExchange");
  }

  private List<String> rows(String query) {
    return spark.sql(query).collectAsList().stream().map(Row::toString).toList();
  }
}
