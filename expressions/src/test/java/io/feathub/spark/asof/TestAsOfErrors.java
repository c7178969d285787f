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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake gets an error that names it and says what to write instead. */
class TestAsOfErrors {
  private static final String FROM = "SELECT * FROM purchases p LEFT JOIN prices r ON ";

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    PurchasesAndPrices.createViews(spark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          p.item_id = r.item_id OR asof(p.ts >= r.ts) | FEATHUB_AS_OF_MISPLACED | joined to the equality keys by AND
          p.item_id = r.item_id AND NOT asof(p.ts >= r.ts) | FEATHUB_AS_OF_MISPLACED | cannot stand under OR, NOT or CASE
          p.item_id = r.item_id AND (asof(p.ts >= r.ts) OR p.ts = r.ts) | FEATHUB_AS_OF_MISPLACED | asof
          p.item_id = r.item_id AND CASE WHEN asof(p.ts >= r.ts) THEN true END | FEATHUB_AS_OF_MISPLACED | CASE
          p.item_id = r.item_id AND asof(p.ts >= r.ts) AND asof(p.ts > r.ts) | FEATHUB_AS_OF_REPEATED | Chain two joins
          p.item_id = r.item_id AND asof(p.ts = r.ts) | FEATHUB_AS_OF_COMPARISON | Write asof(l.ts >= r.ts)
          p.item_id = r.item_id AND asof(p.ts) | FEATHUB_AS_OF_COMPARISON | found: p.ts
          p.item_id = r.item_id AND asof(true) | FEATHUB_AS_OF_COMPARISON | found: true
          p.item_id = r.item_id AND asof() | FEATHUB_AS_OF_ARGUMENTS | 1 to 3 arguments, found: 0
          p.item_id = r.item_id AND asof_nearest(p.ts) | FEATHUB_AS_OF_ARGUMENTS | 2 to 4 arguments, found: 1
          p.item_id = r.item_id AND asof(p.ts >= p.ts) | FEATHUB_AS_OF_SIDES | Qualify the columns
          p.item_id = r.item_id AND asof(p.item_count + r.price >= r.price) | FEATHUB_AS_OF_SIDES | one operand
          p.item_id = r.item_id AND asof(p.ts >= TIMESTAMP '2022-01-01 00:00:00') | FEATHUB_AS_OF_SIDES | right input
          p.item_id = r.item_id AND asof(date_format(p.ts, 'y') >= r.ts) | FEATHUB_AS_OF_STRING_TIME | to_timestamp
          p.item_id = r.item_id AND asof(p.item_id >= r.item_id, 3) | FEATHUB_AS_OF_DISTANCE | times are of type STRING
          p.item_id = r.item_id AND asof_nearest(p.item_id, r.item_id) | FEATHUB_AS_OF_DISTANCE | no distance
          p.item_id = r.item_id AND asof(p.ts >= r.ts, INTERVAL '-1' DAY) | FEATHUB_AS_OF_TOLERANCE | it is negative
          p.item_id = r.item_id AND asof(p.ts >= r.ts, INTERVAL 1 MONTH) | FEATHUB_AS_OF_TOLERANCE | of days or shorter units
          p.item_id = r.item_id AND asof(p.ts >= r.ts, 7) | FEATHUB_AS_OF_TOLERANCE | such as INTERVAL 7 DAYS
          p.item_id = r.item_id AND asof(p.ts >= r.ts, '7 days') | FEATHUB_AS_OF_TOLERANCE | such as INTERVAL 7 DAYS
          p.item_id = r.item_id AND asof(p.ts >= r.ts, p.ts - r.ts) | FEATHUB_AS_OF_TOLERANCE | it is not a constant
          p.item_id = r.item_id AND asof(DATE(p.ts) >= DATE(r.ts), INTERVAL 36 HOURS) | FEATHUB_AS_OF_TOLERANCE | dates are whole days apart
          p.item_id = r.item_id AND asof(p.item_count >= r.price, INTERVAL 1 DAY) | FEATHUB_AS_OF_TOLERANCE | take a number
          p.item_id = r.item_id AND asof(p.item_count >= r.price, double('NaN')) | FEATHUB_AS_OF_TOLERANCE | not a finite number
          p.item_id = r.item_id AND asof(p.ts >= r.ts, NULL, p.item_count) | FEATHUB_AS_OF_TIE_BREAK | p.item_count cannot be the tie-break
          p.item_id = r.item_id AND asof(p.ts >= r.ts, NULL, map(1, r.price)) | FEATHUB_AS_OF_TIE_BREAK | can be ordered
          p.item_id = r.item_id AND asof(p.ts >= r.ts) AND rand() < 0.5 | INVALID_NON_DETERMINISTIC_EXPRESSIONS | rand()
          p.item_id = r.item_id AND asof(p.ts >= r.ts) AND p.item_count + r.price IN (SELECT 1) | FEATHUB_AS_OF_CONDITION | a subquery
          """)
  void namesWhatIsWrongInTheOnClause(String condition, String error, String text) {
    assertFails(FROM + condition, error, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RIGHT JOIN | FEATHUB_AS_OF_JOIN_TYPE | Swap the two sides
          FULL JOIN | FEATHUB_AS_OF_JOIN_TYPE | LEFT SEMI or LEFT ANTI JOIN
          CROSS JOIN | FEATHUB_AS_OF_JOIN_TYPE | CROSS JOIN cannot
          """)
  void refusesOtherKindsOfJoin(String kind, String error, String text) {
    assertFails(
        "SELECT p.user_id FROM purchases p "
            + kind
            + " prices r"
            + " ON p.item_id = r.item_id AND asof(p.ts >= r.ts)",
        error,
        text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT asof(ts >= ts) FROM purchases
          SELECT asof_nearest(ts, ts) FROM purchases
          SELECT * FROM purchases WHERE asof(ts >= ts)
          SELECT * FROM purchases p, prices r WHERE p.item_id = r.item_id AND asof(p.ts >= r.ts)
          SELECT user_id FROM purchases GROUP BY user_id HAVING asof(max(ts) >= min(ts))
          SELECT * FROM purchases ORDER BY asof(ts >= ts)
          SELECT * FROM purchases p JOIN LATERAL (SELECT * FROM prices) r ON p.item_id = r.item_id AND asof(p.ts >= r.ts)
          SELECT * FROM purchases WHERE item_id IN (SELECT item_id FROM prices WHERE asof(ts >= ts))
          CREATE TEMPORARY VIEW wrong AS SELECT asof(ts >= ts) a FROM purchases
          CREATE TABLE wrong USING parquet AS SELECT asof(ts >= ts) a FROM purchases
          """)
  void refusesAsOfOutsideAnOnClause(String query) {
    assertFails(query, "FEATHUB_AS_OF_MISPLACED", "in the ON clause of a JOIN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT (SELECT max(r.price) FROM purchases p JOIN (SELECT * FROM prices x WHERE x.item_id"
            + " = o.item_id) r ON p.item_id = r.item_id AND asof(p.ts >= r.ts)) FROM prices o",
        "SELECT (SELECT max(r.price) FROM (SELECT * FROM purchases x WHERE x.item_id = o.item_id) p"
            + " LEFT JOIN prices r ON p.item_id = r.item_id AND asof(p.ts >= r.ts)) FROM prices o",
        "SELECT (SELECT max(r.price) FROM purchases p JOIN prices r"
            + " ON p.item_id = o.item_id AND asof(p.ts >= r.ts)) FROM prices o",
        "SELECT (SELECT max(r.price) FROM purchases p JOIN prices r"
            + " ON p.item_id = r.item_id AND r.price < o.price AND asof(p.ts >= r.ts))"
            + " FROM prices o",
        "SELECT * FROM prices o WHERE EXISTS (SELECT 1 FROM purchases p JOIN prices r"
            + " ON p.item_id = r.item_id AND p.item_count < o.price AND asof(p.ts >= r.ts))",
        "SELECT * FROM prices o WHERE price IN (SELECT r.price FROM purchases p LEFT JOIN prices r"
            + " ON p.item_id = o.item_id AND p.item_id = r.item_id AND asof(p.ts >= r.ts))",
        "SELECT * FROM prices o JOIN LATERAL (SELECT r.price FROM purchases p JOIN prices r"
            + " ON p.item_id = r.item_id AND r.price < o.price AND asof(p.ts >= r.ts))",
        "SELECT * FROM prices o JOIN LATERAL (SELECT r.price FROM"
            + " (SELECT *, o.price AS limit FROM purchases) p LEFT JOIN prices r"
            + " ON p.item_id = r.item_id AND asof(p.ts >= r.ts))"
      })
  void refusesReferencesToAnOuterQueryInsideTheJoin(String query) {
    assertFails(query, "FEATHUB_AS_OF_CORRELATED", "in the WHERE clause of the subquery");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT input_file_name(), p.* FROM purchases p LEFT JOIN prices r"
            + " ON p.item_id = r.item_id AND asof(p.ts >= r.ts)",
        "SELECT count(*) FROM (SELECT p.* FROM purchases p LEFT JOIN prices r"
            + " ON p.item_id = r.item_id AND asof(p.ts >= r.ts)) WHERE input_file_block_start() > 0"
      })
  void refusesToNameTheFileOfARowAboveTheJoin(String query) {
    assertFails(query, "FEATHUB_AS_OF_INPUT_FILE", "below the join");
  }

  @Test
  void refusesReferencesToAnOuterQueryAsItsTime() {
    assertFails(
        "SELECT (SELECT max(r.price) FROM purchases p JOIN prices r"
            + " ON p.item_id = r.item_id AND asof(o.ts >= r.ts)) FROM prices o",
        "FEATHUB_AS_OF_",
        "o.ts");
  }

  @ParameterizedTest
  @CsvSource({"events, prices", "prices, events", "events, events"})
  void refusesStreams(String left, String right) {
    spark
        .readStream()
        .format("rate")
        .load()
        .selectExpr("timestamp ts", "value", "'a' item_id")
        .createOrReplaceTempView("events");
    for (String how : List.of("inner", "left", "left_semi", "left_anti")) {
      Dataset<Row> leftRows = spark.table(left).alias("l");
      Dataset<Row> rightRows = spark.table(right).alias("r");
      Column condition = functions.expr("l.item_id = r.item_id AND asof(l.ts >= r.ts)");
      assertThatThrownBy(() -> leftRows.join(rightRows, condition, how))
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("[FEATHUB_AS_OF_STREAMING]")
          .hasMessageContaining("foreachBatch");
    }
    assertFails(
        "SELECT l.item_id FROM "
            + left
            + " l ASOF JOIN "
            + right
            + " r MATCH_CONDITION (l.ts >= r.ts) USING (item_id)",
        "FEATHUB_AS_OF_STREAMING",
        "foreachBatch");
  }

  @Test
  void pointsAtThePlaceInTheQuery() {
    Throwable thrown =
        catchThrowable(() -> spark.sql(FROM + "p.item_id = r.item_id\n  OR asof(p.ts >= r.ts)"));

    AnalysisException error = (AnalysisException) thrown;
    assertThat(error.line().get()).isEqualTo(2);
    assertThat(error.startPosition().get()).isEqualTo(5);
    assertThat(error).hasMessageContaining("SQLSTATE: 42K0E");
  }

  @Test
  void leavesMisspelledColumnsToSpark() {
    assertFails(
        FROM + "p.item_id = r.item_id AND asof(p.tz >= r.ts)", "UNRESOLVED_COLUMN", "p`.`tz");
  }

  @Test
  void isUnknownWithoutTheExtension() {
    SparkSession stock = TestSession.stock();
    PurchasesAndPrices.createViews(stock);

    assertThatThrownBy(() -> stock.sql(PurchasesAndPrices.JOIN))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("[UNRESOLVED_ROUTINE]")
        .hasMessageContaining("`asof`");
  }

  @Test
  void explainsItself() {
    assertThat(spark.sql("DESCRIBE FUNCTION EXTENDED asof").collectAsList().toString())
        .contains("asof(left_time >= right_time [, tolerance [, tie_break]])")
        .contains(
            "LEFT JOIN prices r ON p.item_id = r.item_id AND asof(p.ts >= r.ts, INTERVAL 7 DAYS)");
  }

  private static void assertFails(String query, String condition, String text) {
    Throwable thrown = catchThrowable(() -> spark.sql(query).collectAsList());
    assertThat(thrown)
        .as(query)
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("[" + condition)
        .hasMessageContaining(text);
    assertThat(((SparkThrowable) thrown).getCondition()).startsWith(condition);
  }
}
