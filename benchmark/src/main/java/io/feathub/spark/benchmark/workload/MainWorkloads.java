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
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_BROADCAST;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_SHUFFLED;
import static io.feathub.spark.benchmark.contender.Contenders.PANDAS;
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_ROW_NUMBER;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_SEGMENT_TREE;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;
import static io.feathub.spark.benchmark.contender.Contenders.TEMPO;

import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Sink;
import java.time.Duration;
import java.util.List;

/** The job that this project is for, at full size, with its parts and with one hot item. */
final class MainWorkloads {
  static final List<String> FAST = List.of(FEATHUB, SPARK_UNION, DUCKDB, POLARS);
  static final List<String> WINDOWS =
      List.of(FEATHUB, SPARK_UNION, SPARK_SEGMENT_TREE, DUCKDB, POLARS);

  static final List<String> WITH_FORMS =
      List.of(FEATHUB, FEATHUB_BROADCAST, FEATHUB_SHUFFLED, SPARK_UNION, DUCKDB, POLARS);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Jobs jobs;

  MainWorkloads(double scale) {
    this.jobs = new Jobs(scale);
  }

  List<Workload> all() {
    return List.of(
        Workload.of(
                "main",
                "as-of join, then the sum of two minutes",
                jobs.main(),
                WITH_FORMS,
                PATIENCE,
                Sink.values())
            .on(new Point(Names.ROWS, "purchases", rows(jobs.main()))),
        Workload.of(
            "main-hot",
            "the same with 30 % of the purchases on one item",
            jobs.hotItem(),
            FAST,
            PATIENCE),
        Workload.of(
                "main-asof",
                "the as-of join alone",
                Jobs.withoutWindows(jobs.main()),
                WITH_FORMS,
                PATIENCE)
            .on(GrowthWorkloads.asOfRows(rows(jobs.main()))),
        Workload.of(
            "main-window", "the window alone", Jobs.withoutFacts(jobs.main()), WINDOWS, PATIENCE),
        Workload.of(
            "main-window-sorted",
            "the window alone, over a table sorted by user and time",
            Jobs.sorted(Jobs.withoutFacts(jobs.main())),
            WINDOWS,
            PATIENCE),
        small());
  }

  private Workload small() {
    return Workload.of(
            "small",
            "a tenth of main, with those who take long",
            jobs.small(),
            List.of(
                FEATHUB,
                FEATHUB_BROADCAST,
                FEATHUB_SHUFFLED,
                SPARK_UNION,
                SPARK_SEGMENT_TREE,
                SPARK_ROW_NUMBER,
                DUCKDB,
                POLARS,
                PANDAS,
                TEMPO),
            PATIENCE,
            Sink.values())
        .on(new Point(Names.ROWS, "purchases", rows(jobs.small())));
  }

  private static long rows(Job job) {
    return job.events().rows();
  }
}
