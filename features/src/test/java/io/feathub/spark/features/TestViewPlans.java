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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.GoldenPlan;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.StreamingWindowExec;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan of the example's view, as approved: files, as-of join, window. */
class TestViewPlans {
  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));
    spark.conf().set("spark.sql.adaptive.enabled", "false");
  }

  @ParameterizedTest
  @CsvSource({"64MB, example-broadcast, 1", "0, example-shuffled, 3"})
  void neverSortsAndShufflesEachSideOnce(String threshold, String name, int exchanges) {
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", threshold);
    Dataset<Row> features = example();

    ExecutedPlan plan = ExecutedPlan.of(features);
    assertThat(plan.operators(SortExec.class)).as(plan.toString()).isEmpty();
    assertThat(plan.operators(ShuffleExchangeExec.class)).as(plan.toString()).hasSize(exchanges);
    GoldenPlan.check(getClass(), name, features);
  }

  @Test
  void windowsOfOneGroupRunInOnePass() {
    Dataset<Row> features =
        view(
            window("spent", "item_count", AggFunc.SUM).windowSize(Duration.ofMinutes(2)),
            window("last", "item_count", AggFunc.LAST_VALUE),
            window("items", "item_id", AggFunc.COLLECT_LIST)
                .windowSize(Duration.ofDays(1))
                .limit(10)
                .filterExpr("item_count > 1"),
            window("before", "item_count", AggFunc.AVG).exclude(Exclude.CURRENT_GROUP),
            window("popular", "item_count", AggFunc.SUM)
                .windowSize(Duration.ofDays(7))
                .groupByKeys("item_id"));

    ExecutedPlan plan = ExecutedPlan.of(features);
    assertThat(plan.operators(StreamingWindowExec.class)).as(plan.toString()).hasSize(2);
    assertThat(plan.operators(ShuffleExchangeExec.class)).as(plan.toString()).hasSize(2);
    assertThat(plan.operators(SortExec.class)).as(plan.toString()).isEmpty();
    GoldenPlan.check(getClass(), "windows-one-pass", features);
  }

  @Test
  void aWindowOverAWindowRunsAfterItWithoutAnotherShuffle() {
    Dataset<Row> features =
        view(
            window("spent", "item_count", AggFunc.SUM).windowSize(Duration.ofMinutes(2)),
            window("most", "spent", AggFunc.MAX).windowSize(Duration.ofDays(1)),
            window("count", "*", AggFunc.COUNT).windowSize(Duration.ofDays(1)));

    ExecutedPlan plan = ExecutedPlan.of(features);
    assertThat(plan.operators(StreamingWindowExec.class)).as(plan.toString()).hasSize(2);
    assertThat(plan.operators(ShuffleExchangeExec.class)).as(plan.toString()).hasSize(1);
    GoldenPlan.check(getClass(), "windows-over-windows", features);
  }

  private record Named(String name, OverWindowTransform.Builder window) {
    Named windowSize(Duration size) {
      window.windowSize(size);
      return this;
    }

    Named limit(long rows) {
      window.limit(rows);
      return this;
    }

    Named filterExpr(String condition) {
      window.filterExpr(condition);
      return this;
    }

    Named exclude(Exclude rows) {
      window.exclude(rows);
      return this;
    }

    Named groupByKeys(String key) {
      window.groupByKeys(key);
      return this;
    }
  }

  private static Named window(String name, String expr, AggFunc function) {
    return new Named(name, OverWindowTransform.builder(expr, function).groupByKeys("user_id"));
  }

  private static Dataset<Row> view(Named... windows) {
    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder("view")
            .source(source("purchase_events", "item_count", "INT").build());
    for (Named window : windows) {
      view.feature(Feature.of(window.name, window.window.build()));
    }
    return FeathubClient.create(spark).getFeatures(view.build());
  }

  private static Dataset<Row> example() {
    FeathubClient client = FeathubClient.create(spark);
    client.buildFeatures(
        source("purchase_events", "item_count", "INT").build(),
        source("item_price_events", "price", "FLOAT").keys("item_id").build());
    return client.getFeatures(
        DerivedFeatureView.builder("purchase_events_with_features")
            .source("purchase_events")
            .feature("item_price_events.price")
            .feature(
                Feature.of(
                    "total_payment_last_two_minutes",
                    OverWindowTransform.builder("item_count * price", AggFunc.SUM)
                        .windowSize(Duration.ofMinutes(2))
                        .groupByKeys("user_id")
                        .build()))
            .keepSourceFields(true)
            .build());
  }

  private static FileSystemSource.Builder source(String table, String column, String type) {
    return FileSystemSource.builder(table)
        .path(Path.of(System.getProperty("feathub.root"), "data", table + ".json").toString())
        .dataFormat("json")
        .schema(
            Schema.builder()
                .column("user_id", "STRING")
                .column("item_id", "STRING")
                .column(column, type)
                .column("timestamp", "STRING")
                .build())
        .timestampField("timestamp")
        .timestampFormat("%Y-%m-%d %H:%M:%S");
  }
}
