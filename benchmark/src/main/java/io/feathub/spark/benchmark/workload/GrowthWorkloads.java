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
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_ROW_NUMBER;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;

import io.feathub.spark.benchmark.data.Skew;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Sink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How times grow with one thing at a time. */
final class GrowthWorkloads {
  private static final List<String> WITH_FORMS =
      List.of(
          FEATHUB,
          FEATHUB_BROADCAST,
          FEATHUB_SHUFFLED,
          SPARK_UNION,
          SPARK_ROW_NUMBER,
          DUCKDB,
          POLARS);

  private final Jobs jobs;

  GrowthWorkloads(double scale) {
    this.jobs = new Jobs(scale);
  }

  List<Workload> all() {
    return Stream.of(
            rows(),
            asOfRows(),
            new Curve("versions", "facts per item, of as many facts in all", WITH_FORMS)
                .at(versions -> jobs.versions((int) versions), 1, 10, 100, 1000, 10_000),
            new Curve("frame", "rows per full frame", MainWorkloads.WINDOWS)
                .at(jobs::frame, frames()),
            new Curve("users", "distinct users", MainWorkloads.FAST)
                .at(jobs::users, 100, 1000, 10_000, 100_000, 1_000_000),
            new Curve("features", "windows over the same key", MainWorkloads.WINDOWS)
                .at(count -> jobs.features((int) count), 1, 2, 5, 10, 20),
            new Curve("facts", "facts tables with the same key", MainWorkloads.FAST)
                .at(tables -> jobs.facts((int) tables), 1, 2, 3, 4, 5),
            new Curve("range", "seconds that a window reaches back", MainWorkloads.WINDOWS)
                .at(
                    seconds -> jobs.range(Duration.ofSeconds(seconds)),
                    10,
                    60,
                    600,
                    3600,
                    86_400,
                    7 * 86_400,
                    30 * 86_400))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * With small and main, which are points of this curve too. Spark by hand takes minutes for the
   * most rows, which is worth waiting for.
   */
  private List<Workload> rows() {
    long[] rows = LongStream.of(3_000_000, 30_000_000).map(jobs::scaled).toArray();
    return new Curve(Names.ROWS, "purchases", MainWorkloads.FAST, Duration.ofMinutes(5))
        .at(count -> jobs.shop(count, Skew.SHOP), rows);
  }

  /** With main-asof, which is the last point of this curve. */
  private List<Workload> asOfRows() {
    return Stream.of(1_000_000, 3_000_000)
        .map(jobs::scaled)
        .map(GrowthWorkloads::asOfRows)
        .map(
            point ->
                at(
                    point,
                    Jobs.withoutWindows(jobs.shop(point.x(), Skew.SHOP)),
                    MainWorkloads.WITH_FORMS,
                    Duration.ofMinutes(2)))
        .toList();
  }

  /** A point of the curve of as-of joins alone. */
  static Point asOfRows(long purchases) {
    return new Point("asof-rows", "purchases, the as-of join alone", purchases);
  }

  private static Workload at(Point point, Job job, List<String> contenders, Duration patience) {
    return new Workload(
        point.workload(),
        String.format(Locale.ROOT, "%,d %s", point.x(), point.axis()),
        job,
        contenders,
        List.of(Sink.CHECKSUM),
        point,
        patience);
  }

  private long[] frames() {
    return LongStream.of(10, 100, 1000, 10_000, 100_000)
        .filter(rows -> rows <= jobs.largestFrame())
        .toArray();
  }

  private record Curve(String name, String axis, List<String> contenders, Duration patience) {
    Curve(String name, String axis, List<String> contenders) {
      this(name, axis, contenders, Duration.ofSeconds(15));
    }

    List<Workload> at(LongFunction<Job> job, long... points) {
      return LongStream.of(points).mapToObj(x -> at(x, job.apply(x))).toList();
    }

    private Workload at(long x, Job job) {
      return GrowthWorkloads.at(new Point(name, axis, x), job, contenders, patience);
    }
  }
}
