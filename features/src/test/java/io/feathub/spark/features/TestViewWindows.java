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
package io.feathub.spark.features;

import static io.feathub.spark.features.Rows.at;
import static io.feathub.spark.features.Rows.row;
import static io.feathub.spark.features.Rows.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.StreamingWindowExec;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.window.WindowExecBase;
import org.junit.jupiter.api.Test;

class TestViewWindows {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private final FeathubClient client = FeathubClient.create(SESSION);

  private static Feature window(String name, AggFunc function, Duration size) {
    return Feature.of(
        name, OverWindowTransform.builder("v", function).windowSize(size).groupByKeys("k").build());
  }

  private Dataset<Row> features(Dataset<Row> rows, Feature... features) {
    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder("view")
            .source(DataFrameSource.builder("source", rows).timestampField("t").build())
            .keepSourceFields(true);
    for (Feature feature : features) {
      view.feature(feature);
    }
    return client.getFeatures(view.build());
  }

  @Test
  void bothEndsOfAWindowAndEqualTimesBelongToIt() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, v BIGINT, t TIMESTAMP",
            row("a", 1L, at("00:00:00")),
            row("a", 2L, at("00:02:00")),
            row("a", 4L, at("00:02:00")),
            row("a", 8L, at("00:02:00.000001")),
            row("b", 100L, at("00:02:00")),
            row(null, 16L, at("00:01:00")),
            row(null, 32L, at("00:02:00")));

    Duration size = Duration.ofMinutes(2);
    Dataset<Row> result =
        features(
            rows,
            window("sum", AggFunc.SUM, size),
            window("count", AggFunc.COUNT, size),
            window("avg", AggFunc.AVG, size),
            window("min", AggFunc.MIN, size),
            window("max", AggFunc.MAX, size));

    assertThat(ExecutedPlan.of(result).operators(WindowExecBase.class)).isEmpty();
    assertThat(ExecutedPlan.of(result).operators(StreamingWindowExec.class)).isNotEmpty();
    assertThat(result.schema().simpleString())
        .isEqualTo(
            "struct<k:string,v:bigint,t:timestamp,"
                + "sum:bigint,count:bigint,avg:double,min:bigint,max:bigint>");
    assertThat(sorted(result, "k", "v", "sum", "count", "avg", "min", "max"))
        .containsExactlyInAnyOrder(
            "[a,1,1,1,1.0,1,1]",
            "[a,2,7,3,2.3333333333333335,1,4]",
            "[a,4,7,3,2.3333333333333335,1,4]",
            "[a,8,14,3,4.666666666666667,2,8]",
            "[b,100,100,1,100.0,100,100]",
            "[null,16,16,1,16.0,16,16]",
            "[null,32,48,2,24.0,16,32]");
  }

  @Test
  void rowsWithoutTimeEnterNoWindowAndGetTheValueOfAnEmptyOne() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, v INT, t TIMESTAMP",
            row("a", 1, at("00:00:00")),
            row("a", null, at("01:00:00")),
            row("a", 2, null),
            row("a", 4, null));

    Dataset<Row> result =
        features(
            rows,
            window("sum", AggFunc.SUM, Duration.ofMinutes(2)),
            window("count", AggFunc.COUNT, Duration.ofMinutes(2)),
            window("avg", AggFunc.AVG, Duration.ofDays(200_000_000)),
            window("max", AggFunc.MAX, Duration.ofMinutes(2)));

    assertThat(sorted(result, "v", "sum", "count", "avg", "max"))
        .containsExactlyInAnyOrder(
            "[1,1,1,1.0,1]", "[null,null,0,1.0,null]", "[2,0,0,null,null]", "[4,0,0,null,null]");
  }

  @Test
  void aSumHasTheTypeOfItsInputByFeatHubsRules() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, i INT, l BIGINT, f FLOAT, d DOUBLE, n DECIMAL(5,2), t TIMESTAMP",
            row("a", 3, 5L, 0.5f, 0.25, new java.math.BigDecimal("1.50"), at("00:00:00")),
            row("a", 3, 5L, 0.5f, 0.25, new java.math.BigDecimal("1.50"), at("00:00:01")));

    Dataset<Row> result =
        features(
            rows,
            sum("i", "i"),
            sum("l", "i * l"),
            sum("f", "l * f"),
            sum("d", "f * d"),
            sum("n", "n"),
            sum("half", "i / 2"));

    assertThat(result.select("sum_i", "sum_l", "sum_f", "sum_d", "sum_n", "sum_half"))
        .satisfies(
            sums -> {
              assertThat(sums.schema().simpleString())
                  .isEqualTo(
                      "struct<sum_i:int,sum_l:bigint,sum_f:float,sum_d:double,"
                          + "sum_n:decimal(5,2),sum_half:int>");
              assertThat(sorted(sums))
                  .containsExactly("[3,15,2.5,0.125,1.50,1]", "[6,30,5.0,0.25,3.00,2]");
            });
  }

  private static Feature sum(String name, String expr) {
    return Feature.of(
        "sum_" + name,
        OverWindowTransform.builder(expr, AggFunc.SUM)
            .windowSize(Duration.ofMinutes(1))
            .groupByKeys("k")
            .build());
  }

  @Test
  void anIntegerAndAFloatMeetAsDoublesWhateverTheSessionSays() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, v INT, f FLOAT, t TIMESTAMP",
            row("a", 3, 0.1f, at("00:00:00")),
            row("a", 16777217, 1f, at("00:00:01")));
    for (String ansi : List.of("true", "false")) {
      SESSION.conf().set("spark.sql.ansi.enabled", ansi);
      try {
        Dataset<Row> result =
            features(
                rows,
                Feature.builder("left", ExpressionTransform.of("v * f")).dtype("DOUBLE").build(),
                Feature.builder("right", ExpressionTransform.of("-f - (v + 1)"))
                    .dtype("DOUBLE")
                    .build(),
                Feature.builder(
                        "paid",
                        OverWindowTransform.builder("v * f", AggFunc.SUM)
                            .windowSize(Duration.ZERO)
                            .groupByKeys("k")
                            .build())
                    .dtype("DOUBLE")
                    .build());

        assertThat(sorted(result.select("left", "right", "paid")))
            .as("ANSI %s", ansi)
            .containsExactly(
                "[%s,%s,%s]".formatted(3 * (double) 0.1f, -(double) 0.1f - 4, 3 * (double) 0.1f),
                "[1.6777217E7,-1.6777219E7,1.6777217E7]");
      } finally {
        SESSION.conf().unset("spark.sql.ansi.enabled");
      }
    }
  }

  @Test
  void aSumThatDoesNotFitIsAnErrorThatNamesTheFeatureWhateverTheSessionSays() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, i INT, l BIGINT, f FLOAT, t TIMESTAMP",
            row("a", Integer.MAX_VALUE, Long.MAX_VALUE, Float.MAX_VALUE, at("00:00:00")),
            row("a", 1, 1L, Float.MAX_VALUE, at("00:00:01")));

    SESSION.conf().set("spark.sql.ansi.enabled", "false");
    try {
      assertThatSumFails(features(rows, sum("i", "i")), "sum_i`, 2147483648,", "INT");
      assertThatSumFails(features(rows, sum("l", "l")), "sum_l`, 9223372036854775808,", "BIGINT");
      assertThatSumFails(features(rows, sum("f", "f")), "sum_f`", "FLOAT");
    } finally {
      SESSION.conf().unset("spark.sql.ansi.enabled");
    }
    Feature wide = Feature.builder("wide", sum("l", "l").transform()).dtype("Float64").build();
    assertThat(sorted(features(rows, wide), "wide"))
        .containsExactly("[9.223372036854776E18]", "[9.223372036854776E18]");
  }

  private static void assertThatSumFails(Dataset<Row> rows, String sum, String type) {
    assertThatThrownBy(rows::collectAsList)
        .satisfies(
            thrown -> {
              SparkThrowable error = FeathubErrors.find(thrown).orElseThrow();
              assertThat(error.getCondition()).isEqualTo("FEATHUB_SUM_DOES_NOT_FIT");
              assertThat(((Throwable) error).getMessage()).contains(sum, "its type " + type);
            });
  }

  @Test
  void aSumMayPassThroughWhatItsTypeCannotHold() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, v BIGINT, t TIMESTAMP",
            row("a", Long.MAX_VALUE, at("00:00:00")),
            row("a", 1L, at("00:00:00")),
            row("a", -5L, at("00:00:00")));

    assertThat(sorted(features(rows, window("sum", AggFunc.SUM, Duration.ZERO)), "sum"))
        .containsOnly("[" + (Long.MAX_VALUE - 4) + "]");
  }

  @Test
  void laterFeaturesSeeEarlierOnesAlsoThoseThatTookAFieldsName() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "k STRING, v INT, t TIMESTAMP",
            row("a", 1, at("00:00:00")),
            row("a", 2, at("00:00:10")));

    Dataset<Row> result =
        features(
            rows,
            window("before", AggFunc.SUM, Duration.ofMinutes(1)),
            Feature.of("v", "v * 10"),
            window("after", AggFunc.SUM, Duration.ofMinutes(1)),
            Feature.of(
                "sum of sums",
                OverWindowTransform.builder("after + before", AggFunc.SUM)
                    .windowSize(Duration.ofMinutes(1))
                    .build()));

    assertThat(result.columns()).containsExactly("k", "t", "before", "v", "after", "sum of sums");
    assertThat(sorted(result, "before", "v", "after", "sum of sums"))
        .containsExactly("[1,10,10,11]", "[3,20,30,44]");
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> AggFunc.of("SUN")).hasMessageContaining("Did you mean SUM?");
    assertThatThrownBy(() -> window("s", AggFunc.SUM, Duration.ofNanos(1500)))
        .hasMessageContaining("PT0.0000015S is finer than a microsecond");
    assertThatThrownBy(() -> window("s", AggFunc.SUM, Duration.ofSeconds(-1)))
        .hasMessageContaining("is negative");
    for (long limit : new long[] {0, -1}) {
      assertThatThrownBy(() -> OverWindowTransform.builder("v", AggFunc.SUM).limit(limit).build())
          .hasMessageContaining("FEATHUB_INVALID_WINDOW_LIMIT");
    }
    assertThatThrownBy(
            () -> OverWindowTransform.builder("v", AggFunc.SUM).groupByKeys("k", "k").build())
        .hasMessageContaining("FEATHUB_DUPLICATE_NAME");
  }
}
