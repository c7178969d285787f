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
import io.feathub.spark.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which rows are in the frames of a view's windows. */
class TestViewWindowFrames {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private static final String SCHEMA = "id BIGINT, k STRING, v DOUBLE, t TIMESTAMP";

  private static OverWindowTransform.Builder window(String expr, AggFunc function) {
    return OverWindowTransform.builder(expr, function).groupByKeys("k");
  }

  private static Dataset<Row> features(Dataset<Row> rows, Feature... features) {
    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder("view")
            .source(DataFrameSource.builder("source", rows).timestampField("t").build());
    for (Feature feature : features) {
      view.feature(feature);
    }
    return FeathubClient.create(SESSION).getFeatures(view.build());
  }

  /** Three rows at each of a few times; from one time on the values are another's. */
  private static Dataset<Row> events(int poisonedFrom, double poison) {
    List<Row> rows = new ArrayList<>();
    for (int time = 0; time < 6; time++) {
      for (int peer = 0; peer < 3; peer++) {
        double value = time >= poisonedFrom ? poison : 10 * time + peer;
        rows.add(row(3L * time + peer, "a", value, at("00:00:0" + time)));
      }
    }
    return Rows.table(SESSION, SCHEMA, rows.toArray(Row[]::new));
  }

  /** Every function, alone and limited, and beside windows that do see the row's own time. */
  private static Feature[] allFunctions(Exclude exclude) {
    List<Feature> features = new ArrayList<>();
    features.add(Feature.of("id", "id"));
    for (AggFunc function : AggFunc.values()) {
      OverWindowTransform.Builder all = window("v", function).exclude(exclude);
      features.add(Feature.of("all " + function, all.build()));
      features.add(
          Feature.of("sized " + function, all.windowSize(Duration.ofSeconds(3)).limit(4).build()));
      features.add(
          Feature.of(
              "filtered " + function,
              window("v", function).exclude(exclude).filterExpr("v <> 21 OR v IS NULL").build()));
    }
    return features.toArray(Feature[]::new);
  }

  @ParameterizedTest
  @EnumSource(names = {"CURRENT_GROUP", "CURRENT_TIME"})
  void nothingOfTheRowsOwnTimeLeaksIntoAWindowThatExcludesIt(Exclude exclude) {
    int poisonedFrom = 3;
    for (double poison : new double[] {1e300, Double.NaN, Double.NEGATIVE_INFINITY}) {
      Dataset<Row> clean = features(events(poisonedFrom, -1), allFunctions(exclude));
      Dataset<Row> poisoned = features(events(poisonedFrom, poison), allFunctions(exclude));

      // With CURRENT_TIME a row still sees itself, so that only earlier rows stay what they were.
      int unchanged = exclude == Exclude.CURRENT_GROUP ? poisonedFrom : poisonedFrom - 1;
      String until = "t <= TIMESTAMP '2022-01-01 00:00:0" + unchanged + "'";
      List<String> expected = sorted(clean.where(until));
      assertThat(expected).hasSize(3 * (unchanged + 1));
      assertThat(sorted(poisoned.where(until))).isEqualTo(expected);
    }
  }

  @Test
  void aRowThatExcludesItsTimeSeesItselfAndOnlyEarlierRows() {
    Dataset<Row> result =
        features(
            events(6, 0),
            Feature.of("id", "id"),
            Feature.of(
                "time", window("id", AggFunc.COLLECT_LIST).exclude(Exclude.CURRENT_TIME).build()),
            Feature.of(
                "group", window("id", AggFunc.COLLECT_LIST).exclude(Exclude.CURRENT_GROUP).build()),
            Feature.of(
                "row", window("id", AggFunc.COLLECT_LIST).exclude(Exclude.CURRENT_ROW).build()),
            Feature.of("all", window("id", AggFunc.COLLECT_LIST).build()));

    for (Row row : result.collectAsList()) {
      long id = row.getAs("id");
      List<Long> earlier = ids(0, id - id % 3);
      List<Long> all = ids(0, id - id % 3 + 3);
      List<Long> itself = new ArrayList<>(earlier);
      itself.add(id);
      List<Long> others = new ArrayList<>(all);
      others.remove(id);
      assertThat(row.<Long>getList(row.fieldIndex("group"))).isEqualTo(earlier);
      assertThat(row.<Long>getList(row.fieldIndex("time"))).isEqualTo(itself);
      assertThat(row.<Long>getList(row.fieldIndex("row"))).isEqualTo(others);
      assertThat(row.<Long>getList(row.fieldIndex("all"))).isEqualTo(all);
    }
  }

  private static List<Long> ids(long from, long to) {
    List<Long> ids = new ArrayList<>();
    for (long id = from; id < to; id++) {
      ids.add(id);
    }
    return ids;
  }

  @Test
  void rowsOfOneTimeComeInTheOrderOfAllFieldsOfTheSourceWhateverIsSelected() {
    Timestamp time = at("00:00:00");
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "b STRING, k STRING, v DOUBLE, t TIMESTAMP",
            row("2", "a", 1.0, time),
            row(null, "a", 5.0, time),
            row("1", "a", 2.0, time),
            row("1", "a", 1.0, time));
    Feature[] features = {
      Feature.of("b", "v"),
      Feature.of("last", window("v", AggFunc.LAST_VALUE).build()),
      Feature.of("last three", window("v", AggFunc.COLLECT_LIST).limit(3).build()),
      Feature.of("sum", window("v", AggFunc.SUM).limit(2).build()),
      Feature.of("list", window("v", AggFunc.COLLECT_LIST).build())
    };

    for (int partitions = 1; partitions < 4; partitions++) {
      Dataset<Row> result = features(rows.repartition(partitions), features);
      assertThat(sorted(result, "last")).containsOnly("[1.0]");
      assertThat(sorted(result, "sum")).containsOnly("[3.0]");
      assertThat(sorted(result, "last three")).containsOnly("[ArraySeq(1.0, 2.0, 1.0)]");
      assertThat(sorted(result, "list")).containsOnly("[ArraySeq(5.0, 1.0, 2.0, 1.0)]");
    }
  }

  @Test
  void aSumOfNoRowsIsZeroAndOfNullsOnlyIsNull() {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            SCHEMA,
            row(1L, "a", null, at("00:00:01")),
            row(2L, "a", 2.0, at("00:00:02")),
            row(3L, "a", null, at("00:00:03")),
            row(4L, "a", 4.0, null));

    Dataset<Row> result =
        features(
            rows,
            Feature.of("id", "id"),
            Feature.of("before", window("v", AggFunc.SUM).exclude(Exclude.CURRENT_ROW).build()),
            Feature.of("odd", window("v", AggFunc.SUM).filterExpr("id <> 2").build()),
            Feature.of("none", window("id", AggFunc.SUM).filterExpr("id > 9").build()),
            Feature.of("rows", window("*", AggFunc.COUNT).limit(2).build()),
            Feature.of("values", window("v", AggFunc.COUNT).build()));

    assertThat(sorted(result, "id", "before", "odd", "none", "rows", "values"))
        .containsExactly(
            "[1,0.0,null,0,1,0]", "[2,null,null,0,2,1]", "[3,2.0,null,0,2,1]", "[4,0.0,0.0,0,0,0]");
  }

  @Test
  void aSumOfFloatsIsTheExactSumRoundedOnceAndMayNotBeTooLarge() {
    String schema = "k STRING, f FLOAT, t TIMESTAMP";
    // As doubles these add up to the middle of two floats, from which the least one shies away.
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            schema,
            row("a", 16777216f, at("00:00:00")),
            row("a", 1f, at("00:00:00")),
            row("a", 0x1p-60f, at("00:00:00")));
    Feature sum = Feature.of("sum", window("f", AggFunc.SUM).limit(3).build());

    assertThat(sorted(features(rows, sum), "sum")).containsOnly("[1.6777218E7]");

    Dataset<Row> infinite =
        Rows.table(
            SESSION,
            schema,
            row("a", Float.POSITIVE_INFINITY, at("00:00:00")),
            row("a", Float.MAX_VALUE, at("00:00:00")));
    assertThat(sorted(features(infinite, sum), "sum")).containsOnly("[Infinity]");

    Dataset<Row> large =
        Rows.table(
            SESSION,
            schema,
            row("a", Float.MAX_VALUE, at("00:00:00")),
            row("a", Float.MAX_VALUE, at("00:00:00")));
    assertThatThrownBy(() -> features(large, sum).collectAsList())
        .satisfies(
            thrown -> {
              SparkThrowable error = FeathubErrors.find(thrown).orElseThrow();
              assertThat(error.getCondition()).isEqualTo("FEATHUB_SUM_DOES_NOT_FIT");
              assertThat(((Throwable) error).getMessage()).contains("feature `sum`", "FLOAT");
            });
  }

  @Test
  void aSumOfDecimalsThatNoDecimalHoldsIsAnErrorThatNamesTheFeature() {
    BigDecimal half = new BigDecimal("5" + "0".repeat(37));
    String schema = "id INT, k STRING, n DECIMAL(38,0), t TIMESTAMP";
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            schema,
            row(1, "a", half, at("00:00:00")),
            row(2, "a", half.negate(), at("00:00:00")),
            row(3, "b", null, at("00:00:00")),
            row(4, "b", half, at("00:00:01")),
            row(5, "b", half, at("00:00:02")));
    Feature id = Feature.of("id", "id");
    for (OverWindowTransform.Builder window :
        List.of(window("n", AggFunc.SUM), window("n", AggFunc.SUM).limit(2))) {
      Dataset<Row> result = features(rows, id, Feature.of("sum", window.build()));

      assertThat(
              sorted(
                  features(rows.where("id < 5"), id, Feature.of("sum", window.build()))
                      .select("id", "sum")))
          .containsExactly("[1,0]", "[2,0]", "[3,null]", "[4," + half + "]");
      assertThatThrownBy(result::collectAsList)
          .satisfies(
              thrown -> {
                SparkThrowable error = FeathubErrors.find(thrown).orElseThrow();
                assertThat(error.getCondition()).isEqualTo("FEATHUB_SUM_DOES_NOT_FIT");
              });
    }
  }

  @Test
  void valuesAreCountedInTheTypeThatTheyHaveInTheResult() {
    Dataset<Row> rows =
        Rows.table(
            SESSION, SCHEMA, row(1L, "a", 1.25, at("00:00:00")), row(2L, "a", 1.5, at("00:00:01")));
    Feature counts =
        Feature.builder("counts", window("v", AggFunc.VALUE_COUNTS).build())
            .dtype("MAP<INT, INT>")
            .build();

    assertThat(sorted(features(rows, counts), "counts"))
        .containsExactly("[Map(1 -> 1)]", "[Map(1 -> 2)]");
  }

  @Test
  void inputsAndFiltersOfTheWrongTypeAreRefused() {
    Dataset<Row> rows =
        Rows.table(
            SESSION, "k STRING, m MAP<STRING, INT>, v INT, t TIMESTAMP", row("a", null, 1, null));

    for (AggFunc function :
        List.of(AggFunc.SUM, AggFunc.AVG, AggFunc.MIN, AggFunc.MAX, AggFunc.VALUE_COUNTS)) {
      assertThatThrownBy(() -> features(rows, Feature.of("f", window("m", function).build())))
          .as(function.name())
          .hasMessageContaining("FEATHUB_AGGREGATE_TYPE")
          .hasMessageContaining(function + " of feature `f` needs");
    }
    assertThatThrownBy(
            () ->
                features(
                    rows, Feature.of("f", window("v", AggFunc.SUM).filterExpr("v + 1").build())))
        .hasMessageContaining("FEATHUB_FILTER_TYPE")
        .hasMessageContaining("the filter_expr of feature f is of type INT");
    assertThatThrownBy(
            () ->
                features(
                    rows, Feature.of("f", window("v", AggFunc.SUM).filterExpr("w > 1").build())))
        .hasMessageContaining("FEATHUB_UNKNOWN_FIELD")
        .hasMessageContaining("the filter_expr of feature f");
  }
}
