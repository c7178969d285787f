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

import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.testing.TestSession;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestViewNames {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private final FeathubClient client = FeathubClient.create(SESSION);

  private static DataFrameSource source(String name) {
    Dataset<Row> rows =
        Rows.table(
            SESSION,
            "id INT, cost BIGINT, name STRING, time TIMESTAMP",
            row(1, 10L, "a", at("00:00:00")));
    return DataFrameSource.builder(name, rows).keys("id").timestampField("time").build();
  }

  private static DerivedFeatureView view(Feature... features) {
    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder("view").source(source("source")).keepSourceFields(true);
    for (Feature feature : features) {
      view.feature(feature);
    }
    return view.build();
  }

  private void assertRefused(DerivedFeatureView view, String condition, String... texts) {
    assertThatThrownBy(() -> client.getFeatures(view))
        .hasMessageContaining("[" + condition + "]")
        .hasMessageContainingAll(texts);
  }

  @Test
  void namesAreData() {
    List<String> names =
        List.of("a.b", "we`ird", "select", "it's", "x y", "日本", "-- drop", "source.cost", "1");
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, "int");
    }
    Object[] values = new Object[names.size()];
    java.util.Arrays.setAll(values, index -> index);
    Dataset<Row> rows =
        SESSION
            .createDataFrame(List.of(RowFactory.create(values)), schema)
            .selectExpr("*", "TIMESTAMP '2022-01-01' AS `t.t`");

    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder("view")
            .source(
                DataFrameSource.builder("table.x", rows).timestampField("t.t").keys("a.b").build());
    client.buildFeatures(
        DataFrameSource.builder("table.x", rows).timestampField("t.t").keys("a.b").build());
    for (String name : names) {
      String column = FieldNames.quoted(name);
      view.feature(name);
      view.feature(Feature.of("plus " + name, column + " + 1"));
      view.feature(Feature.of("joined " + name, JoinTransform.of("table.x", column)));
      view.feature(
          Feature.of(
              "sum." + name,
              OverWindowTransform.builder(FieldNames.quoted("plus " + name), AggFunc.SUM)
                  .windowSize(Duration.ZERO)
                  .groupByKeys(name)
                  .build()));
    }
    view.feature("table.x.t.t");

    Row result = client.getFeatures(view.build()).head();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      assertThat(result.<Integer>getAs(name)).isEqualTo(i);
      assertThat(result.<Integer>getAs("plus " + name)).isEqualTo(i + 1);
      assertThat(result.<Integer>getAs("joined " + name)).isEqualTo(i);
      assertThat(result.<Integer>getAs("sum." + name)).isEqualTo(i + 1);
    }
    assertThat(result.length()).isEqualTo(4 * names.size() + 1);
  }

  @Test
  void columnsAreTheKeptFieldsInTheSourcesOrderAndThenTheFeatures() {
    Feature named = Feature.of("name", "id + 1");
    assertThat(client.getFeatures(view(named)).columns())
        .containsExactly("id", "cost", "time", "name");

    DerivedFeatureView.Builder few = DerivedFeatureView.builder("few").source(source("source"));
    assertThat(client.getFeatures(few.feature(named).build()).columns())
        .containsExactly("time", "name");
    assertThat(client.getFeatures(few.feature("cost").build()).columns())
        .containsExactly("id", "time", "name", "cost");
  }

  @Test
  void aNameThatDoesNotExistIsRefusedWithWhatMayBeMeant() {
    client.buildFeatures(source("prices"));

    assertRefused(
        view(Feature.of("f", "csot + 1")), "FEATHUB_UNKNOWN_FIELD", "`csot`", "feature f", "cost?");
    assertRefused(view(Feature.of("f", "COST")), "FEATHUB_UNKNOWN_FIELD", "Did you mean cost?");
    assertRefused(
        view(Feature.of("f", JoinTransform.of("price", "cost"))),
        "FEATHUB_UNKNOWN_TABLE",
        "`price`",
        "Did you mean prices?");
    assertRefused(
        view(Feature.of("f", JoinTransform.of("prices", "kost"))),
        "FEATHUB_UNKNOWN_FIELD",
        "of table prices",
        "Did you mean cost?");
    assertRefused(
        DerivedFeatureView.builder("v").source("sauce").build(),
        "FEATHUB_UNKNOWN_TABLE",
        "the source of view v",
        "There are: prices.");
    assertRefused(
        DerivedFeatureView.builder("v").source("prices").feature("xyz").build(),
        "FEATHUB_UNKNOWN_FIELD",
        "There are: cost, id, name, time.");
    assertRefused(
        DerivedFeatureView.builder("v").source("prices").feature("nope.cost").build(),
        "FEATHUB_UNKNOWN_TABLE",
        "`nope`");
    assertThatThrownBy(
            () ->
                DataFrameSource.builder("s", source("s").dataFrame())
                    .timestampField("tyme")
                    .build())
        .hasMessageContaining("the timestamp field of table s")
        .hasMessageContaining("Did you mean time?");
    assertThatThrownBy(
            () -> DataFrameSource.builder("s", source("s").dataFrame()).keys("nothing").build())
        .hasMessageContaining("the key of table s");
  }

  @Test
  void aFeatureSeesNoLaterOne() {
    assertRefused(
        view(Feature.of("a", "b + 1"), Feature.of("b", "cost")),
        "FEATHUB_FEATURE_ORDER",
        "`b` in feature a",
        "move `b` up");
    Feature window =
        Feature.of(
            "w",
            OverWindowTransform.builder("cost", AggFunc.SUM)
                .windowSize(Duration.ofDays(1))
                .groupByKeys("b")
                .build());
    assertRefused(view(window, Feature.of("b", "cost")), "FEATHUB_FEATURE_ORDER", "group_by_keys");
  }

  @Test
  void namesThatCannotBeToldApartOrAreReservedAreRefused() {
    assertRefused(
        view(Feature.of("a", "cost"), Feature.of("a", "id")), "FEATHUB_DUPLICATE_NAME", "`a`");
    assertRefused(view(Feature.of("Cost", "id")), "FEATHUB_DUPLICATE_NAME", "`Cost`");
    assertThatThrownBy(() -> Feature.of("__x", "id"))
        .hasMessageContaining("FEATHUB_RESERVED_NAME")
        .hasMessageContaining("two underscores");
    assertThatThrownBy(() -> Schema.builder().column("a", "INT").column("A", "INT").build())
        .hasMessageContaining("FEATHUB_DUPLICATE_NAME");
    assertThatThrownBy(() -> Schema.builder().column("x__", "INT").build())
        .hasMessageContaining("FEATHUB_RESERVED_NAME");
  }

  @Test
  void keysOfAWindowContainItsGroup() {
    OverWindowTransform window =
        OverWindowTransform.builder("cost", AggFunc.SUM)
            .windowSize(Duration.ofDays(1))
            .groupByKeys("id")
            .build();
    assertThatThrownBy(() -> Feature.builder("w", window).keys("name").build())
        .hasMessageContaining("FEATHUB_FEATURE_KEYS");
    assertThat(Feature.builder("w", window).keys("name", "id").build().keys())
        .contains(List.of("name", "id"));
  }

  @Test
  void typesHaveSparksAndFeatHubsNames() {
    Schema schema =
        Schema.builder()
            .column("a", "Int64")
            .column("b", "float32")
            .column("c", "DECIMAL(10,2)")
            .column("d", "ARRAY<INT>")
            .column("e", "Bool")
            .build();
    assertThat(schema.toStructType().simpleString())
        .isEqualTo("struct<a:bigint,b:float,c:decimal(10,2),d:array<int>,e:boolean>");
    assertThatThrownBy(() -> Schema.builder().column("a", "Int65"))
        .hasMessageContaining("There is no type `Int65`.")
        .hasMessageContaining("Int64");
  }

  @Test
  void typesThatDoNotFitAreRefused() {
    assertRefused(view(Feature.of("f", "cost + name")), "FEATHUB_EXPRESSION_TYPE", "field name");
    assertRefused(
        view(Feature.builder("f", ExpressionTransform.of("cost")).dtype("ARRAY<INT>").build()),
        "FEATHUB_FEATURE_TYPE",
        "BIGINT",
        "ARRAY<INT>");
    assertRefused(
        view(
            Feature.of(
                "f",
                OverWindowTransform.builder("name", AggFunc.SUM)
                    .windowSize(Duration.ofDays(1))
                    .build())),
        "FEATHUB_AGGREGATE_TYPE",
        "SUM of feature `f`");
    assertThatThrownBy(
            () ->
                DataFrameSource.builder("s", source("s").dataFrame())
                    .timestampField("cost")
                    .build())
        .hasMessageContaining("FEATHUB_TIMESTAMP_FIELD_TYPE");
    assertThatThrownBy(() -> FileSystemSink.of("x", "xlsx"))
        .hasMessageContaining("FEATHUB_UNKNOWN_SINK_FORMAT");
  }

  @Test
  void aWindowNeedsATimestampField() {
    DataFrameSource timeless = DataFrameSource.builder("s", source("s").dataFrame()).build();
    Feature window =
        Feature.of(
            "w",
            OverWindowTransform.builder("cost", AggFunc.SUM)
                .windowSize(Duration.ofDays(1))
                .build());
    assertRefused(
        DerivedFeatureView.builder("v").source(timeless).feature(window).build(),
        "FEATHUB_TIMESTAMP_FIELD_MISSING",
        "is a window");
    assertThat(
            sorted(
                client.getFeatures(
                    DerivedFeatureView.builder("v")
                        .source(timeless)
                        .feature(Feature.of("f", "cost * 2"))
                        .build())))
        .containsExactly("[20]");
  }

  @Test
  void aSessionWithoutTheExtensionIsRefusedWithTheLineToAdd() {
    assertThatThrownBy(() -> FeathubClient.create(TestSession.stock()))
        .hasMessageContaining("FEATHUB_EXTENSION_MISSING")
        .hasMessageContaining(
            ".config(\"spark.sql.extensions\", \"io.feathub.spark.FeathubSparkExtensions\")");
  }
}
