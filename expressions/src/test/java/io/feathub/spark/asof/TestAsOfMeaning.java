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

import static io.feathub.spark.asof.PurchasesAndPrices.JOIN;
import static io.feathub.spark.asof.PurchasesAndPrices.assertAsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which right row an as-of join takes, and what becomes of left rows that have none. */
class TestAsOfMeaning {
  private SparkSession spark;

  @BeforeEach
  void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
  }

  @ParameterizedTest
  @ValueSource(strings = {">", "<=", "<"})
  void looksInTheDirectionOfTheComparison(String operator) {
    String query =
        "SELECT p.item_count, r.price FROM purchases p JOIN prices r"
            + " ON p.item_id = r.item_id AND asof(p.ts "
            + operator
            + " r.ts)";
    List<String> expected =
        operator.equals(">")
            ? List.of("[2,200.0]", "[3,200.0]", "[1,300.0]", "[2,300.0]")
            : List.of("[1,400.0]", "[3,300.0]", operator.equals("<") ? "[1,200.0]" : "[1,100.0]");
    assertAsOf(spark.sql(query), expected);
    assertAsOf(
        spark.sql(
            query.replace("p.ts " + operator + " r.ts", "r.ts " + mirrored(operator) + " p.ts")),
        expected);
  }

  @ParameterizedTest
  @CsvSource({"64MB, BroadcastAsOfJoin", "0, HashedAsOfJoin"})
  void keepsDuplicatesAndRowsWithNullKeysOrTimes(String threshold, String operatorName) {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
    String left =
        "(VALUES ('a', 5L, 1), ('a', 5L, 1), (NULL, 5L, 2), ('a', CAST(NULL AS BIGINT), 3),"
            + " ('b', 5L, 4)) l(k, t, v)";
    String right = "(VALUES ('a', 5L, 10), (NULL, 1L, 20), ('a', NULL, 30)) r(k, t, v)";
    String join = " JOIN " + right + " ON l.k = r.k AND asof(l.t >= r.t)";
    assertAsOf(
        spark.sql("SELECT l.v, r.v FROM " + left + " LEFT" + join),
        List.of("[1,10]", "[1,10]", "[2,null]", "[3,null]", "[4,null]"),
        operatorName);
    assertAsOf(
        spark.sql("SELECT l.v, r.v FROM " + left + join),
        List.of("[1,10]", "[1,10]"),
        operatorName);
  }

  @ParameterizedTest
  @CsvSource({"64MB, BroadcastAsOfJoin", "0, HashedAsOfJoin"})
  void joinsOnExpressionsAndSeveralKeys(String threshold, String operatorName) {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
    assertAsOf(
        spark.sql(
            "SELECT l.v, r.v FROM (VALUES ('A', 1, 5, 1), ('b', 2, 9, 2)) l(k, n, t, v)"
                + " LEFT JOIN (VALUES ('a', 1L, 3L, 10), ('B', 2L, 7L, 20)) r(k, n, t, v)"
                + " ON lower(l.k) = lower(r.k) AND l.n = r.n AND asof(l.t - 1 >= r.t)"),
        List.of("[1,10]", "[2,20]"),
        operatorName);
  }

  @ParameterizedTest
  @CsvSource({"64MB, BroadcastAsOfJoin", "0, HashedAsOfJoin"})
  void treatsZeroesAndNotANumbersAsOneKeyEach(String threshold, String operatorName) {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
    assertAsOf(
        spark.sql(
            "SELECT l.v, r.v FROM (VALUES (0.0D, 5, 1), (double('NaN'), 5, 2)) l(k, t, v)"
                + " LEFT JOIN (VALUES (-0.0D, 3, 10), (double('NaN'), 3, 20)) r(k, t, v)"
                + " ON l.k = r.k AND asof(l.t >= r.t)"),
        List.of("[1,10]", "[2,20]"),
        operatorName);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void takesTheGreatestOfEqualRowsWhateverTheirOrder(int partitions) {
    Dataset<Row> left = spark.sql("SELECT 'a' k, 5L t");
    Dataset<Row> right =
        spark.sql(
            "SELECT * FROM VALUES ('a', 5L, 2, 'x'), ('a', 5L, NULL, 'z'), ('a', 5L, 2, 'y'),"
                + " ('a', 5L, 1, 'z') AS r(k, t, v, w)");
    for (String threshold : List.of("64MB", "0")) {
      spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
      for (String order : List.of("w", "v", "w || v")) {
        Dataset<Row> shuffled = right.repartition(partitions).orderBy(functions.expr(order));
        assertAsOf(
            left.alias("l")
                .join(shuffled.alias("r"), functions.expr("l.k = r.k AND asof(l.t >= r.t)"), "left")
                .selectExpr("r.v", "r.w"),
            List.of("[2,y]"),
            threshold.equals("0") ? "HashedAsOfJoin" : "BroadcastAsOfJoin");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"64MB, BroadcastAsOfJoin", "0, HashedAsOfJoin"})
  void countsMatchesAndTies(String threshold, String operatorName) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.asOf.broadcastThreshold", threshold),
        () -> {
          Dataset<Row> result =
              spark.sql(
                  "SELECT l.v, r.v FROM (VALUES ('a', 5, 1), ('b', 5, 2)) l(k, t, v) LEFT JOIN"
                      + " (VALUES ('a', 3, 10), ('a', 3, 20)) r(k, t, v)"
                      + " ON l.k = r.k AND asof(l.t >= r.t)");
          assertAsOf(result, List.of("[1,20]", "[2,null]"), operatorName);
          AsOfJoinExec join = ExecutedPlan.of(result).operators(AsOfJoinExec.class).get(0);
          assertThat(join.longMetric("matched").value()).isEqualTo(1);
          assertThat(join.longMetric("unmatched").value()).isEqualTo(1);
          assertThat(join.longMetric("numOutputRows").value()).isEqualTo(2);
          assertThat(join.longMetric("ties").value()).isEqualTo(1);
          assertThat(join.longMetric("peakState").value()).isPositive();
        });
  }

  /** In a branch of a union there is no task of number 0. */
  @ParameterizedTest
  @CsvSource({"64MB, BroadcastAsOfJoin", "0, HashedAsOfJoin"})
  void countsPairsThatItSpares(String threshold, String operatorName) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.asOf.broadcastThreshold", threshold),
        () -> {
          Dataset<Row> result =
              spark.sql(
                  "SELECT id v FROM range(2) UNION ALL"
                      + " SELECT r.v FROM (VALUES ('a', 5), ('a', 2)) l(k, t) LEFT JOIN"
                      + " (VALUES ('a', 1, 10), ('a', 2, 20), ('a', 3, 30)) r(k, t, v)"
                      + " ON l.k = r.k AND asof(l.t >= r.t)");
          assertAsOf(result, List.of("[0]", "[1]", "[20]", "[30]"), operatorName);
          AsOfJoinExec join = ExecutedPlan.of(result).operators(AsOfJoinExec.class).get(0);
          assertThat(join.longMetric("pairsAvoided").value()).isEqualTo(4);
          assertThat(join.longMetric("peakState").value()).isPositive();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void emptySidesAreFine(boolean adaptive) {
    setAdaptive(adaptive);
    for (String threshold : List.of("64MB", "0")) {
      spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
      assertThat(
              spark
                  .sql(
                      JOIN.replace("prices r", "(SELECT * FROM prices WHERE price < rand() - 1) r"))
                  .filter("price IS NULL")
                  .count())
          .isEqualTo(5);
      assertThat(
              spark
                  .sql(
                      JOIN.replace(
                          "purchases p",
                          "(SELECT * FROM purchases WHERE item_count < rand() - 9) p"))
                  .count())
          .isZero();
    }
  }

  private static String mirrored(String operator) {
    return operator.startsWith(">") ? operator.replace('>', '<') : operator.replace('<', '>');
  }

  private void setAdaptive(boolean adaptive) {
    spark.conf().set("spark.sql.adaptive.enabled", adaptive);
  }
}
