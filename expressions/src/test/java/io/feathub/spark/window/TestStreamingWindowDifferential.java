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

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.RandomEvents.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random windows against the naive oracle and against Spark's own operator, bit by bit. Each batch
 * is one query over {@link #CASES} cases, which are told apart by a column of the partition key.
 */
class TestStreamingWindowDifferential {
  private static final int CASES = 70;

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  /** One query: the type of the time, the order of nulls, the sizes of frames, the settings. */
  enum Batch {
    TIMESTAMPS("timestamp_micros(t)", "", false, true, true, "INTERVAL '2' MINUTE", 120_000_000L),
    SORTED_TIMESTAMPS(
        "timestamp_micros(t)", "NULLS LAST", true, true, false, "INTERVAL '3' SECOND", 3_000_000L),
    WIDE_TIMESTAMPS(
        "timestamp_micros(t)",
        "NULLS LAST",
        false,
        false,
        true,
        "INTERVAL '1' DAY",
        86_400_000_000L),
    LOCAL_TIMESTAMPS(
        "CAST(timestamp_micros(t) AS TIMESTAMP_NTZ)",
        "",
        false,
        false,
        false,
        "INTERVAL '1 02:03:04.567891' DAY TO SECOND",
        93_784_567_891L),
    NUMBERS("t", "", false, true, false, "1000000L", 1_000_000L),
    SORTED_NUMBERS("t", "NULLS LAST", true, false, true, "7L", 7);

    private final String time;
    private final String nulls;
    private final boolean sorted;
    private final boolean adaptive;
    private final boolean ansi;
    private final String size;
    private final long offset;

    Batch(
        String time,
        String nulls,
        boolean sorted,
        boolean adaptive,
        boolean ansi,
        String size,
        long offset) {
      this.time = time;
      this.nulls = nulls;
      this.sorted = sorted;
      this.adaptive = adaptive;
      this.ansi = ansi;
      this.size = size;
      this.offset = offset;
    }

    private String large() {
      return time.equals("t") ? "50000000000L" : "INTERVAL '90000' DAY";
    }

    private String zero() {
      return time.equals("t") ? "0L" : "INTERVAL '0' SECOND";
    }

    /** Names of frames, their sizes in SQL and as a number. */
    private Map<String, String> frames() {
      return Map.of("zero", zero(), "some", size, "large", large());
    }

    private long offset(String frame) {
      return switch (frame) {
        case "zero" -> 0;
        case "some" -> offset;
        default -> time.equals("t") ? 50_000_000_000L : 90_000L * 86_400_000_000L;
      };
    }

    private Map<String, String> conf() {
      return Map.of(
          "spark.sql.adaptive.enabled", String.valueOf(adaptive),
          "spark.sql.ansi.enabled", String.valueOf(ansi));
    }

    private String query() {
      String source = "SELECT *, " + time + " AS ts, date_from_unix_date(i) AS dt FROM events";
      if (sorted) {
        source += " DISTRIBUTE BY k, c SORT BY k, c, ts " + (nulls.isEmpty() ? "ASC" : nulls);
      }
      List<String> columns = new ArrayList<>(List.of("id"));
      List<String> windows = new ArrayList<>();
      frames()
          .forEach(
              (name, width) -> {
                for (WindowCheck check : WindowCheck.values()) {
                  columns.add(check.sql() + " OVER " + name + " AS " + check.column(name));
                }
                windows.add(
                    name
                        + " AS (PARTITION BY c, k ORDER BY ts "
                        + nulls
                        + " RANGE BETWEEN "
                        + width
                        + " PRECEDING AND CURRENT ROW)");
              });
      return columns.stream().collect(Collectors.joining(", ", "SELECT ", ""))
          + " FROM ("
          + source
          + ") WINDOW "
          + String.join(", ", windows);
    }
  }

  @ParameterizedTest
  @EnumSource
  void windowsAreThoseOfTheOracleAndOfSpark(Batch batch) {
    long seed = 4_200L + batch.offset;
    List<Event> events = new RandomEvents(seed, batch.time.equals("t")).cases(CASES);
    RandomEvents.dataset(spark, events).createOrReplaceTempView("events");
    TestSession.withConf(spark, batch.conf(), () -> check(batch, events, "seed " + seed));
  }

  private static void check(Batch batch, List<Event> events, String seed) {
    Dataset<Row> ours = spark.sql(batch.query());
    Map<Long, Row> actual = byId(ours);
    ExecutedPlan plan = ExecutedPlan.of(ours);
    List<StreamingWindowExec> operators = plan.operators(StreamingWindowExec.class);
    assertThat(operators).as(plan.toString()).hasSize(1);
    assertThat(operators.get(0).isInputSorted()).isEqualTo(batch.sorted);
    assertThat(plan.meetsItsRequirements()).isTrue();
    assertThat(actual).hasSameSizeAs(events);
    Map<Integer, List<Event>> cases = events.stream().collect(Collectors.groupingBy(Event::caseId));
    for (Event event : events) {
      for (String frame : batch.frames().keySet()) {
        WindowCheck.againstOracle(
            actual.get(event.id()),
            cases.get(event.caseId()),
            event,
            frame,
            batch.offset(frame),
            seed);
      }
    }
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.window.enabled", "false"),
        () -> {
          Dataset<Row> stock = spark.sql(batch.query());
          Map<Long, Row> expected = byId(stock);
          assertThat(ExecutedPlan.of(stock).contains(StreamingWindowExec.class)).isFalse();
          for (String frame : batch.frames().keySet()) {
            actual.forEach(
                (id, row) -> WindowCheck.againstSpark(row, expected.get(id), frame, seed));
          }
        });
  }

  private static Map<Long, Row> byId(Dataset<Row> rows) {
    Map<Long, Row> byId = new HashMap<>();
    for (Row row : rows.collectAsList()) {
      assertThat(byId.put(row.getAs("id"), row)).isNull();
    }
    return byId;
  }
}
