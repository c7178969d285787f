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

import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tolerance is a duration: as long on every day and in every time zone, and at every time. */
class TestAsOfTolerance {
  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    spark.conf().set("spark.sql.adaptive.enabled", "false");
  }

  /**
   * From noon to noon a day is short where clocks go forward, and long where they go back.
   *
   * @param shortDay the day before clocks go forward
   * @param longDay the day before they go back
   */
  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2022-03-12, 2022-11-05",
    "Europe/Berlin, 2022-03-26, 2022-10-29",
    "Australia/Lord_Howe, 2022-10-01, 2022-04-02"
  })
  void aDayIs24HoursLong(String zone, String shortDay, String longDay) {
    spark.conf().set("spark.sql.session.timeZone", zone);
    String days = "(VALUES ('%s'), ('%s')) AS x(day)".formatted(shortDay, longDay);
    String right = "(SELECT day, CAST(day || ' 12:00:00' AS TIMESTAMP) ts FROM " + days + ") r";
    String left =
        "(SELECT day, 'noon' at, CAST(date_add(day, 1) || ' 12:00:00' AS TIMESTAMP) ts FROM "
            + days
            + " UNION ALL SELECT day, at, timestamp_micros(unix_micros(ts) + micros) FROM "
            + right
            + " CROSS JOIN VALUES ('edge', 86400000000L), ('beyond', 86400000001L) AS x(at, micros)"
            + ") l";
    List<String> queries = new ArrayList<>();
    for (String asOf :
        List.of(
            "asof(l.ts >= r.ts, INTERVAL 1 DAY)",
            "asof_nearest(l.ts, r.ts, make_interval(0, 0, 0, 1))")) {
      queries.add(
          "SELECT l.day, l.at FROM " + left + " JOIN " + right + " ON l.day = r.day AND " + asOf);
    }
    Dataset<Row> joined = AgainstSpark.assertSameRows(spark, String.join(" UNION ALL ", queries));

    List<String> within =
        List.of("[" + shortDay + ",noon]", "[" + shortDay + ",edge]", "[" + longDay + ",edge]");
    assertThat(joined.collectAsList())
        .map(Row::toString)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(within.stream(), within.stream()).toList());
    spark.conf().set("spark.sql.session.timeZone", "UTC");
  }

  /** The left rows 1 and 4 are at the greatest time, 2 at the least, 3 between the two. */
  @ParameterizedTest
  @ValueSource(strings = {"timestamp_micros(t)", "CAST(timestamp_micros(t) AS TIMESTAMP_NTZ)", "t"})
  void distancesDoNotOverflow(String time) {
    String left =
        "(SELECT k, v, %s AS t FROM VALUES (0, 1, 9223372036854775807L),"
            + " (0, 2, -9223372036854775808L), (0, 3, 0L), (1, 4, 9223372036854775807L)"
            + " AS l(k, v, t)) l";
    String right =
        "(SELECT k, v, %s AS t FROM VALUES (0, 10, 9223372036854775807L - 86400000000L),"
            + " (0, 20, -9223372036854775808L + 86400000000L), (1, 30, -9223372036854775808L)"
            + " AS r(k, v, t)) r";
    String query =
        "SELECT %d, l.v, r.v FROM "
            + left.formatted(time)
            + " LEFT JOIN "
            + right.formatted(time)
            + " ON l.k = r.k AND %s";
    boolean number = time.equals("t");
    String day = number ? "86400000000" : "INTERVAL 1 DAY";
    String longest = number ? "9223372022400000000" : "INTERVAL 106751991 DAYS";
    String union =
        String.join(
            " UNION ALL ",
            query.formatted(0, "asof(l.t >= r.t, " + day + ")"),
            query.formatted(1, "asof(l.t < r.t, " + day + ")"),
            query.formatted(2, "asof(l.t >= r.t, " + longest + ")"),
            query.formatted(3, "asof_nearest(l.t, r.t, " + longest + ")"),
            query.formatted(4, "asof_nearest(l.t, r.t)"));
    String[] expected =
        ("0 1 10,0 2 null,0 3 null,0 4 null,1 1 null,1 2 20,1 3 null,1 4 null,"
                + "2 1 10,2 2 null,2 3 20,2 4 null,3 1 10,3 2 20,3 3 10,3 4 null,"
                + "4 1 10,4 2 20,4 3 10,4 4 30")
            .split(",", -1);
    for (String settings : List.of("form broadcast", "form merged", "enabled false")) {
      String[] setting = settings.split(" ", -1);
      spark.conf().set("spark.sql.feathub.asOf." + setting[0], setting[1]);
      assertThat(spark.sql(union).collectAsList())
          .as(settings)
          .map(row -> row.mkString(" "))
          .containsExactlyInAnyOrder(expected);
      spark.conf().unset("spark.sql.feathub.asOf." + setting[0]);
    }
  }
}
