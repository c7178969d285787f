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
import io.feathub.spark.testing.GoldenPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plans of the main queries, as approved. */
class TestAsOfPlans {
  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
  }

  @BeforeEach
  void setDefaults() {
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "64MB");
  }

  @Test
  void broadcast() {
    GoldenPlan.check(getClass(), "broadcast", spark.sql(PurchasesAndPrices.JOIN));
  }

  @Test
  void shuffled() {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    GoldenPlan.check(getClass(), "shuffled", spark.sql(PurchasesAndPrices.JOIN));
  }

  /** The left rows are shuffled once for all three, and none of the plans sorts anything. */
  @Test
  void severalJoinsOnTheSameKeysShareOneExchange() {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    Dataset<Row> joined =
        spark.sql(
            "SELECT p.*, a.price, b.price later, c.price nearest FROM purchases p"
                + " LEFT JOIN prices a ON p.item_id = a.item_id AND asof(p.ts >= a.ts)"
                + " LEFT JOIN prices b ON p.item_id = b.item_id AND asof(p.ts < b.ts)"
                + " LEFT JOIN prices c ON p.item_id = c.item_id AND asof_nearest(p.ts, c.ts)");

    ExecutedPlan plan = ExecutedPlan.of(joined);
    assertThat(plan.operators(SortExec.class)).isEmpty();
    GoldenPlan.check(getClass(), "shared-exchange", joined);
  }

  @Test
  void computedKeysAndUnusedColumns() {
    GoldenPlan.check(
        getClass(),
        "computed-keys",
        spark.sql(
            "SELECT p.item_count, r.price FROM purchases p JOIN prices r"
                + " ON lower(p.item_id) = lower(r.item_id) AND asof(p.ts > r.ts)"));
  }

  /** What the line of the join says of further clauses, by the name of the plan. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tolerance-and-tie-break | asof(p.ts >= r.ts, INTERVAL 7 DAYS, r.price)
          tolerance-of-hours      | asof(p.ts <= r.ts, INTERVAL '1 12' DAY TO HOUR)
          tolerance-of-dates      | asof(CAST(p.ts AS DATE) > CAST(r.ts AS DATE), INTERVAL 1 DAY)
          tolerance-of-decimals   | asof(p.item_count * 1.25 < CAST(r.price AS DECIMAL(9, 2)), 0.50)
          tolerance-of-doubles    | asof(CAST(p.item_count AS DOUBLE) >= r.price, 0.1D)
          nearest                 | asof_nearest(p.ts, r.ts, INTERVAL 90 SECONDS)
          pair-condition          | asof(p.ts >= r.ts) AND p.item_count * 100 < r.price
          """)
  void furtherClauses(String name, String condition) {
    GoldenPlan.check(
        getClass(),
        name,
        spark.sql(
            "SELECT p.user_id, r.price FROM purchases p LEFT JOIN prices r"
                + " ON p.item_id = r.item_id AND "
                + condition));
  }

  @Test
  void closerThanATolerance() {
    Dataset<Row> purchases = spark.table("purchases");
    Dataset<Row> prices = spark.table("prices");
    GoldenPlan.check(
        getClass(),
        "closer-than",
        ((org.apache.spark.sql.classic.Dataset<Row>) purchases)
            .joinAsOf(
                (org.apache.spark.sql.classic.Dataset<Row>) prices,
                purchases.col("ts"),
                prices.col("ts"),
                purchases.col("item_id").equalTo(prices.col("item_id")),
                "inner",
                functions.expr("INTERVAL 1 HOUR"),
                false,
                "nearest"));
  }

  @Test
  void leftRowsWithoutAMatch() {
    GoldenPlan.check(
        getClass(),
        "anti",
        spark.sql(
            "SELECT * FROM purchases p LEFT ANTI JOIN prices r"
                + " ON p.item_id <=> r.item_id AND asof(p.ts > r.ts)"));
  }

  @Test
  void merged() {
    GoldenPlan.check(
        getClass(),
        "merged",
        spark.sql(PurchasesAndPrices.JOIN.replace("SELECT", "SELECT /*+ MERGE(r) */")));
  }

  @Test
  void keyOrdered() {
    for (String view : List.of("purchases", "prices")) {
      Dataset<Row> rows = spark.table(view);
      rows.repartition(rows.col("item_id"))
          .sortWithinPartitions("item_id", "ts")
          .createOrReplaceTempView("ordered_" + view);
    }
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    GoldenPlan.check(
        getClass(),
        "key-ordered",
        spark.sql(
            PurchasesAndPrices.JOIN
                .replace("purchases p", "ordered_purchases p")
                .replace("prices r", "ordered_prices r")));
  }

  @ParameterizedTest
  @CsvSource({"broadcast-without-keys, 64MB", "ranges-of-time, 0"})
  void withoutKeys(String name, String broadcastThreshold) {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", broadcastThreshold);
    GoldenPlan.check(
        getClass(),
        name,
        spark.sql(
            "SELECT p.user_id, r.price FROM purchases p LEFT JOIN prices r"
                + " ON asof(p.ts >= r.ts)"));
  }

  /** One task for all rows. */
  @Test
  void withoutKeysAndWithoutRanges() {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    GoldenPlan.check(
        getClass(),
        "one-task",
        spark.sql(
            "SELECT p.user_id, r.price FROM purchases p JOIN prices r"
                + " ON asof(p.ts >= r.ts) AND p.item_count < r.price"));
  }

  @Test
  void switchedOff() {
    spark.conf().set("spark.sql.feathub.asOf.enabled", "false");
    try {
      GoldenPlan.check(getClass(), "switched-off", spark.sql(PurchasesAndPrices.JOIN));
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  @Test
  void aBroadcastJoinKeepsTheLeftOrderAndPartitioning() {
    Dataset<Row> left =
        spark.table("purchases").repartition(spark.table("purchases").col("user_id"));
    left.sortWithinPartitions("user_id", "ts").createOrReplaceTempView("sorted_purchases");

    Dataset<Row> aggregated =
        spark.sql(
            "SELECT user_id, ts, price, sum(price) OVER (PARTITION BY user_id ORDER BY ts) s FROM ("
                + PurchasesAndPrices.JOIN.replace("purchases p", "sorted_purchases p")
                + ")");

    ExecutedPlan plan = ExecutedPlan.of(aggregated);
    assertThat(plan.operators(ShuffleExchangeExec.class)).as(plan.toString()).hasSize(1);
    assertThat(plan.operators(SortExec.class)).as(plan.toString()).hasSize(1);
    GoldenPlan.check(getClass(), "order-kept", aggregated);
  }
}
