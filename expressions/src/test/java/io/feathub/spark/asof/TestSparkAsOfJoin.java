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

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spark's own node, which pandas-on-Spark makes, on our operator: the rows are those of stock
 * Spark. No two right rows of a key have the same time or are equally close: Spark would take
 * either.
 */
class TestSparkAsOfJoin {
  private static SparkSession stock;
  private static SparkSession spark;

  @BeforeAll
  static void startSessions() {
    stock = TestSession.stock();
    spark = TestSession.with(AsOfExtension::install);
    for (SparkSession session : List.of(stock, spark)) {
      session.conf().set("spark.sql.datetime.java8API.enabled", "true");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          TIMESTAMP_MICROS(t * 1000000) | INTERVAL 7 SECONDS
          TIMESTAMP_MICROS(t * 1000000) | INTERVAL '0 00:00:06.5' DAY TO SECOND
          TIMESTAMP_MICROS(t * 1000000) | INTERVAL '1' DAY
          CAST(TIMESTAMP_MICROS(t * 1000000) AS TIMESTAMP_NTZ) | INTERVAL 7 SECONDS
          DATE_FROM_UNIX_DATE(CAST(t AS INT)) | INTERVAL 7 DAYS
          DATE_FROM_UNIX_DATE(CAST(t AS INT)) | INTERVAL 36 HOURS
          t | 7
          t | 7L
          CAST(t AS INT) | 7
          CAST(t AS INT) | 7.5
          CAST(t AS DOUBLE) | 7.0D
          CAST(t AS FLOAT) / 10 | 0.7D
          CAST(t AS DECIMAL(12, 2)) | 7.25
          CAST(t AS DECIMAL(30, 2)) | 7
          """)
  void givesTheRowsOfStockSpark(String time, String tolerance) {
    for (Column reach : new Column[] {null, expr(tolerance)}) {
      for (Kind kind : reach == null ? Kind.LEFT : Kind.ALL) {
        Dataset<Row> ours = join(spark, time, reach, kind);
        String what = kind + ", unlimited: " + (reach == null);
        assertThat(texts(ours))
            .as(what)
            .containsExactlyInAnyOrderElementsOf(texts(join(stock, time, reach, kind)));
        assertThat(ExecutedPlan.of(ours).contains(AsOfJoinExec.class)).as(what).isTrue();
      }
    }
  }

  /** Where clocks are changed a day is not 24 hours to Spark. */
  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Australia/Lord_Howe", "Pacific/Apia"})
  void countsCalendarDaysAsSparkDoes(String zone) {
    for (SparkSession session : List.of(stock, spark)) {
      session.conf().set("spark.sql.session.timeZone", zone);
    }
    try {
      // Clocks were changed on 2024-03-10 and 2024-11-03, 2024-04-07, and 2011-12-30.
      String time =
          "timestamp_seconds(CASE k WHEN 0 THEN 1709856000 WHEN 1 THEN 1730419200"
              + " ELSE 1324944000 END + t * 5400)";
      for (String tolerance : List.of("INTERVAL '1' DAY", "INTERVAL '2 12' DAY TO HOUR")) {
        for (Kind kind : Kind.LEFT) {
          assertThat(texts(join(spark, time, expr(tolerance), kind)))
              .as("%s within %s", kind, tolerance)
              .containsExactlyInAnyOrderElementsOf(texts(join(stock, time, expr(tolerance), kind)));
        }
      }
    } finally {
      for (SparkSession session : List.of(stock, spark)) {
        session.conf().set("spark.sql.session.timeZone", "UTC");
      }
    }
  }

  /** Many small joins in one, told apart by a second key. */
  @Test
  void givesTheRowsOfStockSparkOnRandomRows() {
    long seed = Long.getLong("feathub.test.seed", System.nanoTime());
    System.out.println("feathub.test.seed=" + seed);
    for (Kind kind : Kind.ALL) {
      for (Column tolerance : new Column[] {null, expr("6L")}) {
        Dataset<Row> ours = random(spark, seed, tolerance, kind);
        assertThat(texts(ours))
            .as("%s within %s, seed %d", kind, tolerance, seed)
            .containsExactlyInAnyOrderElementsOf(texts(random(stock, seed, tolerance, kind)));
        assertThat(ExecutedPlan.of(ours).contains(AsOfJoinExec.class)).isTrue();
      }
    }
  }

  /** Right times are multiples of four; to odd left times no two of them are equally close. */
  private static Dataset<Row> random(SparkSession session, long seed, Column tolerance, Kind kind) {
    String leftTime = kind.direction().equals("nearest") ? "h | 1" : "IF(h % 2 = 1, h, h - h % 4)";
    Dataset<Row> left =
        session
            .range(0, 400)
            .selectExpr(
                "id",
                "id % 20 AS c",
                "pmod(hash(id, " + seed + "L), 3) AS k",
                "pmod(hash(id, " + seed + "L, 1), 100) AS h")
            .selectExpr("id", "c", "IF(k = 2, NULL, k) AS k", leftTime + " AS l");
    Dataset<Row> right =
        session
            .range(0, 20 * 2 * 25)
            .selectExpr("id AS r_id", "id % 20 AS c", "id DIV 20 % 2 AS k", "id DIV 40 * 4 AS r")
            .where("pmod(hash(r_id, " + seed + "L), 4) = 0");
    return ((org.apache.spark.sql.classic.Dataset<Row>) left)
        .joinAsOf(
            (org.apache.spark.sql.classic.Dataset<Row>) right,
            left.col("l"),
            right.col("r"),
            left.col("k").equalTo(right.col("k")).and(left.col("c").equalTo(right.col("c"))),
            kind.how(),
            tolerance,
            kind.exact(),
            kind.direction())
        .select("id", "r_id");
  }

  private record Kind(String direction, boolean exact, String how) {
    static final List<Kind> ALL =
        Stream.of("backward", "forward", "nearest")
            .flatMap(
                direction ->
                    Stream.of(
                        new Kind(direction, true, "left"),
                        new Kind(direction, true, "inner"),
                        new Kind(direction, false, "left"),
                        new Kind(direction, false, "inner")))
            .toList();

    static final List<Kind> LEFT = ALL.stream().filter(kind -> kind.how().equals("left")).toList();
  }

  private static Dataset<Row> join(SparkSession session, String time, Column tolerance, Kind kind) {
    // No left time is equally far from two right times: there Spark takes any of the two.
    Dataset<Row> left =
        session
            .range(0, 30)
            .selectExpr("id", "id % 3 AS k", "(id * 7) % 60 AS t")
            .selectExpr("*", time + " AS l");
    Dataset<Row> right =
        session
            .range(0, 12)
            .selectExpr("id AS r_id", "id % 2 AS k", "id * 10 + IF(id % 4 = 0, 3, 0) AS t")
            .selectExpr("*", time + " AS r");
    return ((org.apache.spark.sql.classic.Dataset<Row>) left)
        .joinAsOf(
            (org.apache.spark.sql.classic.Dataset<Row>) right,
            left.col("l"),
            right.col("r"),
            left.col("k").equalTo(right.col("k")),
            kind.how(),
            tolerance,
            kind.exact(),
            kind.direction())
        .select("id", "r_id");
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
