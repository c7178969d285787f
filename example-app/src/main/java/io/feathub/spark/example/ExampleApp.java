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
package io.feathub.spark.example;

import static org.apache.spark.sql.functions.col;

import io.feathub.spark.features.AggFunc;
import io.feathub.spark.features.DerivedFeatureView;
import io.feathub.spark.features.FeathubClient;
import io.feathub.spark.features.Feature;
import io.feathub.spark.features.FileSystemSink;
import io.feathub.spark.features.FileSystemSource;
import io.feathub.spark.features.OverWindowTransform;
import io.feathub.spark.features.Schema;
import java.io.IOException;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** Each purchase with the price at its time and the user's payments of the last two minutes. */
public final class ExampleApp {
  private static final String TIME_FORMAT = "%Y-%m-%d %H:%M:%S";

  private ExampleApp() {}

  public static void main(String[] args) {
    System.exit(UserErrors.exitCode(() -> run(ExampleOptions.parse(args))));
  }

  private static void run(ExampleOptions options) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .appName("feathub-example")
            .master(options.master())
            .config("spark.sql.extensions", "io.feathub.spark.FeathubSparkExtensions")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()) {
      FeathubClient client = FeathubClient.create(spark);
      client.buildFeatures(purchases(options.data()), prices(options.data()));

      DerivedFeatureView view =
          DerivedFeatureView.builder("purchase_events_with_features")
              .source("purchase_events")
              .feature("item_price_events.price") // the price in force at the purchase
              .feature(
                  Feature.of(
                      "total_payment_last_two_minutes",
                      OverWindowTransform.builder("item_count * price", AggFunc.SUM)
                          .windowSize(Duration.ofMinutes(2))
                          .groupByKeys("user_id")
                          .build()))
              .keepSourceFields(true)
              .build();

      FileSystemSink sink = FileSystemSink.of(options.output(), "csv");
      client.materializeFeatures(view, sink, options.overwrite());
      client.getFeatures(view).orderBy(col("timestamp")).show(false);
      System.out.println("Written to " + options.output());
    }
  }

  static FileSystemSource purchases(String data) {
    return FileSystemSource.builder("purchase_events")
        .path(data + "/purchase_events.json")
        .dataFormat("json")
        .schema(
            Schema.builder()
                .column("user_id", "STRING")
                .column("item_id", "STRING")
                .column("item_count", "INT")
                .column("timestamp", "STRING")
                .build())
        .timestampField("timestamp")
        .timestampFormat(TIME_FORMAT)
        .build();
  }

  static FileSystemSource prices(String data) {
    return FileSystemSource.builder("item_price_events")
        .path(data + "/item_price_events.json")
        .dataFormat("json")
        .schema(
            Schema.builder()
                .column("item_id", "STRING")
                .column("price", "FLOAT")
                .column("timestamp", "STRING")
                .build())
        .keys("item_id")
        .timestampField("timestamp")
        .timestampFormat(TIME_FORMAT)
        .build();
  }
}
