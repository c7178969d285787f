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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
