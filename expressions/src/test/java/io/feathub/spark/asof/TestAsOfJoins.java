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

import static io.feathub.spark.asof.PurchasesAndPrices.assertAsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.asof.AsOfJoins.Strategy;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The as-of join as a DataFrame user writes it. */
class TestAsOfJoins {
  private SparkSession spark;
  private Dataset<Row> purchases;
  private Dataset<Row> prices;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
    purchases = spark.table("purchases");
    prices = spark.table("prices");
  }

  @Test
  void joinsAndKeepsKeysOnceAndSetsOtherNamesApart() {
    Dataset<Row> joined =
        AsOfJoins.join(purchases, prices).on("item_id").leftTime("ts").rightTime("ts").toDataset();

    assertThat(joined.columns())
        .containsExactly("user_id", "item_id", "item_count", "ts", "price", "ts_right");
    assertAsOf(joined.drop("ts_right"), PurchasesAndPrices.ENRICHED);
  }

  @Test
  void takesTheSuffixThatIsAskedFor() {
    assertThat(
            AsOfJoins.join(purchases, prices)
                .on("item_id")
                .leftTime("ts")
                .rightTime("ts")
                .suffix("_of_price")
                .toDataset()
                .columns())
        .contains("ts_of_price");
  }

  @Test
  void looksInEachDirection() {
    assertAsOf(found(join("v10", "v12", "v20").strategy(Strategy.BACKWARD)), List.of("[12,v12]"));
    assertAsOf(
        found(join("v10", "v12", "v20").strategy(Strategy.BACKWARD).allowExactMatches(false)),
        List.of("[12,v10]"));
    assertAsOf(found(join("v10", "v13", "v20").strategy(Strategy.FORWARD)), List.of("[12,v13]"));
    assertAsOf(
        found(join("v10", "v12", "v20").strategy(Strategy.FORWARD).allowExactMatches(false)),
        List.of("[12,v20]"));
    assertAsOf(found(join("v9", "v14").strategy(Strategy.NEAREST)), List.of("[12,v14]"));
    assertAsOf(
        found(join("v11", "v12").strategy(Strategy.NEAREST).allowExactMatches(false)),
        List.of("[12,v11]"));
  }

  @Test
  void keepsToTheToleranceOfNumbersAndTimes() {
    assertAsOf(found(join("v10").tolerance(2)), List.of("[12,v10]"));
    assertAsOf(found(join("v10").tolerance(1)), List.of("[12,null]"));
    Dataset<Row> left = spark.sql("SELECT TIMESTAMP '2022-01-01 00:02:00' t, 1 k");
    Dataset<Row> right = spark.sql("SELECT TIMESTAMP '2022-01-01 00:00:00' t, 1 k, 'x' v");
    AsOfJoins.Builder join = AsOfJoins.join(left, right).on("k").leftTime("t").rightTime("t");
    assertAsOf(join.tolerance(Duration.ofMinutes(2)).toDataset().select("v"), List.of("[x]"));
    assertAsOf(join.tolerance(Duration.ofSeconds(119)).toDataset().select("v"), List.of("[null]"));
  }

  @Test
  void keepsOrDropsRowsWithoutAMatch() {
    assertAsOf(found(join("v13")), List.of("[12,null]"));
    assertAsOf(found(join("v13").how("inner")), List.of());
    assertAsOf(join("v10").how("semi").toDataset(), List.of("[1,12]"));
    assertAsOf(join("v10").how("anti").toDataset(), List.of());
    assertAsOf(join("v13").how("anti").toDataset(), List.of("[1,12]"));
  }

  @Test
  void breaksTiesByAColumn() {
    Dataset<Row> left = spark.sql("SELECT 1 k, 12 t");
    Dataset<Row> right =
        spark.sql("SELECT * FROM VALUES (1, 10, 'z', 1), (1, 10, 'a', 2) AS r(k, t, v, seq)");
    assertAsOf(
        AsOfJoins.join(left, right)
            .on("k")
            .leftTime("t")
            .rightTime("t")
            .tieBreak("seq")
            .toDataset()
            .select("v"),
        List.of("[a]"));
  }

  @Test
  void joinsAFrameWithItselfAndWithoutKeysAndWithOddNames() {
    Dataset<Row> odd = spark.sql("SELECT 5 `a.b`, 'x' `select`, 1 `quo``te`");
    assertAsOf(
        AsOfJoins.join(odd, odd).on("select").leftTime("a.b").rightTime("a.b").toDataset(),
        List.of("[5,x,1,5,1]"));
    assertAsOf(
        AsOfJoins.join(odd, odd).leftTime("quo`te").rightTime("quo`te").toDataset(),
        List.of("[5,x,1,5,x,1]"));
  }

  @Test
  void takesAHintOfTheRightSide() {
    Dataset<Row> joined =
        AsOfJoins.join(purchases, prices.hint("shuffle_hash"))
            .on("item_id")
            .leftTime("ts")
            .rightTime("ts")
            .toDataset();
    joined.collectAsList();
    assertThat(ExecutedPlan.of(joined).operators(ShuffledAsOfJoinExec.class)).hasSize(1);
  }

  @Test
  void saysWhatIsMissing() {
    AsOfJoins.Builder join = AsOfJoins.join(purchases, prices).on("item_id");
    assertThatThrownBy(join::toDataset)
        .hasMessageContaining("[FEATHUB_AS_OF_TIME_MISSING]")
        .hasMessageContaining("leftTime");
    assertThatThrownBy(() -> join.leftTime("tz").rightTime("ts").toDataset())
        .hasMessageContaining("[FEATHUB_AS_OF_COLUMN]")
        .hasMessageContaining("no column `tz` on the left side")
        .hasMessageContaining("Did you mean ts?");
    assertThatThrownBy(() -> join.leftTime("ts").on("price").toDataset())
        .hasMessageContaining("no column `price` on the left side");
    assertThatThrownBy(
            () ->
                AsOfJoins.join(purchases, prices)
                    .leftTime("ts")
                    .rightTime("ts")
                    .how("right")
                    .toDataset())
        .hasMessageContaining("[FEATHUB_AS_OF_JOIN_TYPE]");
    SparkSession stock = TestSession.stock();
    assertThatThrownBy(
            () ->
                AsOfJoins.join(stock.sql("SELECT 1 t"), stock.sql("SELECT 1 t"))
                    .leftTime("t")
                    .rightTime("t")
                    .toDataset())
        .hasMessageContaining("[FEATHUB_EXTENSION_MISSING]");
  }

  @Test
  void refusesWhatSaysNothingOrTwoThings() {
    assertThatThrownBy(() -> join("v10").strategy(null))
        .hasMessageContaining("[FEATHUB_AS_OF_NULL]")
        .hasMessageContaining("strategy(null)");
    assertThatThrownBy(() -> join("v10").how(null)).hasMessageContaining("how(null)");
    assertThatThrownBy(() -> join("v10").on((String) null)).hasMessageContaining("on(null)");
    assertThatThrownBy(() -> join("v10").on((String[]) null)).hasMessageContaining("on(null)");
    assertThatThrownBy(() -> AsOfJoins.join(null, null)).hasMessageContaining("join(null)");
    Dataset<Row> left = spark.sql("SELECT 12 t, 'x' t_right");
    Dataset<Row> right = spark.sql("SELECT 10 t");
    assertThatThrownBy(() -> AsOfJoins.join(left, right).leftTime("t").rightTime("t").toDataset())
        .hasMessageContaining("[FEATHUB_AS_OF_OUTPUT]")
        .hasMessageContaining("two columns `t_right`");
    assertThatThrownBy(() -> join("v10").suffix("").toDataset())
        .hasMessageContaining("[FEATHUB_AS_OF_OUTPUT]");
  }

  @Test
  void takesAToleranceLongerThanAllTime() {
    Dataset<Row> left = spark.sql("SELECT TIMESTAMP '2022-01-01 00:02:00' t");
    Dataset<Row> right = spark.sql("SELECT TIMESTAMP '0001-01-01 00:00:00' t, 'x' v");
    assertAsOf(
        AsOfJoins.join(left, right)
            .leftTime("t")
            .rightTime("t")
            .tolerance(Duration.ofSeconds(Long.MAX_VALUE))
            .toDataset()
            .select("v"),
        List.of("[x]"));
  }

  /** A left row of key 1 and time 12, and right rows of which each value names the time. */
  private AsOfJoins.Builder join(String... values) {
    Dataset<Row> right =
        spark
            .createDataset(List.of(values), org.apache.spark.sql.Encoders.STRING())
            .selectExpr("1 AS k", "CAST(substr(value, 2) AS INT) AS t", "value AS v");
    return AsOfJoins.join(spark.sql("SELECT 1 k, 12 t"), right)
        .on("k")
        .leftTime("t")
        .rightTime("t");
  }

  private static Dataset<Row> found(AsOfJoins.Builder join) {
    return join.toDataset().select("t", "v");
  }
}
