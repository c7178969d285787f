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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.joins.BroadcastHashJoinExec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The as-of join among Spark's other rules: adaptive execution, hints, session keys, pruning. */
class TestAsOfPlanning {
  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
  }

  @ParameterizedTest
  @CsvSource({"BROADCAST, BroadcastAsOfJoin", "SHUFFLE_HASH, HashedAsOfJoin"})
  void letsAdaptiveExecutionReplanTheRestOfTheQuery(String hint, String operatorName) {
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", "200KB");
    spark
        .sql(
            "SELECT id, 'item_1' item_id, TIMESTAMP '2022-01-01 00:02:00' ts FROM range(0, 200000)")
        .createOrReplaceTempView("many");
    Dataset<Row> result =
        spark.sql(
            "SELECT /*+ "
                + hint
                + "(r) */ p.u, r.price FROM (SELECT q.*, y.u FROM many q JOIN (SELECT id, max(u) u"
                + " FROM (SELECT id, concat('name', id) u FROM range(0, 300000)) WHERE u LIKE"
                + " '%1999%' GROUP BY id HAVING max(u) = 'name1999') y ON q.id = y.id) p LEFT JOIN"
                + " prices r ON p.item_id = r.item_id AND asof(p.ts >= r.ts)");

    PurchasesAndPrices.assertAsOf(result, List.of("[name1999,200.0]"), operatorName);
    ExecutedPlan plan = ExecutedPlan.of(result);
    assertThat(plan.operators(BroadcastHashJoinExec.class))
        .as("the join below became a broadcast join by its size at run time:%n%s", plan)
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"merge, broadcast, BroadcastAsOfJoin", "broadcast, merge, MergedAsOfJoin"})
  void takesTheOutermostOfSeveralHints(String inner, String outer, String operatorName) {
    spark.table("prices").hint(inner).hint(outer).createOrReplaceTempView("prices");
    Dataset<Row> result = spark.sql(PurchasesAndPrices.JOIN);

    PurchasesAndPrices.assertAsOf(result, PurchasesAndPrices.ENRICHED, operatorName);
  }

  @Test
  void takesNoNoticeOfAHintForTheLeftSide() {
    PurchasesAndPrices.assertAsOf(
        spark.sql(PurchasesAndPrices.JOIN.replace("SELECT", "SELECT /*+ BROADCAST(p) */")),
        PurchasesAndPrices.ENRICHED);
  }

  @Test
  void refusesWrongValuesOfItsKeysAtOnce() {
    assertThatThrownBy(
            () -> spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "banana"))
        .hasMessageContaining("spark.sql.feathub.asOf.broadcastThreshold");
    assertThatThrownBy(() -> spark.sql("SET spark.sql.feathub.asOf.broadcastThreshold=-1"))
        .hasMessageContaining("must not be negative");
  }

  @Test
  void asksItsInputsOnlyForColumnsThatAreUsed() {
    Dataset<Row> result =
        spark.sql("SELECT item_count, price FROM (" + PurchasesAndPrices.JOIN + ")");

    result.collectAsList();
    AsOfJoinExec join = ExecutedPlan.of(result).operators(AsOfJoinExec.class).get(0);
    assertThat(names(join.left().output())).containsExactly("item_id", "item_count", "ts");
    assertThat(names(join.right().output())).containsExactly("item_id", "price", "ts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp(date_format(p.ts, 'yyyy-MM-dd HH:mm:ss')) >= r.ts",
        "CAST(date_format(p.ts, 'yyyy-MM-dd HH:mm:ss') AS TIMESTAMP) >= r.ts",
        "date_format(p.ts, 'yyyy-MM-dd HH:mm:ss')::timestamp >= r.ts",
        "to_timestamp(date_format(p.ts, 'yyyy-MM-dd HH:mm:ss')) >= r.ts"
      })
  void takesTextThatTheUserTurnsIntoTimes(String comparison) {
    PurchasesAndPrices.assertAsOf(
        spark.sql(PurchasesAndPrices.JOIN.replace("p.ts >= r.ts", comparison)),
        PurchasesAndPrices.ENRICHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 k, 3 t, (CASE WHEN id % 2 = 1 THEN 'A' ELSE 'a' END) COLLATE UTF8_LCASE m FROM"
            + " range(0, 10, 1, 3)",
        "SELECT /*+ REPARTITION(3) */ 1 k, 3 t, map('a', (id * 7) % 10) m FROM range(10)",
        "SELECT * FROM VALUES (1, 3, 0.0D), (1, 3, -0.0D) AS r (k, t, m)",
        "SELECT * FROM VALUES (1, 3, -0.0D), (1, 3, 0.0D) AS r (k, t, m)"
      })
  void breaksTiesOfEqualOrUnorderableColumnsAlikeWhenSwitchedOff(String right) {
    String query =
        "SELECT r.m FROM (SELECT 1 k, 5 t) l LEFT JOIN ("
            + right
            + ") r"
            + " ON l.k = r.k AND asof(l.t >= r.t)";
    List<Row> on = spark.sql(query).collectAsList();
    spark.conf().set("spark.sql.feathub.asOf.enabled", "false");
    assertThat(spark.sql(query).collectAsList().toString()).isEqualTo(on.toString());
  }

  @Test
  void readsAStoredView() {
    spark.sql("CREATE TABLE stored_purchases USING parquet AS TABLE purchases");
    spark.sql("CREATE TABLE stored_prices USING parquet AS TABLE prices");
    try {
      spark.sql(
          "CREATE OR REPLACE VIEW stored_view AS "
              + PurchasesAndPrices.JOIN
                  .replace("purchases p", "stored_purchases p")
                  .replace("prices r", "stored_prices r"));
      PurchasesAndPrices.assertAsOf(
          spark.sql("SELECT * FROM stored_view"), PurchasesAndPrices.ENRICHED);
    } finally {
      spark.sql("DROP VIEW IF EXISTS stored_view");
      spark.sql("DROP TABLE IF EXISTS stored_purchases");
      spark.sql("DROP TABLE IF EXISTS stored_prices");
    }
  }

  private static List<String> names(scala.collection.immutable.Seq<Attribute> columns) {
    return ScalaCollections.list(columns).stream().map(Attribute::name).toList();
  }
}
