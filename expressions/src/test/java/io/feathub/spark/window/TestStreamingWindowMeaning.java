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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Spark's rules are special: calendar days, overflow, keys, and what is not supported. */
class TestStreamingWindowMeaning {
  private static final String ANSI = "spark.sql.ansi.enabled";

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  private static void with(Map<String, String> conf, Runnable action) {
    TestSession.withConf(spark, conf, action);
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2024-03-07, 2024-03-13",
    "America/New_York, 2024-11-01, 2024-11-06",
    "Australia/Lord_Howe, 2024-04-04, 2024-04-10",
    "Australia/Lord_Howe, 2024-10-03, 2024-10-09",
    "Pacific/Apia, 2011-12-27, 2012-01-02"
  })
  void daysAreCalendarDaysOfTheSessionAcrossDaylightSaving(String zone, String from, String to) {
    with(
        Map.of("spark.sql.session.timeZone", zone),
        () -> {
          List<Row> rows =
              WindowSessions.checkSame(
                  spark,
                  """
                  SELECT unix_micros(ts), k, count(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW),
                    min(ts) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1 01:30' DAY TO MINUTE PRECEDING AND CURRENT ROW),
                    min(ts) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '25' HOUR PRECEDING AND CURRENT ROW),
                    sum(x) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '2' DAY PRECEDING AND CURRENT ROW)
                  FROM (SELECT ts, pmod(unix_micros(ts), 7) AS x, k
                    FROM (SELECT explode(sequence(TIMESTAMP '%s', TIMESTAMP '%s', INTERVAL '10' MINUTE)) AS ts),
                      (SELECT explode(array(1, 2)) AS k))
                  """
                      .formatted(from, to));
          assertThat(rows).hasSizeGreaterThan(1000);
          long start = rows.stream().mapToLong(row -> row.getLong(0)).min().orElseThrow();
          assertThat(rows)
              .filteredOn(row -> row.getLong(0) > start + 2 * 86_400_000_000L)
              .as("a day of other than 24 hours")
              .anyMatch(row -> row.getLong(2) != 145);
        });
  }

  @Test
  void overflowIsJudgedOnTheSumOfTheFrame() {
    String fits =
        """
        SELECT t, sum(x) OVER (ORDER BY t RANGE BETWEEN 2 PRECEDING AND CURRENT ROW) FROM VALUES
          (1L, 9223372036854775807L), (2L, -5L), (2L, 3L), (3L, 2L), (5L, 1L) AS rows(t, x)
        """;
    with(
        Map.of(ANSI, "true"),
        () ->
            assertThat(WindowSessions.streamed(spark, fits))
                .extracting(row -> row.getLong(1))
                .containsExactlyInAnyOrder(
                    Long.MAX_VALUE, Long.MAX_VALUE - 2, Long.MAX_VALUE - 2, Long.MAX_VALUE, 3L));
    String overflows =
        """
        SELECT t, sum(x) OVER (ORDER BY t RANGE BETWEEN 2 PRECEDING AND CURRENT ROW) FROM VALUES
          (1L, 9223372036854775807L), (2L, 1L), (3L, 1L), (4L, -9223372036854775807L) AS rows(t, x)
        """;
    with(
        Map.of(ANSI, "true"),
        () -> {
          checkSameError(overflows, "[ARITHMETIC_OVERFLOW] overflow. Use 'try_add'");
        });
    with(Map.of(ANSI, "false"), () -> WindowSessions.checkSame(spark, overflows));
  }

  private static void checkSameError(String query, String start) {
    Throwable ours = catchThrowable(() -> WindowSessions.streamed(spark, query));
    Throwable stock = catchThrowable(() -> WindowSessions.stock(spark, query));
    assertThat(ours).isNotNull();
    assertThat(stock).isNotNull();
    Throwable expected = WindowSessions.rootCause(stock);
    assertThat(WindowSessions.rootCause(ours))
        .hasSameClassAs(expected)
        .message()
        .startsWith(start)
        .isEqualTo(expected.getMessage());
  }

  @Test
  void boundsBelowTheLeastNumberFailOrWrapAsSparksDo() {
    String query =
        """
        SELECT t, count(*) OVER (PARTITION BY k ORDER BY t RANGE BETWEEN 10 PRECEDING AND CURRENT ROW),
          max(x) OVER (PARTITION BY k ORDER BY t RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)
        FROM VALUES (1, -9223372036854775808L, 9), (1, -9223372036854775807L, 8), (1, -9223372036854775800L, 7),
          (1, -9223372036854775799L, 6), (1, -9223372036854775798L, 5), (1, -9223372036854775797L, 4),
          (1, 9223372036854775807L, 4), (1, null, 5), (2, 0L, 3), (2, 5L, 1) AS rows(k, t, x)
        """;
    with(
        Map.of(ANSI, "true"),
        () -> checkSameError(query, "[ARITHMETIC_OVERFLOW] overflow. Use 'try_add'"));
    with(Map.of(ANSI, "false"), () -> WindowSessions.checkSame(spark, query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTERVAL '1' SECOND", "INTERVAL '1' DAY"})
  void boundsBelowTheLeastTimestampFailAsSparksDo(String size) {
    String query =
        "SELECT count(*) OVER (ORDER BY timestamp_micros(t) RANGE BETWEEN "
            + size
            + " PRECEDING AND CURRENT ROW) FROM VALUES (-9223372036854775807L), (0L) AS rows(t)";
    checkSameError(query, "long overflow");
  }

  @Test
  void theHardFrameHasItsExactSumAtEverySize() {
    List<Row> rows =
        WindowSessions.streamed(
            spark,
            """
            SELECT t, sum(x) OVER (ORDER BY t RANGE BETWEEN 1 PRECEDING AND CURRENT ROW),
              sum(x) OVER (ORDER BY t RANGE BETWEEN 3 PRECEDING AND CURRENT ROW),
              avg(x) OVER (ORDER BY t RANGE BETWEEN 3 PRECEDING AND CURRENT ROW)
            FROM VALUES (1L, 1e308D), (2L, 1e308D), (3L, -1e308D), (4L, double('NaN')), (5L, 1D),
              (6L, 1e16D), (7L, 1D), (8L, -1e16D) AS rows(t, x) ORDER BY t
            """);
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(rows)
        .extracting(row -> row.getDouble(1))
        .containsExactly(1e308, infinity, 0.0, Double.NaN, Double.NaN, 1e16, 1e16, 1 - 1e16);
    assertThat(rows)
        .extracting(row -> row.getDouble(2))
        .containsExactly(
            1e308, infinity, 1e308, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 2.0);
    assertThat(rows.get(1).getDouble(3)).isEqualTo(1e308);
    assertThat(rows.get(7).getDouble(3)).isEqualTo(0.5);
  }

  @Test
  void floatingPointKeysAreNormalised() {
    List<Row> rows =
        WindowSessions.checkSame(
            spark,
            """
            SELECT k, f, t, count(*) OVER (PARTITION BY k, f ORDER BY t RANGE BETWEEN 100 PRECEDING AND CURRENT ROW) AS n
            FROM VALUES (0.0D, float(1), 1L), (-0.0D, float(1), 2L), (double('NaN'), float('NaN'), 3L),
              (double('NaN'), float('NaN'), 4L), (null, null, 5L), (null, null, 6L) AS rows(k, f, t)
            """);
    assertThat(rows)
        .extracting(row -> row.<Long>getAs("n"))
        .containsExactlyInAnyOrder(1L, 2L, 1L, 2L, 1L, 2L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k % 2 = 0",
        "CAST(k % 2 AS DECIMAL(30, 3))",
        "encode(concat('key', k % 2), 'UTF-8')",
        "named_struct('a', k % 2, 'b', concat('x', k % 3))",
        "array(k % 2, 7)",
        "date_from_unix_date(k % 2)",
        "CAST(NULL AS STRING)",
        "7"
      })
  void keysMayBeOfAnyTypeThatIsComparedByItsBytes(String key) {
    WindowSessions.checkSame(
        spark,
        "SELECT k, sum(k) OVER (PARTITION BY "
            + key
            + " ORDER BY timestamp_seconds(k DIV 2) RANGE BETWEEN INTERVAL '4' SECOND PRECEDING AND"
            + " CURRENT ROW) FROM (SELECT CAST(id AS INT) AS k FROM range(40))");
  }

  @Test
  void ordersMayBeConstant() {
    WindowSessions.checkSame(
        spark,
        "SELECT id, count(*) OVER (PARTITION BY id % 3 ORDER BY TIMESTAMP '2022-01-01 00:00:00'"
            + " RANGE BETWEEN INTERVAL '4' SECOND PRECEDING AND CURRENT ROW) FROM range(40)");
  }
}
