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
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.aggregate.OverflowMode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the functions of the most recent rows are to Spark: arguments, types and descriptions. */
class TestRecentFunctions {
  private static final String OVER = " OVER (PARTITION BY k ORDER BY ts) AS x FROM events";

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = RecentSessions.start();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recent_sum(i, 3)          | BIGINT                                 | true
          recent_sum(l, 3)          | BIGINT                                 | true
          recent_sum(f, 3)          | DOUBLE                                 | true
          recent_sum(d, 3)          | DOUBLE                                 | true
          recent_sum(dec, 3)        | DECIMAL(22,2)                          | true
          recent_sum(dt, 3)         | INTERVAL DAY TO SECOND                 | true
          recent_sum(ym, 3)         | INTERVAL YEAR TO MONTH                 | true
          recent_sum(s, 3)          | DOUBLE                                 | true
          recent_sum(NULL, 3)       | DOUBLE                                 | true
          recent_avg(i, 3)          | DOUBLE                                 | true
          recent_avg(s, 3)          | DOUBLE                                 | true
          recent_avg(dec, 3)        | DECIMAL(16,6)                          | true
          recent_avg(dt, 3)         | INTERVAL DAY TO SECOND                 | true
          recent_min(s, 3)          | STRING                                 | true
          recent_max(a, 3)          | ARRAY<BIGINT>                          | true
          recent_max(b)             | BOOLEAN                                | true
          recent_count(1, 3)        | BIGINT                                 | false
          recent_count(m, 3)        | BIGINT                                 | false
          recent_first(l, 3)        | BIGINT                                 | true
          recent_last(m, 3)         | MAP<BIGINT, BIGINT>                    | true
          recent_list(l, 3)         | ARRAY<BIGINT>                          | false
          recent_list(n, 3)         | ARRAY<BIGINT>                          | false
          recent_value_counts(s, 3) | MAP<STRING, BIGINT>                    | true
          recent_value_counts(f)    | MAP<FLOAT, BIGINT>                     | true
          """)
  void haveTheTypesOfSparksOwnFunctions(String call, String type, boolean nullable) {
    StructField field = spark.sql("SELECT " + call + OVER).schema().apply("x");

    assertThat(field.dataType().sql()).isEqualTo(type);
    assertThat(field.nullable()).isEqualTo(nullable);
  }

  @ParameterizedTest
  @CsvSource({"sum, i", "sum, dec", "sum, s", "avg, f", "avg, dec", "avg, ym", "min, s", "max, c2"})
  void castTheirInputAsSparksOwnDo(String name, String column) {
    for (String ansi : List.of("true", "false")) {
      TestSession.withConf(
          spark,
          Map.of("spark.sql.ansi.enabled", ansi),
          () -> {
            String from = " OVER (PARTITION BY k ORDER BY ts) x FROM (SELECT *, ts c2 FROM events)";
            RecentAggregate ours =
                RecentSessions.function(
                    spark.sql("SELECT recent_" + name + "(" + column + ", 3)" + from));
            Dataset<Row> stock = spark.sql("SELECT " + name + "(" + column + ")" + from);
            Expression function =
                RecentSessions.windows(RecentSessions.analyzed(stock)).get(0).expressions().head();
            AggregateFunction theirs =
                (AggregateFunction)
                    PlanTraversal.find(function, AggregateFunction.class::isInstance).orElseThrow();
            assertThat(ours.dataType()).isEqualTo(theirs.dataType());
            assertThat(ours.input().dataType()).isEqualTo(theirs.children().head().dataType());
          });
    }
  }

  @Test
  void tellWhetherAListMayHoldNulls() {
    assertThat(spark.sql("SELECT recent_list(l, 3)" + OVER).schema().json())
        .contains("\"containsNull\":false");
    assertThat(spark.sql("SELECT recent_list(n, 3)" + OVER).schema().json())
        .contains("\"containsNull\":true");
    assertThat(spark.sql("SELECT recent_value_counts(n, 3)" + OVER).schema().json())
        .contains("\"valueContainsNull\":false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      textBlock =
          """
          recent_sum(l)                                     | -                   | NONE
          recent_sum(l, NULL)                               | -                   | NONE
          recent_sum(l, CAST(NULL AS INT))                  | -                   | NONE
          recent_sum(l, 1)                                  | 1                   | NONE
          recent_sum(l, 2Y)                                 | 2                   | NONE
          recent_sum(l, 9223372036854775807)                | 9223372036854775807 | NONE
          recent_sum(l, 1 + 2L, 'none')                     | 3                   | NONE
          recent_sum(l, 2, 'current_row')                   | 2                   | CURRENT_ROW
          recent_sum(l, NULL, 'Current_Time')               | -                   | CURRENT_TIME
          recent_sum(l, 2, concat('current', '_group'))     | 2                   | CURRENT_GROUP
          RECENT_SUM(l, 2)                                  | 2                   | NONE
          """)
  void readTheirArguments(String call, Long limit, Exclusion exclusion) {
    RecentAggregate function = RecentSessions.function(spark.sql("SELECT " + call + OVER));

    assertThat(function.kind()).isEqualTo(RecentKind.SUM);
    assertThat(function.limit())
        .isEqualTo(limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
    assertThat(function.exclusion()).isEqualTo(exclusion);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUM_FLOAT")
  void areFoundByTheDataFrameApi(RecentKind kind) {
    Dataset<Row> rows =
        spark
            .table("events")
            .select(
                call_function(kind.functionName(), col("l"), lit(2), lit("current_row"))
                    .over(Window.partitionBy("k").orderBy("ts"))
                    .as("x"));

    RecentAggregate function = RecentSessions.function(rows);
    assertThat(function.kind()).isEqualTo(kind);
    assertThat(function.limit()).hasValue(2);
    assertThat(function.exclusion()).isEqualTo(Exclusion.CURRENT_ROW);
  }

  @Test
  void areFoundInExpressionTexts() {
    Dataset<Row> rows =
        spark
            .table("events")
            .withColumn("x", expr("recent_max(l, 2) OVER (PARTITION BY k ORDER BY ts)"));

    assertThat(RecentSessions.function(rows).kind()).isEqualTo(RecentKind.MAX);
  }

  @Test
  void aSumOfFloatsIsOnlyMadeByJava() {
    assertThat(spark.catalog().functionExists("recent_sum")).isTrue();
    assertThat(spark.catalog().functionExists("recent_sum_float")).isFalse();
    RecentAggregate function =
        new RecentAggregate(
            RecentKind.SUM_FLOAT,
            Literal.create(1.5f, DataTypes.FloatType),
            Literal.create(3, DataTypes.IntegerType),
            Literal.create("none", DataTypes.StringType));

    assertThat(function.dataType().sql()).isEqualTo("FLOAT");
    assertThat(function.checkInputDataTypes().isSuccess()).isTrue();
    assertThat(function.sql()).isEqualTo("recent_sum_float(CAST('1.5' AS FLOAT), 3)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          recent_sum(l)                            | recent_sum(l)
          recent_sum(l, NULL)                      | recent_sum(l)
          recent_sum(l, 3)                         | recent_sum(l, 3)
          recent_sum(l, 3, 'none')                 | recent_sum(l, 3)
          recent_sum(l, NULL, 'current_row')       | recent_sum(l, NULL, current_row)
          recent_sum(l, 3) FILTER (WHERE b)        | recent_sum(l, 3) FILTER (WHERE b)
          """)
  void nameTheirColumnAsItWasWritten(String call, String name) {
    String[] columns =
        spark.sql("SELECT " + call + " OVER (PARTITION BY k ORDER BY ts) FROM events").columns();

    assertThat(columns[0]).startsWith(name + " OVER (PARTITION BY k");
  }

  @Test
  void keepTheOverflowOfTheSessionThatMadeThem() {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.ansi.enabled", "false"),
        () ->
            spark.sql(
                "CREATE OR REPLACE TEMPORARY VIEW wrapping AS SELECT recent_sum(l, 3)" + OVER));
    TestSession.withConf(
        spark,
        Map.of("spark.sql.ansi.enabled", "true"),
        () -> {
          assertThat(RecentSessions.function(spark.table("wrapping")).overflow())
              .isEqualTo(OverflowMode.LEGACY);
          assertThat(
                  RecentSessions.function(spark.sql("SELECT recent_sum(l, 3)" + OVER)).overflow())
              .isEqualTo(OverflowMode.ANSI);
        });
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUM_FLOAT")
  void areDescribed(RecentKind kind) {
    String name = kind.functionName();
    String text =
        spark.sql("DESCRIBE FUNCTION EXTENDED " + name).collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.joining("\n"));

    assertThat(text)
        .contains("Function: " + name)
        .contains("Usage: " + name + "(x [, n [, exclude]]) - Over a window: ")
        .contains("\n    Arguments:\n      * x - ")
        .contains("\n      * n - how many of the most recent rows")
        .contains("\n    Examples:\n      > SELECT " + name + "(x, 2) OVER (ORDER BY t) FROM")
        .contains("\n    Note:\n      Rows are taken in this order")
        .contains("\n    Since: 0.1.0");
  }

  @Test
  void areNeverEvaluated() {
    RecentAggregate function =
        new RecentAggregate(
            RecentKind.SUM,
            Literal.create(1L, DataTypes.LongType),
            Literal.create(3, DataTypes.IntegerType),
            Literal.create("none", DataTypes.StringType));

    assertThatThrownBy(() -> function.eval(null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("recent_sum(1L, 3) did not reach the streaming window operator");
  }
}
