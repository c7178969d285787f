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
package io.feathub.spark.benchmark.workload;

import static io.feathub.spark.benchmark.contender.Contenders.DUCKDB;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB;
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_AS_OF_JOIN;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_ROW_NUMBER;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;

import io.feathub.spark.benchmark.results.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The main job, other shapes, and how times grow. */
final class FullWorkloads {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> WITH_AS_OF_JOIN =
      List.of(FEATHUB, SPARK_UNION, SPARK_ROW_NUMBER, SPARK_AS_OF_JOIN, DUCKDB, POLARS);

  private final double scale;
  private final Jobs jobs;

  FullWorkloads(double scale) {
    this.scale = scale;
    this.jobs = new Jobs(scale);
  }

  List<Workload> all() {
    List<Workload> all = new ArrayList<>(new MainWorkloads(scale).all());
    all.addAll(shapes(10_000, 1_000_000, 100_000, 100));
    all.addAll(new GrowthWorkloads(scale).all());
    return all;
  }

  /**
   * Shapes that are hard for one or another.
   *
   * @param square events and facts where all pairs are formed by somebody
   */
  List<Workload> shapes(long square, long withoutKey, int factsWithoutKey, int extraColumns) {
    long rows = jobs.scaled(square);
    return List.of(
        Workload.of(
            "wide",
            "facts of " + extraColumns + " columns beside the price",
            jobs.wide(extraColumns),
            MainWorkloads.FAST,
            PATIENCE,
            Sink.values()),
        Workload.of(
            "no-key",
            "an as-of join by time alone",
            jobs.withoutKey(jobs.scaled(withoutKey), factsWithoutKey),
            MainWorkloads.FAST,
            PATIENCE),
        Workload.of(
            "square-100",
            "as many facts as events, 100 items",
            jobs.square(rows, 100),
            WITH_AS_OF_JOIN,
            PATIENCE),
        Workload.of(
            "square-10",
            "as many facts as events, 10 items",
            jobs.square(rows, 10),
            WITH_AS_OF_JOIN,
            PATIENCE),
        Workload.of(
            "square-no-key",
            "as many facts as events, no key",
            jobs.withoutKey(rows, (int) rows),
            WITH_AS_OF_JOIN,
            PATIENCE));
  }
}
