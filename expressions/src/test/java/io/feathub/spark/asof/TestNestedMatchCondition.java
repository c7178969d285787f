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
import static io.feathub.spark.asof.PurchasesAndPrices.assertAsOf;
import static io.feathub.spark.asof.TestMatchCondition.ON;
import static io.feathub.spark.asof.TestMatchCondition.USING;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ASOF JOIN .. MATCH_CONDITION} inside views, other joins, subqueries and texts. */
class TestNestedMatchCondition {
  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
  }

  @ParameterizedTest
  @ValueSource(strings = {ON, USING})
  void worksInStoredViewsThatAnotherSessionReads(String join, @TempDir Path directory) {
    spark.sql("CREATE DATABASE stored LOCATION '" + directory.toUri() + "'");
    try {
      for (String table : List.of("purchases", "prices")) {
        spark.sql("CREATE TABLE stored.%1$s USING parquet AS TABLE %1$s".formatted(table));
      }
      spark.sql(
          "CREATE VIEW stored.enriched AS SELECT p.user_id, p.item_id, item_count, p.ts, price FROM"
              + " "
              + join.replace("purchases p", "stored.purchases p")
                  .replace("prices r", "stored.prices r"));

      SparkSession other = spark.newSession();
      other.conf().set("spark.sql.session.timeZone", "UTC");
      other.conf().set("spark.sql.datetime.java8API.enabled", "true");
      assertAsOf(other.sql("SELECT * FROM stored.enriched"), ENRICHED);
      assertAsOf(
          other.sql(
              "SELECT x.item_count, x.price, y.price FROM stored.enriched x JOIN stored.enriched y"
                  + " ON x.item_id = y.item_id AND x.ts > y.ts"),
          List.of("[3,200.0,100.0]", "[1,300.0,100.0]", "[1,300.0,200.0]"));
    } finally {
      spark.sql("DROP DATABASE stored CASCADE");
    }
  }

  @Test
  void joinsWithAJoinInParentheses() {
    spark.conf().set("spark.sql.feathub.asOf.form", "hashed");
    Dataset<Row> joined =
        spark.sql(
            "SELECT p.item_count, a.price, b.price FROM purchases p LEFT ASOF JOIN (prices a"
                + " LEFT ASOF JOIN prices b MATCH_CONDITION (a.ts > b.ts)"
                + " ON a.item_id = b.item_id)"
                + " MATCH_CONDITION (p.ts >= a.ts) ON p.item_id = a.item_id");
    assertAsOf(
        joined,
        List.of(
            "[1,100.0,null]",
            "[2,200.0,null]",
            "[3,200.0,100.0]",
            "[1,300.0,200.0]",
            "[2,300.0,null]"),
        "HashedAsOfJoin");
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class)).hasSize(2);
  }

  /** All prices but one were paid. */
  @ParameterizedTest
  @CsvSource({"EXISTS, 100.0 200.0 200.0 300.0 300.0", "NOT EXISTS, 400.0"})
  void standsInASubqueryThatReadsTheOuterRow(String exists, String prices) {
    assertAsOf(
        spark.sql(
            "SELECT price FROM prices o WHERE "
                + exists
                + " (SELECT 1 FROM "
                + USING
                + " WHERE p.item_id = o.item_id AND r.price = o.price)"),
        Stream.of(prices.split(" ", -1)).map(price -> "[" + price + "]").toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {ON, USING})
  void standsInTextThatIsExecuted(String join) {
    String text =
        "SELECT p.user_id, p.item_id, item_count, p.ts, price FROM " + join + " WHERE item_count ";
    spark.sql("DECLARE OR REPLACE query = '" + text + "> 0'");
    for (String execution : List.of("'" + text + "< ?' USING 100", "query")) {
      assertThat(spark.sql("EXECUTE IMMEDIATE " + execution).collectAsList())
          .map(Row::toString)
          .containsExactlyInAnyOrderElementsOf(ENRICHED);
    }
  }
}
