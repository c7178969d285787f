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
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The purchases and prices of the example, and the check that a query over them is an as-of join.
 */
final class PurchasesAndPrices {
  static final String JOIN =
      "SELECT p.*, r.price FROM purchases p LEFT JOIN prices r"
          + " ON p.item_id = r.item_id AND asof(p.ts >= r.ts)";

  /** The rows of {@link #JOIN}. */
  static final List<String> ENRICHED =
      List.of(
          "[user_1,item_1,1,2022-01-01T00:00:00Z,100.0]",
          "[user_1,item_2,2,2022-01-01T00:01:00Z,200.0]",
          "[user_1,item_1,3,2022-01-01T00:02:00Z,200.0]",
          "[user_2,item_1,1,2022-01-01T00:03:00Z,300.0]",
          "[user_1,item_3,2,2022-01-01T00:04:00Z,300.0]");

  private PurchasesAndPrices() {}

  static void createViews(SparkSession spark) {
    // Instants, so that rows read the same in every time zone of the JVM.
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    spark
        .sql(
            "SELECT user_id, item_id, item_count, CAST(ts AS TIMESTAMP) ts FROM VALUES"
                + " ('user_1', 'item_1', 1, '2022-01-01 00:00:00'),"
                + " ('user_1', 'item_2', 2, '2022-01-01 00:01:00'),"
                + " ('user_1', 'item_1', 3, '2022-01-01 00:02:00'),"
                + " ('user_2', 'item_1', 1, '2022-01-01 00:03:00'),"
                + " ('user_1', 'item_3', 2, '2022-01-01 00:04:00')"
                + " AS t(user_id, item_id, item_count, ts)")
        .createOrReplaceTempView("purchases");
    spark
        .sql(
            "SELECT item_id, CAST(price AS DOUBLE) price, CAST(ts AS TIMESTAMP) ts FROM VALUES"
                + " ('item_1', 100, '2022-01-01 00:00:00'),"
                + " ('item_2', 200, '2022-01-01 00:00:00'),"
                + " ('item_3', 300, '2022-01-01 00:00:00'),"
                + " ('item_1', 200, '2022-01-01 00:01:30'),"
                + " ('item_1', 300, '2022-01-01 00:02:30'),"
                + " ('item_1', 400, '2022-01-01 00:03:30')"
                + " AS t(item_id, price, ts)")
        .createOrReplaceTempView("prices");
  }

  /** Of a join whose right side is small, as those of these rows are. */
  static void assertAsOf(Dataset<Row> result, List<String> expected) {
    assertAsOf(result, expected, "BroadcastAsOfJoin");
  }

  /** Fails unless each as-of join runs by the operator of that name. */
  static void assertAsOf(Dataset<Row> result, List<String> expected, String operatorName) {
    assertThat(result.collectAsList())
        .map(Row::toString)
        .containsExactlyInAnyOrderElementsOf(expected);
    ExecutedPlan plan = ExecutedPlan.of(result);
    assertThat(plan.operators(AsOfJoinExec.class))
        .as(plan.toString())
        .extracting(AsOfJoinExec::nodeName)
        .isNotEmpty()
        .containsOnly(operatorName);
    assertThat(plan.meetsItsRequirements()).isTrue();
  }
}
