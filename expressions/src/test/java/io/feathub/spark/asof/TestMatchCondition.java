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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ASOF JOIN .. MATCH_CONDITION}, the grammar that Spark 4.3 has. */
class TestMatchCondition {
  static final String ON =
      "purchases p LEFT ASOF JOIN prices r MATCH_CONDITION (p.ts >= r.ts) ON p.item_id = r.item_id";
  static final String USING =
      "purchases p LEFT ASOF JOIN prices r MATCH_CONDITION (p.ts >= r.ts) USING (item_id)";

  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p.*, r.price FROM " + ON,
        "SELECT p.user_id, p.item_id, item_count, p.ts, price FROM " + USING,
        "WITH p AS (SELECT * FROM purchases) SELECT p.*, price FROM p LEFT OUTER ASOF JOIN prices r"
            + " MATCH_CONDITION (p.ts >= r.ts) ON p.item_id = r.item_id",
        "SELECT * FROM (SELECT p.*, price FROM " + ON + ") WHERE item_count > 0",
        "SELECT p.*, r.price FROM purchases p ASOF JOIN prices r MATCH_CONDITION (p.ts >= r.ts) ON"
            + " p.item_id = r.item_id",
        "WITH e AS (SELECT p.user_id, p.item_id, item_count, p.ts, price FROM "
            + USING
            + ") SELECT * FROM e WHERE ts IN (SELECT ts FROM e)",
        "SELECT p.*, (SELECT max(q.price) FROM prices q WHERE q.price = r.price) price FROM " + ON
      })
  void joinsLikeAsOf(String query) {
    assertAsOf(spark.sql(query), ENRICHED);
  }

  @Test
  void keepsOneColumnOfUsing() {
    assertThat(spark.sql("SELECT * FROM " + USING).columns())
        .containsExactly("item_id", "user_id", "item_count", "ts", "price", "ts");
    assertThat(spark.sql("SELECT p.item_id, r.item_id FROM " + USING).columns()).hasSize(2);
    assertThat(spark.sql("SELECT item_id FROM " + USING).collectAsList()).hasSize(5);
  }

  /** Of a left row without a match the right column is null, and the one of both is the left's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LEFT | k   | a,a,a a,a,a b,b,b c,c,null null,null,null
          ''   | k   | a,a,a a,a,a b,b,b
          LEFT | k,n | a,a,a,1,1,1 a,a,null,2,2,null b,b,null,1,1,null c,c,null,1,1,null \
          null,null,null,1,1,null
          ''   | n,k | 1,1,1,a,a,a
          """)
  void aColumnOfUsingHasTheValueOfItsSide(String kind, String using, String expected) {
    String columns =
        Stream.of(using.split(",", -1))
            .map(column -> "%1$s, l.%1$s, r.%1$s".formatted(column))
            .collect(Collectors.joining(", "));
    Dataset<Row> joined =
        AgainstSpark.assertSameRows(
            spark,
            "SELECT "
                + columns
                + " FROM (VALUES ('a', 1, 5), ('a', 2, 5), ('b', 1, 5), ('c', 1, 5), (NULL, 1, 5))"
                + " l(k, n, t) "
                + kind
                + " ASOF JOIN (VALUES ('a', 1, 3), ('a', 1, 9), ('b', 2, 1), (NULL, 1, 1))"
                + " r(k, n, t) MATCH_CONDITION (l.t >= r.t) USING ("
                + using
                + ")");
    assertThat(joined.collectAsList())
        .map(row -> row.mkString(","))
        .containsExactlyInAnyOrder(expected.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"l.s >= r.s", "(l.s.t, l.s.n) >= (r.s.t, r.s.n)", "r.s <= l.s"})
  void comparesStructs(String comparison) {
    assertAsOf(
        AgainstSpark.assertSameRows(
            spark,
            "SELECT l.v, r.v FROM (SELECT v, named_struct('t', t, 'n', n) s FROM VALUES"
                + " (1, 5, 1), (2, 5, 2), (3, 4, 9) AS x(v, t, n)) l"
                + " LEFT ASOF JOIN (SELECT v, named_struct('t', t, 'n', n) s FROM VALUES"
                + " (10, 5, 0), (20, 5, 2), (30, 4, 10) AS x(v, t, n)) r"
                + " MATCH_CONDITION ("
                + comparison
                + ")"),
        List.of("[1,10]", "[2,20]", "[3,null]"));
  }

  @Test
  void namesAColumnOfUsingThatIsNotThere() {
    assertThatThrownBy(() -> spark.sql("SELECT * FROM " + USING.replace("(item_id)", "(item)")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("UNRESOLVED_USING_COLUMN_FOR_JOIN");
  }

  @Test
  void joinsARelationWithItselfAndChains() {
    assertAsOf(
        spark.sql(
            "SELECT a.ts, b.price, c.price FROM prices a"
                + " LEFT ASOF JOIN prices b MATCH_CONDITION (a.ts > b.ts) USING (item_id)"
                + " LEFT ASOF JOIN prices c MATCH_CONDITION (b.ts > c.ts) ON a.item_id = c.item_id"
                + " WHERE a.item_id = 'item_1'"),
        List.of(
            "[2022-01-01T00:00:00Z,null,null]",
            "[2022-01-01T00:01:30Z,100.0,null]",
            "[2022-01-01T00:02:30Z,200.0,100.0]",
            "[2022-01-01T00:03:30Z,300.0,200.0]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ON, USING})
  void worksInTemporaryViewsThatAreJoinedWithThemselves(String join) {
    spark.sql(
        "CREATE OR REPLACE TEMPORARY VIEW enriched AS SELECT p.user_id, p.item_id, item_count,"
            + " p.ts, price FROM "
            + join);
    assertAsOf(spark.sql("SELECT * FROM enriched"), ENRICHED);
    assertThat(
            spark
                .sql(
                    "SELECT x.price, y.price FROM enriched x JOIN enriched y ON x.ts = y.ts AND"
                        + " x.item_id = y.item_id")
                .collectAsList())
        .hasSize(5)
        .allMatch(row -> row.get(0).equals(row.get(1)));
  }

  @Test
  void takesParameters() {
    assertAsOf(
        spark.sql(
            "SELECT p.*, r.price FROM " + ON + " WHERE item_count < :most", Map.of("most", 100)),
        ENRICHED);
  }

  @Test
  void takesFurtherConditions() {
    assertAsOf(
        spark.sql(
            "SELECT p.ts, r.price FROM "
                + ON
                + " AND r.price <> 200 OR false WHERE p.item_id ="
                + " 'item_1'"),
        List.of(
            "[2022-01-01T00:00:00Z,100.0]",
            "[2022-01-01T00:02:00Z,100.0]",
            "[2022-01-01T00:03:00Z,300.0]"));
  }

  @Test
  void refusesOtherConditionsThanComparisons() {
    assertThatThrownBy(
            () -> spark.sql("SELECT * FROM " + ON.replace("p.ts >= r.ts", "p.ts = r.ts")))
        .hasMessageContaining("[FEATHUB_AS_OF_COMPARISON]");
    assertThatThrownBy(
            () ->
                spark.sql(
                    "SELECT * FROM " + ON.replace("p.ts >= r.ts", "p.ts >= r.ts, INTERVAL 1 DAY")))
        .hasMessageContaining("[FEATHUB_AS_OF_MATCH_CONDITION]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH_CONDITION (p.ts >= r.tz) ON p.item_id = r.item_id",
        "MATCH_CONDITION (p.ts >= r.ts) ON p.item_id = r.item_ID AND r.tz = 1",
        "MATCH_CONDITION (p.ts >= r.ts) ON p.item_id = r.item_id WHERE r.tz = 1",
        "MATCH_CONDITION (p.ts >= r.ts)\n  ON p.item_id = r.item_id AND r.tz = 1",
      })
  void namesThePlaceInTheTextAsItWasWritten(String join) {
    String sql = "SELECT *\nFROM purchases p LEFT ASOF JOIN prices r " + join;
    int place = sql.indexOf("r.tz");
    String before = sql.substring(0, place);
    assertThatThrownBy(() -> spark.sql(sql))
        .isInstanceOfSatisfying(
            AnalysisException.class,
            error -> {
              assertThat(error.line().get()).isEqualTo((int) before.lines().count());
              assertThat(error.startPosition().get())
                  .isEqualTo(place - before.lastIndexOf('\n') - 1);
            });
  }

  @Test
  void showsTheTextAsItWasWritten() {
    String sql = "SELECT * FROM " + ON + " WHERE ) ";
    assertThatThrownBy(() -> spark.sql(sql)).hasMessageContaining(sql);
  }

  @Test
  void isUnderstoodInTheTextOfAnExpression() {
    Dataset<Row> purchases = spark.table("purchases");
    assertThat(
            purchases
                .filter(
                    "item_count IN (SELECT p.item_count FROM " + ON + " WHERE p.item_count = 1)")
                .collectAsList())
        .hasSameElementsAs(purchases.filter("item_count = 1").collectAsList());
    assertThatThrownBy(
            () ->
                purchases.filter(
                    "ts IN (SELECT p.ts FROM purchases p ASOF JOIN prices USING (item_id))"))
        .hasMessageContaining("[FEATHUB_AS_OF_ALIAS]");
  }

  @Test
  void refusesAnAliasByAccident() {
    assertThatThrownBy(() -> spark.sql("SELECT * FROM purchases ASOF JOIN prices USING (item_id)"))
        .hasMessageContaining("[FEATHUB_AS_OF_ALIAS]");
  }
}
