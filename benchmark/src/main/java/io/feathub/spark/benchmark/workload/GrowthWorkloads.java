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
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_BROADCAST;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_SHUFFLED;
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_ROW_NUMBER;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;

import io.feathub.spark.benchmark.contender.Sink;
import io.feathub.spark.benchmark.data.Skew;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/** How times grow with one thing at a time. */
final class GrowthWorkloads {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> AS_OF =
      List.of(FEATHUB_BROADCAST, FEATHUB_SHUFFLED, SPARK_UNION, SPARK_ROW_NUMBER, DUCKDB, POLARS);
  private static final List<Duration> RANGES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private final Jobs jobs;
  private final List<Workload> workloads = new ArrayList<>();

  GrowthWorkloads(double scale) {
    this.jobs = new Jobs(scale);
  }

  List<Workload> all() {
    rows(1_000_000, 3_000_000, 10_000_000, 30_000_000);
    add("versions", "facts per key, of 1M facts", AS_OF, jobs::versions, 1, 10, 100, 1000, 10_000);
    LongFunction<Job> frame = jobs::frame;
    add(
        "frame",
        "rows per frame",
        MainWorkloads.WINDOWS,
        frame::apply,
        10,
        100,
        1000,
        10_000,
        100_000);
    add(
        "keys",
        "distinct users and items",
        MainWorkloads.FAST,
        jobs::keys,
        100,
        1000,
        10_000,
        100_000,
        1_000_000);
    add(
        "features",
        "windows over the same key",
        MainWorkloads.WINDOWS,
        jobs::features,
        1,
        2,
        5,
        10,
        20);
    add("facts", "facts tables with the same key", MainWorkloads.FAST, jobs::facts, 1, 2, 3, 4, 5);
    ranges();
    return workloads;
  }

  private void rows(long... counts) {
    for (long count : counts) {
      long rows = jobs.scaled(count);
      add("rows", "purchases", MainWorkloads.FAST, rows, jobs.shop(rows, Skew.SHOP));
    }
  }

  private void ranges() {
    for (Duration range : RANGES) {
      add(
          "range",
          "seconds that a window reaches back",
          MainWorkloads.WINDOWS,
          range.toSeconds(),
          jobs.range(range));
    }
  }

  private void add(
      String curve, String axis, List<String> contenders, IntFunction<Job> job, int... points) {
    for (int x : points) {
      add(curve, axis, contenders, x, job.apply(x));
    }
  }

  private void add(String curve, String axis, List<String> contenders, long x, Job job) {
    workloads.add(
        new Workload(
            curve + "-" + x,
            String.format("%,d %s", x, axis),
            job,
            contenders,
            List.of(Sink.CHECKSUM),
            new Point(curve, axis, x),
            PATIENCE));
  }
}
