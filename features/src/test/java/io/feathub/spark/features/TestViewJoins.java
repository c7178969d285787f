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
import io.feathub.spark.asof.FeathubAsOfJoin;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.Test;

class TestViewJoins {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private static final DataFrameSource PURCHASES =
      DataFrameSource.builder(
              "purchases",
              Rows.table(
                  SESSION,
                  "user STRING, item STRING, n INT, t TIMESTAMP",
                  row("u1", "i1", 1, at("00:00:00")),
                  row("u2", "i1", 2, at("00:02:00")),
                  row("u2", "i1", 2, at("00:02:00")),
                  row("u1", "i2", 3, at("00:03:00")),
                  row("u1", null, 4, at("00:03:00")),
                  row("u1", null, 4, at("00:03:00")),
                  row("u1", "i1", 5, null)))
          .timestampField("t")
          .build();

  private static final DataFrameSource PRICES =
      DataFrameSource.builder(
              "prices",
              Rows.table(
                  SESSION,
                  "item STRING, price FLOAT, stock INT, unused STRING, t TIMESTAMP",
                  row("i1", 10f, 1, "x", at("00:00:00")),
                  row("i1", 20f, null, "x", at("00:01:00")),
                  row("i1", 15f, 9, "x", at("00:01:00")),
                  row("i2", 30f, 3, "x", at("00:04:00")),
                  row(null, 99f, 9, "x", at("00:00:00")),
                  row("i1", 98f, 9, "x", null)))
          .keys("item")
          .timestampField("t")
          .build();

  private final FeathubClient client = FeathubClient.create(SESSION);

  private DerivedFeatureView.Builder view() {
    client.buildFeatures(PURCHASES, PRICES);
    return DerivedFeatureView.builder("view").source("purchases").keepSourceFields(true);
  }

  @Test
  void eachLeftRowComesOutOnceWithTheLatestRowAtOrBeforeItsTime() {
    Dataset<Row> result = client.getFeatures(view().feature("prices.price").build());

    assertThat(result.columns()).containsExactly("user", "item", "n", "t", "price");
    assertThat(sorted(result, "user", "item", "n", "price"))
        .containsExactlyInAnyOrder(
            "[u1,i1,1,10.0]",
            "[u2,i1,2,20.0]",
            "[u2,i1,2,20.0]",
            "[u1,i2,3,null]",
            "[u1,null,4,null]",
            "[u1,null,4,null]",
            "[u1,i1,5,null]");
  }

  @Test
  void allFieldsOfATableComeFromTheSameRowAndFromOneJoin() {
    Dataset<Row> result =
        client.getFeatures(
            view()
                .feature(Feature.of("in_stock", JoinTransform.of("prices", "stock")))
                .feature(Feature.of("one_more", "in_stock + 1"))
                .feature("prices.price")
                .build());

    assertThat(joins(result)).hasSize(1);
    // Of the two rows of 00:01 the greater one is (20.0, null): its null is taken as it is.
    assertThat(sorted(result.where("n = 2"), "in_stock", "one_more", "price"))
        .containsOnly("[null,null,20.0]");
  }

  @Test
  void onlyTheFieldsThatTheViewUsesAreReadFromTheJoinedTable() {
    Dataset<Row> result = client.getFeatures(view().feature("prices.price").build());

    LogicalPlan right = joins(result).get(0).children().apply(1);
    assertThat(ScalaCollections.list(right.output()).stream().map(column -> column.name()))
        .noneMatch(name -> name.contains("stock") || name.contains("unused"))
        .hasSize(3);
  }

  private static List<LogicalPlan> joins(Dataset<Row> rows) {
    List<LogicalPlan> found = new java.util.ArrayList<>();
    ExecutedPlan.queryExecution(rows)
        .optimizedPlan()
        .foreach(
            node -> {
              if (node instanceof FeathubAsOfJoin) {
                found.add(node);
              }
              return scala.runtime.BoxedUnit.UNIT;
            });
    return found;
  }

  @Test
  void aRenamedJoinedFieldIsCastToItsDtype() {
    Dataset<Row> result =
        client.getFeatures(
            view()
                .feature(
                    Feature.builder("unit price", JoinTransform.of("prices", "`price`"))
                        .dtype("Float64")
                        .build())
                .build());

    assertThat(result.schema().apply("unit price").dataType().sql()).isEqualTo("DOUBLE");
    assertThat(sorted(result.where("n < 3"), "unit price"))
        .containsExactly("[10.0]", "[20.0]", "[20.0]");
  }

  @Test
  void aJoinedFieldReplacesTheSourcesFieldOfItsNameAndMovesToTheEnd() {
    Dataset<Row> prices =
        Rows.table(SESSION, "item STRING, n INT, t TIMESTAMP", row("i1", 7, at("00:00:00")));
    Dataset<Row> result =
        client.getFeatures(
            with(DataFrameSource.builder("other", prices).keys("item").timestampField("t").build())
                .feature("other.n")
                .feature(Feature.of("twice", "n * 2"))
                .build());

    assertThat(result.columns()).containsExactly("user", "item", "t", "n", "twice");
    assertThat(sorted(result, "item", "n", "twice")).contains("[i1,7,14]", "[i2,null,null]");
  }

  private DerivedFeatureView.Builder with(TableDescriptor table) {
    DerivedFeatureView.Builder view = view();
    client.buildFeatures(table);
    return view;
  }

  @Test
  void joinThenExpressionThenWindow() {
    Dataset<Row> result =
        client.getFeatures(
            view()
                .feature("prices.price")
                .feature(Feature.of("payment", "n * price"))
                .feature(
                    Feature.of(
                        "total",
                        OverWindowTransform.builder("payment", AggFunc.SUM)
                            .windowSize(Duration.ofMinutes(5))
                            .groupByKeys("user")
                            .build()))
                .build());

    assertThat(result.schema().apply("total").dataType().sql()).isEqualTo("FLOAT");
    assertThat(sorted(result, "user", "n", "payment", "total"))
        .containsExactlyInAnyOrder(
            "[u1,1,10.0,10.0]",
            "[u1,3,null,10.0]",
            "[u1,4,null,10.0]",
            "[u1,4,null,10.0]",
            "[u1,5,null,0.0]",
            "[u2,2,40.0,80.0]",
            "[u2,2,40.0,80.0]");
  }

  @Test
  void aFeatureThatTakesTheNameOfAKeyIsWhatLaterJoinsMatchOn() {
    Dataset<Row> keys =
        Rows.table(
            SESSION, "user STRING, item STRING, t TIMESTAMP", row("u2", "i2", at("00:00:00")));
    Dataset<Row> late =
        Rows.table(
            SESSION, "user STRING, item STRING, t TIMESTAMP", row("u2", "-", at("00:05:00")));
    client.buildFeatures(
        PRICES, DataFrameSource.builder("main", keys).keys("user").timestampField("t").build());
    DataFrameSource source = DataFrameSource.builder("late", late).timestampField("t").build();

    Dataset<Row> result =
        client.getFeatures(
            DerivedFeatureView.builder("view")
                .source(source)
                .feature(Feature.of("before", JoinTransform.of("prices", "price")))
                .feature("main.item")
                .feature(Feature.of("after", JoinTransform.of("prices", "price")))
                .keepSourceFields(true)
                .build());

    assertThat(sorted(result, "user", "before", "item", "after"))
        .containsExactly("[u2,null,i2,30.0]");
  }

  @Test
  void aTableCanBeJoinedToItself() {
    DataFrameSource self =
        DataFrameSource.builder("self", PRICES.dataFrame())
            .keys("item")
            .timestampField("t")
            .build();
    client.buildFeatures(self);
    Dataset<Row> result =
        client.getFeatures(
            DerivedFeatureView.builder("view")
                .source(self)
                .feature(Feature.of("again", JoinTransform.of("self", "price")))
                .keepSourceFields(true)
                .build());

    assertThat(sorted(result, "item", "price", "again"))
        .contains("[i1,10.0,10.0]", "[i1,15.0,20.0]", "[null,99.0,null]", "[i1,98.0,null]")
        .hasSize(6);
  }

  @Test
  void aJoinNeedsKeysTimestampFieldsAndTheKeysOnTheLeft() {
    Dataset<Row> rows =
        Rows.table(SESSION, "item STRING, other INT, t TIMESTAMP", row("i1", 1, at("00:00:00")));
    client.buildFeatures(
        DataFrameSource.builder("no_keys", rows).timestampField("t").build(),
        DataFrameSource.builder("no_time", rows).keys("item").build(),
        DataFrameSource.builder("other_key", rows).keys("other").timestampField("t").build(),
        DataFrameSource.builder("other_type", rows.selectExpr("other AS item", "t"))
            .keys("item")
            .timestampField("t")
            .build());

    assertThatThrownBy(() -> client.getFeatures(view().feature("no_keys.other").build()))
        .hasMessageContaining("FEATHUB_JOIN_KEYS_MISSING")
        .hasMessageContaining("joins table no_keys, which has no keys");
    assertThatThrownBy(() -> client.getFeatures(view().feature("no_time.other").build()))
        .hasMessageContaining("FEATHUB_TIMESTAMP_FIELD_MISSING")
        .hasMessageContaining("is a join")
        .hasMessageContaining("no_time has no timestamp field");
    assertThatThrownBy(() -> client.getFeatures(view().feature("other_key.item").build()))
        .hasMessageContaining("FEATHUB_JOIN_KEY_NOT_FOUND")
        .hasMessageContaining("`other`");
    assertThatThrownBy(() -> client.getFeatures(view().feature("other_type.item").build()))
        .hasMessageContaining("FEATHUB_JOIN_KEY_TYPE")
        .hasMessageContaining("STRING in the view and INT in table other_type");
  }
}
