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
package io.feathub.spark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, times and values at the ends of their types, and those that are none: Spark's rows. */
class TestWindowSpecials {
  private static final List<String> FRAMES =
      List.of(
          "10 PRECEDING AND CURRENT ROW",
          "CURRENT ROW AND 10 FOLLOWING",
          "10 PRECEDING AND 10 FOLLOWING",
          "UNBOUNDED PRECEDING AND 10 FOLLOWING",
          "UNBOUNDED PRECEDING AND 10 PRECEDING",
          "10 PRECEDING AND UNBOUNDED FOLLOWING",
          "10 FOLLOWING AND UNBOUNDED FOLLOWING",
          "20 PRECEDING AND 10 PRECEDING",
          "10 FOLLOWING AND 20 FOLLOWING");

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  private static String windows(String function, String order, List<String> frames) {
    List<String> columns = new ArrayList<>();
    for (String frame : frames) {
      columns.add(function + " OVER (" + order + " RANGE BETWEEN " + frame + ")");
    }
    return String.join(", ", columns);
  }

  private static String atTheEnds(String type, String least, String greatest) {
    String near = type.equals("DATE") ? "3" : "CAST(3 AS " + type + ")";
    return """
    (SELECT CAST(t AS %1$s) AS t, x FROM VALUES (%2$s, 1), (%2$s + %4$s, 2), (%2$s + %4$s, 3), (CAST(NULL AS %1$s), 4),
      (%3$s - %4$s, 5), (%3$s, 6) AS rows(t, x))
    """
        .formatted(type, least, greatest, near);
  }

  /** Bounds beyond the type wrap around, or are infinite, or just do not fit it. */
  @ParameterizedTest
  @CsvSource({
    "BIGINT, -9223372036854775808, 9223372036854775807",
    "INT, -2147483648, 2147483647",
    "SMALLINT, -32768, 32767",
    "TINYINT, -128, 127",
    "DOUBLE, -1.7976931348623157E308D, 1.7976931348623157E308D",
    "FLOAT, -3.4028235E38D, 3.4028235E38D",
    "'DECIMAL(10, 2)', -99999999.99, 99999999.99",
    "DATE, date_from_unix_date(-2147483648), date_from_unix_date(2147483647)"
  })
  void boundsBeyondTheEndsOfTheType(String type, String least, String greatest) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.ansi.enabled", "false"),
        () -> {
          for (String order : List.of("ORDER BY t", "ORDER BY t DESC")) {
            WindowOutcome.sameTexts(
                spark,
                "SELECT x, "
                    + windows("sum(x)", order, FRAMES)
                    + " FROM "
                    + atTheEnds(type, least, greatest));
          }
        });
  }

  /** Under ANSI only integers fail. */
  @ParameterizedTest
  @CsvSource({
    "BIGINT, -9223372036854775808, 9223372036854775807",
    "INT, -2147483648, 2147483647",
    "SMALLINT, -32768, 32767",
    "TINYINT, -128, 127",
    "DOUBLE, -1.7976931348623157E308D, 1.7976931348623157E308D",
    "DATE, date_from_unix_date(-2147483648), date_from_unix_date(2147483647)"
  })
  void boundsBeyondTheEndsOfTheTypeUnderAnsi(String type, String least, String greatest) {
    for (String order : List.of("ORDER BY t", "ORDER BY t DESC")) {
      for (String frame :
          List.of(
              "10 PRECEDING AND CURRENT ROW",
              "CURRENT ROW AND 10 FOLLOWING",
              "UNBOUNDED PRECEDING AND 10 PRECEDING")) {
        WindowOutcome.sameRowsOrError(
            spark,
            "SELECT x, "
                + windows("sum(x)", order, List.of(frame))
                + " FROM "
                + atTheEnds(type, least, greatest));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTERVAL '1' SECOND", "INTERVAL '1' DAY", "INTERVAL '1' MONTH"})
  void boundsBeyondTheEndsOfTime(String size) {
    String rows =
        "(SELECT timestamp_micros(t) AS t FROM VALUES (-9223372036854775807L), (0L),"
            + " (9223372036854775807L) AS rows(t))";
    for (String order : List.of("ORDER BY t", "ORDER BY t DESC")) {
      for (String frame : List.of("%s PRECEDING AND CURRENT ROW", "CURRENT ROW AND %s FOLLOWING")) {
        WindowOutcome.sameRowsOrError(
            spark,
            "SELECT unix_micros(t), "
                + windows("count(*)", order, List.of(frame.formatted(size)))
                + " FROM "
                + rows);
      }
    }
  }

  @Test
  void timesBefore1970AndInTheFirstAndLastYears() {
    WindowSessions.checkSame(
        spark,
        "SELECT t, "
            + windows(
                "count(*)",
                "ORDER BY t",
                List.of(
                    "INTERVAL '0.000001' SECOND PRECEDING AND CURRENT ROW",
                    "INTERVAL '86400' SECOND PRECEDING AND INTERVAL '0.000001' SECOND PRECEDING",
                    "INTERVAL '400' DAY PRECEDING AND INTERVAL '400' DAY FOLLOWING"))
            + """
               FROM VALUES (TIMESTAMP '0001-01-01 00:00:00'), (TIMESTAMP '0001-01-01 00:00:00.000001'),
              (TIMESTAMP '1582-10-04 00:00:00'), (TIMESTAMP '1582-10-15 00:00:00'), (TIMESTAMP '1969-12-31 23:59:59.999999'),
              (TIMESTAMP '1970-01-01 00:00:00'), (TIMESTAMP '9999-12-31 23:59:59.999999'),
              (TIMESTAMP '9999-12-31 23:59:59.999998'), (NULL), (NULL) AS rows(t)
            """);
  }

  @Test
  void nullsAndNaNsAmongKeysAndTimesAreGroups() {
    String rows =
        """
        (SELECT k, t, x FROM VALUES (0.0D), (-0.0D), (double('NaN')), (NULL) AS keys(k), VALUES
          (0.0D), (-0.0D), (double('NaN')), (double('NaN')), (NULL), (NULL), (double('Infinity')),
          (double('-Infinity')), (1.0D), (2.5D) AS times(t), VALUES (1), (2) AS numbers(x))
        """;
    for (String order : List.of("t", "t DESC", "t NULLS LAST", "t DESC NULLS FIRST")) {
      WindowSessions.checkSame(
          spark,
          "SELECT k, t, x, "
              + windows("sum(x)", "PARTITION BY k ORDER BY " + order, FRAMES)
              + " FROM "
              + rows);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "s", "CAST(d AS FLOAT)", "d > 0"})
  void firstAndLastAndLeastAndGreatestAmongNullsAndNaNs(String value) {
    List<String> columns = new ArrayList<>();
    for (String function :
        List.of(
            "min(%s)",
            "max(%s)",
            "first(%s)",
            "last(%s)",
            "first(%s, true)",
            "last(%s, true)",
            "count(%s)",
            "collect_list(%s)")) {
      for (String frame :
          List.of(
              "ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
              "RANGE BETWEEN 3 PRECEDING AND 2 PRECEDING",
              "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
              "ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING")) {
        columns.add(function.formatted(value) + " OVER (ORDER BY t " + frame + ")");
      }
    }
    WindowOutcome.sameTexts(
        spark,
        "SELECT t, "
            + String.join(", ", columns)
            + """
               FROM VALUES (1, NULL, NULL), (2, double('NaN'), 'b'), (3, NULL, ''), (4, NULL, NULL), (5, -0.0D, 'B'),
              (6, 0.0D, NULL), (7, double('-Infinity'), 'a'), (8, NULL, 'a '), (9, double('NaN'), NULL) AS rows(t, d, s)
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF8_LCASE", "UNICODE_CI_AI", "UNICODE", "UTF8_BINARY_RTRIM"})
  void collatedKeysAndValuesAreThoseOfTheirCollation(String collation) {
    String query =
        """
        SELECT t, min(k) OVER (ORDER BY t ROWS BETWEEN 3 PRECEDING AND CURRENT ROW),
          max(k) OVER (ORDER BY t ROWS BETWEEN 3 PRECEDING AND CURRENT ROW),
          count(*) OVER (PARTITION BY k ORDER BY t RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)
        FROM (SELECT k COLLATE %s AS k, t FROM VALUES
          ('a', 1), ('A', 2), ('a ', 3), ('\u00e4', 4), ('b', 5), ('B', 6), (NULL, 7), (NULL, 8) AS rows(k, t))
        """
            .formatted(collation);
    Dataset<Row> rows = spark.sql(query);
    assertThat(rows.collectAsList())
        .containsExactlyInAnyOrderElementsOf(WindowSessions.stock(spark, query));
  }

  @Test
  void windowsWithoutRowsOrWithoutKeys() {
    String window =
        "SELECT id, sum(id) OVER (ORDER BY id DIV 3 RANGE BETWEEN 2 PRECEDING AND CURRENT ROW),"
            + " count(*) OVER (ORDER BY id DIV 3 ROWS BETWEEN 5 PRECEDING AND 3 PRECEDING) FROM"
            + " (SELECT * FROM range(0, 40, 1, 3) WHERE ";
    WindowSessions.checkSame(spark, window + "id <> 7)");
    WindowSessions.checkSame(spark, window + "id = 7)");
    TestSession.withConf(
        spark,
        Map.of("spark.sql.adaptive.enabled", "false"),
        () -> assertThat(WindowSessions.streamed(spark, window + "id < 0)")).isEmpty());
  }
}
