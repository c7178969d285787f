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
package io.feathub.spark.window.recent;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.testing.TestSession;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake gets an error that names it, before Spark's own does, and says what to write. */
class TestRecentErrors {
  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = RecentSessions.start();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          recent_sum()                            | ARGUMENTS  | recent_sum() takes 1 to 3 arguments, found: 0. Write recent_sum(x [, n [, exclude]]) OVER
          recent_list(l, 3, 'none', 4)            | ARGUMENTS  | recent_list() takes 1 to 3 arguments, found: 4.
          recent_sum(l, i)                        | LIMIT      | recent_sum(events.l, events.i): events.i cannot be the number of rows: it is not a constant. Write a constant
          recent_sum(l, i + 1)                    | LIMIT      | it is not a constant
          recent_sum(l, CAST(rand() * 3 AS INT))  | LIMIT      | it is not a constant
          recent_sum(l, '3')                      | LIMIT      | recent_sum(events.l, '3'): '3' cannot be the number of rows: it is of type STRING
          recent_sum(l, 3.0)                      | LIMIT      | it is of type DECIMAL(2,1)
          recent_sum(l, 'current_row')            | LIMIT      | 'current_row' cannot be the number of rows
          recent_sum(l, 0)                        | LIMIT      | 0 cannot be the number of rows: it is less than 1
          recent_sum(l, 1 - 2)                    | LIMIT      | (1 - 2) cannot be the number of rows: it is less than 1
          recent_sum(l, 3, s)                     | EXCLUDE    | recent_sum(events.l, 3, events.s): events.s cannot say what to exclude: it is not a constant. Write 'none'
          recent_sum(l, 3, 4)                     | EXCLUDE    | it is of type INT
          recent_sum(l, 3, 'current_rows')        | EXCLUDE    | 'current_rows' cannot say what to exclude: there is no such value. Did you mean `current_row`?
          recent_sum(l, 3, 'current time')        | EXCLUDE    | Did you mean `current_time`?
          recent_sum(l, 3, 'ties')                | EXCLUDE    | there is no such value. Write 'none', 'current_row', 'current_time' (the peers
          recent_sum(l, 3, CAST(NULL AS STRING))  | EXCLUDE    | there is no such value
          recent_sum(b, 3)                        | INPUT_TYPE | recent_sum(events.b, 3) needs a number or an interval, events.b is of type BOOLEAN. Cast it, or
          recent_avg(ts)                          | INPUT_TYPE | recent_avg(events.ts) needs a number or an interval, events.ts is of type TIMESTAMP.
          recent_sum(c)                           | INPUT_TYPE | needs a number or an interval
          recent_min(m, 3)                        | INPUT_TYPE | needs a type that can be ordered, events.m is of type MAP<BIGINT, BIGINT>.
          recent_max(c, 3)                        | INPUT_TYPE | needs a type that can be ordered, events.c is of type INTERVAL.
          recent_value_counts(m, 3)               | INPUT_TYPE | needs a type that can be the key of a map and be ordered
          recent_value_counts(array(m), 3)        | INPUT_TYPE | key of a map
          recent_sum(DISTINCT l, 3)               | DISTINCT   | recent_sum(DISTINCT events.l, 3): DISTINCT is not possible over the most recent rows. Leave it out; recent_value_counts(x, n)
          recent_avg(l > 1, 3)                    | INPUT_TYPE | recent_avg((events.l > 1), 3) needs a number or an interval, (events.l > 1) is of type BOOLEAN.
          recent_sum(DISTINCT s)                  | DISTINCT   | recent_sum(DISTINCT events.s): DISTINCT is not possible
          """)
  void sayWhatIsWrongInTheCall(String call, String error, String text) {
    String query = "SELECT " + call + " OVER (PARTITION BY k ORDER BY ts) FROM events";

    checkRefused(() -> spark.sql(query), error, text, call);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT recent_sum(l, 3) FROM events                                                              | recent_sum(events.l, 3) is a window function, but stands without OVER. Write recent_sum(events.l, 3) OVER (PARTITION BY .. ORDER BY time); recent_sum() is not possible in GROUP BY
          SELECT k, recent_sum(l, 3) FROM events GROUP BY k                                                | without OVER
          SELECT k, recent_sum(l, 3) FROM events                                                           | without OVER
          SELECT k, recent_sum(l, 3) FILTER (WHERE b) FROM events GROUP BY k                               | without OVER
          SELECT k, recent_sum(DISTINCT l, 3) FROM events GROUP BY k                                       | without OVER
          SELECT k FROM events GROUP BY k HAVING recent_sum(l, 3) > 1                                      | without OVER
          SELECT k FROM events GROUP BY k ORDER BY recent_sum(l, 3)                                        | without OVER
          SELECT * FROM events WHERE recent_sum(l, 3) > 1                                                  | without OVER
          SELECT * FROM events e JOIN events f ON recent_sum(e.l, 3) > 1                                   | recent_sum(e.l, 3) is a window function
          SELECT sum(recent_sum(l, 3)) FROM events                                                         | recent_sum(events.l, 3) is a window function
          SELECT recent_sum(recent_sum(l, 3), 3) OVER (ORDER BY ts) FROM events                            | Write recent_sum(events.l, 3) OVER
          SELECT sum(recent_sum(l, 3)) OVER (ORDER BY ts) FROM events                                      | without OVER
          SELECT sum(l) OVER (PARTITION BY recent_sum(l, 3) ORDER BY ts) FROM events                       | without OVER
          SELECT (SELECT recent_sum(l, 3) FROM events)                                                     | without OVER
          SELECT * FROM events WHERE k IN (SELECT recent_max(k, 3) FROM events)                            | recent_max(events.k, 3) is a window function
          SELECT * FROM events PIVOT (recent_sum(l, 3) FOR k IN (1, 2))                                    | without OVER
          """)
  void sayThatTheyNeedAWindow(String query, String text) {
    checkRefused(() -> spark.sql(query), "WITHOUT_OVER", text, "recent_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ORDER BY ts ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING                    | found: ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING. Write ROWS or RANGE BETWEEN .. AND CURRENT ROW
          ORDER BY ts ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING                    | must end at CURRENT ROW or before
          ORDER BY ts ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING            | found: ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
          ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING   | recent_sum(events.l, 3) looks back
          ORDER BY ts RANGE BETWEEN CURRENT ROW AND INTERVAL 1 SECOND FOLLOWING   | must end at CURRENT ROW
          ORDER BY ts RANGE BETWEEN CURRENT ROW AND INTERVAL 1 MONTH FOLLOWING    | must end at CURRENT ROW
          ORDER BY date(ts) RANGE BETWEEN CURRENT ROW AND 1 FOLLOWING             | must end at CURRENT ROW
          ORDER BY l RANGE BETWEEN 2L PRECEDING AND 1L FOLLOWING                  | must end at CURRENT ROW
          ORDER BY l DESC RANGE BETWEEN 2L PRECEDING AND 1L FOLLOWING             | must end at CURRENT ROW
          ORDER BY l + 1 RANGE BETWEEN 2L PRECEDING AND 1L FOLLOWING              | must end at CURRENT ROW
          ORDER BY d RANGE BETWEEN 2D PRECEDING AND 0.5D FOLLOWING                | must end at CURRENT ROW
          ORDER BY dec RANGE BETWEEN CAST(2 AS DECIMAL(12, 2)) PRECEDING AND CAST(0.5 AS DECIMAL(12, 2)) FOLLOWING | must end at CURRENT ROW
          """)
  void sayThatTheFrameMustLookBack(String window, String text) {
    String query = "SELECT recent_sum(l, 3) OVER (PARTITION BY k " + window + ") FROM events";

    checkRefused(() -> spark.sql(query), "FRAME", text, "recent_sum(l, 3)");
  }

  @Test
  void sayThatOfCalendarIntervalsToo() {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.legacy.interval.enabled", "true"),
        () -> {
          String select = "SELECT recent_sum(l, 3) OVER (ORDER BY ts RANGE BETWEEN ";
          checkRefused(
              () -> spark.sql(select + "CURRENT ROW AND INTERVAL 1 DAY FOLLOWING) FROM events"),
              "FRAME",
              "must end at CURRENT ROW",
              "recent_sum(l, 3)");
          RecentSessions.function(
              spark.sql(
                  select
                      + "INTERVAL 2 MONTHS PRECEDING AND INTERVAL 1 MONTH PRECEDING) AS x"
                      + " FROM events"));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PARTITION BY k",
        "PARTITION BY k ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
        "PARTITION BY k ROWS BETWEEN 3 PRECEDING AND CURRENT ROW",
        "PARTITION BY k RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
      })
  void sayThatTheWindowNeedsAnOrder(String window) {
    String query = "SELECT recent_sum(l, 3) OVER (" + window + ") FROM events";

    checkRefused(
        () -> spark.sql(query),
        "ORDER",
        "recent_sum(events.l, 3) looks back, but its window has no ORDER BY: no row is more recent"
            + " than another, and the frame does not end at the current row. Write"
            + " recent_sum(events.l, 3) OVER (PARTITION BY .. ORDER BY time)",
        "recent_sum(l, 3)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ORDER BY ts",
        "ORDER BY ts, l DESC",
        "ORDER BY ts ROWS 3 PRECEDING",
        "ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
        "ORDER BY ts ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING",
        "ORDER BY ts ROWS BETWEEN 3 PRECEDING AND 0 FOLLOWING",
        "ORDER BY ts RANGE BETWEEN INTERVAL 2 DAYS PRECEDING AND INTERVAL 1 DAY PRECEDING",
        "ORDER BY ts RANGE BETWEEN INTERVAL 2 MONTHS PRECEDING AND CURRENT ROW",
        "ORDER BY l RANGE BETWEEN 3L PRECEDING AND 1L PRECEDING",
        "ORDER BY dec RANGE BETWEEN CAST(2 AS DECIMAL(12, 2)) PRECEDING AND CURRENT ROW"
      })
  void framesThatLookBackAreAccepted(String window) {
    RecentSessions.function(
        spark.sql("SELECT recent_sum(l, 3) OVER (PARTITION BY k " + window + ") FROM events"));
  }

  @Test
  void theDataFrameApiGetsThemToo() {
    Dataset<Row> events = spark.table("events");
    checkRefused(
        () -> events.select(call_function("recent_sum", col("l"), lit(3))),
        "WITHOUT_OVER",
        "recent_sum(events.l, 3) is a window function",
        "");
    checkRefused(
        () -> events.groupBy("k").agg(call_function("recent_max", col("l"))),
        "WITHOUT_OVER",
        "recent_max(events.l) is a window function",
        "");
    checkRefused(
        () ->
            events.select(
                call_function("recent_sum", col("l"), col("i"))
                    .over(Window.partitionBy("k").orderBy("ts"))),
        "LIMIT",
        "it is not a constant",
        "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void withTheOperatorOffTheyFailByName(String adaptive) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.window.enabled", "false", "spark.sql.adaptive.enabled", adaptive),
        () -> {
          String call = "recent_sum(l + 1, 3)";
          Dataset<Row> rows =
              spark.sql("SELECT 1 + " + call + " OVER (PARTITION BY k ORDER BY ts) FROM events");
          checkRefused(
              rows::collectAsList,
              "NOT_PLANNED",
              "recent_sum((id + 1L), 3) cannot run: spark.sql.feathub.window.enabled is false."
                  + " Stock Spark cannot run it",
              call);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT recent_sum(nothing, 3) OVER (ORDER BY ts) FROM events                  | UNRESOLVED_COLUMN.WITH_SUGGESTION
          SELECT recent_sum(l, 3) OVER nowhere FROM events                              | MISSING_WINDOW_SPECIFICATION
          SELECT recent_sum(l, 3) OVER (ORDER BY nothing) FROM events                   | UNRESOLVED_COLUMN.WITH_SUGGESTION
          SELECT recent_first(l, 3) IGNORE NULLS OVER (ORDER BY ts) FROM events         | INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX
          SELECT recent_sum(l, 3) FILTER (WHERE l) OVER (ORDER BY ts) FROM events       | INVALID_AGGREGATE_FILTER.NOT_BOOLEAN
          SELECT recent_sum(l, 3) FILTER (WHERE rand() > 1) OVER (ORDER BY ts) FROM events | INVALID_AGGREGATE_FILTER.NON_DETERMINISTIC
          SELECT recent_sum(l, 3) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND 2 PRECEDING) FROM events | DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON
          """)
  void whatSparkRefusesAsWellItRefuses(String query, String condition) {
    Throwable thrown = catchThrowable(() -> spark.sql(query));

    assertThat(thrown).isInstanceOf(AnalysisException.class);
    assertThat(((SparkThrowable) thrown).getCondition()).isEqualTo(condition);
  }

  private static void checkRefused(Runnable query, String error, String text, String fragment) {
    Throwable thrown = catchThrowable(query::run);

    assertThat(thrown).isInstanceOf(AnalysisException.class);
    SparkThrowable refusal = (SparkThrowable) thrown;
    assertThat(refusal.getCondition()).isEqualTo("FEATHUB_RECENT_" + error);
    assertThat(thrown.getMessage().replace('\n', ' ')).contains(text);
    assertThat(refusal.getQueryContext()).isNotEmpty();
    assertThat(refusal.getQueryContext()[0].fragment()).contains(fragment);
  }
}
