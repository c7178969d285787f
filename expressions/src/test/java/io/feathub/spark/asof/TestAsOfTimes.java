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

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of all types that have an order, and operands of two types. */
class TestAsOfTimes {
  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.timeType.enabled", "true");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    spark.conf().set("spark.sql.adaptive.enabled", "false");
  }

  /** Times that do not fit in 64 bits are not merged but hashed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          make_time(id % 24, 0, 0)                            | MergedAsOfJoin
          make_dt_interval(0, 0, id % 50, 0)                  | MergedAsOfJoin
          make_ym_interval(0, id % 30)                        | MergedAsOfJoin
          IF(id % 7 = 0, float('NaN'), IF(id % 2 = 0, 0F, -0F)) | MergedAsOfJoin
          named_struct('a', id % 5, 'b', 1 - id % 3)          | HashedAsOfJoin
          array(id % 3, id % 5)                               | HashedAsOfJoin
          unhex(hex(id % 40))                                 | HashedAsOfJoin
          id % 2 = 0                                          | HashedAsOfJoin
          concat(IF(id % 2 = 0, 't', 'T'), id % 7) COLLATE UTF8_LCASE | HashedAsOfJoin
          """)
  void areOfAnyTypeWithAnOrder(String time, String merged) {
    String rows = "(SELECT id, id % 3 AS k, " + time + " AS t FROM range(";
    String query =
        Stream.of(">=", ">", "<=", "<")
            .map(
                operator ->
                    ("SELECT '%1$s', l.id, r.id FROM %2$s60)) l LEFT JOIN %2$s10, 40)) r"
                            + " ON l.k = r.k AND asof(l.t %1$s r.t)")
                        .formatted(operator, rows))
            .collect(Collectors.joining(" UNION ALL "));
    List<String> expected = AgainstSpark.throughSpark(spark, query);
    Map<String, String> forms =
        Map.of("broadcast", "BroadcastAsOfJoin", "hashed", "HashedAsOfJoin", "merged", merged);
    forms.forEach(
        (form, name) -> {
          spark.conf().set("spark.sql.feathub.asOf.form", form);
          Dataset<Row> joined = spark.sql(query);
          assertThat(AgainstSpark.sorted(joined.collectAsList())).as(form).isEqualTo(expected);
          assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
              .hasSize(4)
              .extracting(AsOfJoinExec::nodeName)
              .containsOnly(name);
        });
    spark.conf().unset("spark.sql.feathub.asOf.form");
  }

  /** As {@code >=} compares them: a date, and what has no time zone, is in the session's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DATE | TIMESTAMP | 2
          TIMESTAMP | DATE | 3
          DATE | TIMESTAMP_NTZ | 2
          TIMESTAMP_NTZ | DATE | 3
          TIMESTAMP | TIMESTAMP_NTZ | 3
          TIMESTAMP_NTZ | TIMESTAMP_LTZ | 3
          """)
  void ofTwoTypesAreComparedInACommonOne(String left, String right, int expected) {
    String text = left.equals("DATE") ? "2022-07-02" : "2022-07-02 00:00:01";
    for (String zone : List.of("America/New_York", "Asia/Kathmandu")) {
      spark.conf().set("spark.sql.session.timeZone", zone);
      String times =
          "(VALUES (1, '2022-07-01 23:59:59'), (2, '2022-07-02 00:00:00'),"
              + " (3, '2022-07-02 00:00:01'), (4, '2022-07-02 00:00:02')) AS x(v, text)";
      if (right.equals("DATE")) {
        times =
            "(VALUES (1, '2022-06-30'), (2, '2022-07-01'), (3, '2022-07-02'), (4, '2022-07-03'))"
                + " AS x(v, text)";
      }
      Dataset<Row> joined =
          AgainstSpark.assertSameRows(
              spark,
              ("SELECT r.v FROM (SELECT CAST('%s' AS %s) t) l LEFT JOIN"
                      + " (SELECT v, CAST(text AS %s) t FROM %s) r ON asof(l.t >= r.t)")
                  .formatted(text, left, right, times));
      assertThat(joined.collectAsList()).extracting(row -> row.getInt(0)).containsExactly(expected);
    }
    spark.conf().set("spark.sql.session.timeZone", "UTC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asof(l.s >= r.ts)                    | FEATHUB_AS_OF_STRING_TIME
          asof(r.ts < l.s)                     | FEATHUB_AS_OF_STRING_TIME
          asof(l.s > r.ntz)                    | FEATHUB_AS_OF_STRING_TIME
          asof(l.s <= r.d)                     | FEATHUB_AS_OF_STRING_TIME
          asof(l.s >= r.n)                     | FEATHUB_AS_OF_STRING_TIME
          asof(l.s COLLATE UTF8_LCASE >= r.ts) | FEATHUB_AS_OF_STRING_TIME
          asof_nearest(l.s, r.ts)              | FEATHUB_AS_OF_STRING_TIME
          asof((l.s, l.n) >= (r.ts, r.n))      | DATATYPE_MISMATCH
          """)
  void textIsNeverParsedIntoATime(String asOf, String error) {
    for (String ansi : List.of("true", "false")) {
      spark.conf().set("spark.sql.ansi.enabled", ansi);
      assertThatThrownBy(
              () ->
                  spark
                      .sql(
                          "SELECT * FROM (SELECT '2022-01-01' s, 1 n) l LEFT JOIN (SELECT"
                              + " TIMESTAMP'2022-01-01' ts, TIMESTAMP_NTZ'2022-01-01' ntz,"
                              + " DATE'2022-01-01' d, 1 n) r ON "
                              + asOf)
                      .collectAsList())
          .as("ANSI: %s", ansi)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("[" + error);
    }
    spark.conf().unset("spark.sql.ansi.enabled");
  }
}
