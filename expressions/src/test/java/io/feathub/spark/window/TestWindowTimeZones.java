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
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Days and months are those of the session's calendar, which clocks that are put forward and back
 * make longer or shorter: exactly Spark's rows.
 */
class TestWindowTimeZones {
  private static final Set<String> ZONES_OF_EQUAL_DAYS = Set.of("UTC", "Asia/Kolkata");

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  /** Times 30 minutes apart around the changes of clocks, 11 hours apart in between. */
  private static String events(String time) {
    return """
    (SELECT k, %s AS ts, x FROM (
      SELECT explode(concat(
        sequence(TIMESTAMP '2024-01-29 22:00:00Z', TIMESTAMP '2024-12-31 00:00:00Z', INTERVAL '11' HOUR),
        sequence(TIMESTAMP '2024-03-09 00:00:00Z', TIMESTAMP '2024-03-12 00:00:00Z', INTERVAL '30' MINUTE),
        sequence(TIMESTAMP '2024-04-05 12:00:00Z', TIMESTAMP '2024-04-08 00:00:00Z', INTERVAL '30' MINUTE),
        sequence(TIMESTAMP '2024-10-04 12:00:00Z', TIMESTAMP '2024-10-07 00:00:00Z', INTERVAL '30' MINUTE),
        sequence(TIMESTAMP '2024-11-02 00:00:00Z', TIMESTAMP '2024-11-05 00:00:00Z', INTERVAL '30' MINUTE))) AS at)
      LATERAL VIEW explode(array(1, 2)) keys AS k
      LATERAL VIEW explode(array(pmod(unix_micros(at) + k, 1009))) numbers AS x)
    """
        .formatted(time);
  }

  private static List<Row> checkSame(String time, String direction, List<String> frames) {
    List<String> columns = new ArrayList<>(List.of("k", "x", "unix_micros(CAST(ts AS TIMESTAMP))"));
    for (String frame : frames) {
      String over =
          " OVER (PARTITION BY k ORDER BY ts " + direction + " RANGE BETWEEN " + frame + ")";
      columns.add("count(*)" + over);
      columns.add("min(x)" + over);
    }
    return WindowSessions.checkSame(
        spark, "SELECT " + String.join(", ", columns) + " FROM " + events(time));
  }

  private static void in(String zone, Runnable action) {
    TestSession.withConf(spark, Map.of("spark.sql.session.timeZone", zone), action);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, at",
    "America/New_York, at",
    "Asia/Kolkata, at",
    "Australia/Lord_Howe, at",
    "America/New_York, CAST(at AS TIMESTAMP_NTZ)",
    "Australia/Lord_Howe, CAST(at AS TIMESTAMP_NTZ)"
  })
  void daysAndMonthsOfTimestamps(String zone, String time) {
    List<String> frames =
        List.of(
            "INTERVAL 1 DAY PRECEDING AND CURRENT ROW",
            "INTERVAL 2 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING",
            "INTERVAL 7 DAYS PRECEDING AND CURRENT ROW",
            "INTERVAL 30 DAYS PRECEDING AND INTERVAL 1 DAY FOLLOWING",
            "INTERVAL '1 00:30' DAY TO MINUTE PRECEDING AND CURRENT ROW",
            "INTERVAL '-1 00:30' DAY TO MINUTE FOLLOWING AND CURRENT ROW",
            "INTERVAL 25 HOURS PRECEDING AND CURRENT ROW",
            "CURRENT ROW AND INTERVAL 1 DAY FOLLOWING",
            "INTERVAL 1 MONTH PRECEDING AND CURRENT ROW",
            "INTERVAL '0-7' YEAR TO MONTH PRECEDING AND INTERVAL '0-1' YEAR TO MONTH PRECEDING",
            "INTERVAL 1 MONTH PRECEDING AND INTERVAL 2 MONTHS FOLLOWING");
    in(
        zone,
        () -> {
          assertThat(checkSame(time, "ASC", frames)).hasSizeGreaterThan(2000);
          checkSame(time, "DESC", frames);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"})
  void daysAndMonthsOfDates(String zone) {
    List<String> frames =
        List.of(
            "1 PRECEDING AND CURRENT ROW",
            "INTERVAL 1 DAY PRECEDING AND CURRENT ROW",
            "INTERVAL 7 DAYS PRECEDING AND INTERVAL 2 DAYS FOLLOWING",
            "30 PRECEDING AND 1 PRECEDING",
            "INTERVAL 1 MONTH PRECEDING AND CURRENT ROW",
            "INTERVAL 1 YEAR PRECEDING AND INTERVAL 0 YEARS PRECEDING");
    in(
        zone,
        () -> {
          checkSame("CAST(at AS DATE)", "ASC", frames);
          checkSame("CAST(at AS DATE)", "DESC", frames);
        });
  }

  /**
   * Spark's older intervals, of months, days and microseconds in one; any operator may run them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"})
  void calendarIntervals(String zone) {
    String query =
        "SELECT k, x, count(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL 1 MONTH 1"
            + " DAY 1 HOUR PRECEDING AND CURRENT ROW) FROM "
            + events("at");
    TestSession.withConf(
        spark,
        Map.of("spark.sql.session.timeZone", zone, "spark.sql.legacy.interval.enabled", "true"),
        () ->
            assertThat(spark.sql(query).collectAsList())
                .containsExactlyInAnyOrderElementsOf(WindowSessions.stock(spark, query)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"})
  void aDayIsNotAlways24Hours(String zone) {
    String query =
        """
        SELECT count(*) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW) AS days,
          count(*) OVER (PARTITION BY k ORDER BY unix_micros(ts) RANGE BETWEEN 86400000000 PRECEDING AND CURRENT ROW) AS hours
        FROM
        """
            + events("at");
    in(
        zone,
        () -> {
          List<Row> rows = WindowSessions.streamed(spark, query);
          boolean equal = rows.stream().allMatch(row -> row.getLong(0) == row.getLong(1));
          assertThat(equal).isEqualTo(ZONES_OF_EQUAL_DAYS.contains(zone));
        });
  }

  /** The clock of the zone skipped a whole day. */
  @Test
  void aDayThatIsNotThere() {
    in(
        "Pacific/Apia",
        () ->
            WindowSessions.checkSame(
                spark,
                """
                SELECT unix_micros(ts), count(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW),
                  count(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL 1 MONTH PRECEDING AND INTERVAL 1 MONTH FOLLOWING)
                FROM (SELECT explode(sequence(TIMESTAMP '2011-12-27 00:00:00', TIMESTAMP '2012-01-02 00:00:00', INTERVAL '45' MINUTE)) AS ts)
                """));
  }
}
