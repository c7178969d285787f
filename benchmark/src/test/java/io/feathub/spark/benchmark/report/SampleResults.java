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
package io.feathub.spark.benchmark.report;

import io.feathub.spark.benchmark.results.Answer;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.KernelResult;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Made-up results in which everything occurs that a report has to show. No figure of them was
 * measured.
 */
final class SampleResults {
  private static final List<String> NONE = List.of();

  private SampleResults() {}

  static Results all() {
    List<WorkloadResult> workloads = new ArrayList<>();
    workloads.add(main());
    workloads.add(oursMissing());
    workloads.add(broken());
    workloads.addAll(growth());
    workloads.add(point("versions", "versions per item", 1, Sink.CHECKSUM));
    workloads.add(point("versions", "versions per item", 5, Sink.CHECKSUM));
    workloads.add(point("keys", "items", 10, Sink.PARQUET));
    return new Results(
        "./feathub bench --rounds 3 --note '<b> & \"quoted\"'",
        "2001-02-03T04:05:06Z",
        12.34,
        new Machine(
            "Made-up CPU @ 1 GHz",
            2,
            24_576,
            "Linux 0.0",
            "OpenJDK 17.0.0",
            8192,
            Map.of("spark", "4.2.0", "duckdb", "9.9.9", "FeatHub", "abc1234", "polars", "0.0.1")),
        List.copyOf(workloads),
        heaps(),
        List.of(
            new KernelResult("AsOfProbe", Map.of("rows", "1000", "keys", "10"), 12.345, 0.067),
            new KernelResult("Window <sum> & \"avg\"", Map.of(), 1234.5, Double.NaN)),
        List.of("heap-main: made up & wrong"),
        List.of("facts-5", "heap-one-key"));
  }

  private static WorkloadResult main() {
    return new WorkloadResult(
        "main",
        "as-of join and 2-minute window, 1,000 < 2,000 items & \"hot\" users",
        10_000_000,
        null,
        new Answer(1_000_000, 250_000, List.of("feathub", "spark union", "duckdb")),
        List.of(
            profiled(ours("feathub", Sink.CHECKSUM, 5.0, 4.8, 5.3)),
            ours("feathub broadcast", Sink.CHECKSUM, 4.7, 4.6, 4.9),
            ours("feathub shuffled", Sink.CHECKSUM, 6.5, 6.4, 6.6),
            peer("spark union", Sink.CHECKSUM, 19.6, 18.0, 22.0),
            peer("spark row_number", Sink.CHECKSUM, 201.0),
            peer("spark segment tree", Sink.CHECKSUM, 14.5, 14.2, 14.8),
            peer("duckdb", Sink.CHECKSUM, 4.0, 3.9, 4.1),
            peer("polars", Sink.CHECKSUM, 4.9, 4.7, 5.1),
            peer("pandas", Sink.CHECKSUM, 11.3, 11.0, 12.9),
            floor("floor: spark read", Sink.CHECKSUM, 0.55, 0.53, 0.58),
            ours("feathub", Sink.PARQUET, 7.1, 7.0, 7.3),
            peer("spark union", Sink.PARQUET, 22.7, 20.9, 28.2),
            peer("duckdb", Sink.PARQUET, 8.0, 7.8, 8.1),
            floor("floor: spark read + write", Sink.PARQUET, 2.7, 2.6, 2.8),
            floor("floor: duckdb read + write", Sink.PARQUET, 0.95, 0.94, 1.0)),
        List.of(
            new LeftOut("spark AsOfJoin", "compares every pair of rows: hours at this size"),
            new LeftOut("tempo", "has no <range> windows & is not installed")),
        List.of());
  }

  private static WorkloadResult oursMissing() {
    return new WorkloadResult(
        "wide",
        "100 feature columns",
        1_000_000,
        null,
        null,
        List.of(peer("duckdb", Sink.CHECKSUM, 2.0, 1.9, 2.1), peer("polars", Sink.CHECKSUM, 3.0)),
        List.of(new LeftOut("feathub", "made up: too wide")),
        List.of("wide: polars: no < memory & left"));
  }

  private static WorkloadResult broken() {
    return new WorkloadResult(
        "broken",
        "no times at all",
        1_000,
        null,
        null,
        List.of(),
        List.of(new LeftOut("feathub shuffled", "made up: not this one")),
        List.of("broken: the answers: made up", "broken: feathub > checksum: made up"));
  }

  private static Timing profiled(Timing timing) {
    return new Timing(
        timing.contender(),
        timing.role(),
        timing.sink(),
        timing.seconds(),
        timing.operators(),
        new Profile(
            "samples of all threads",
            1000,
            5,
            9,
            0.25,
            List.of(
                new Profile.Share("window <state>", 6, 0.6, 0.5, methods("State.add")),
                new Profile.Share("scan", 3.5, 0.35, 0.5, List.of()),
                new Profile.Share("sort", 0.5, 0.05, 0, methods("not shown")))));
  }

  /** The fourth is one more than a report shows. */
  private static List<Profile.Method> methods(String hottest) {
    return List.of(
        new Profile.Method(hottest, 70),
        new Profile.Method("second", 60),
        new Profile.Method("third", 50),
        new Profile.Method("fourth", 40));
  }

  /** Linear, quadratic until it is left out, and a contender without the first two points. */
  private static List<WorkloadResult> growth() {
    List<WorkloadResult> points = new ArrayList<>();
    for (long rows = 1_000; rows <= 10_000_000; rows *= 10) {
      double base = 0.15 + rows * 5e-7;
      List<Timing> timings = new ArrayList<>();
      timings.add(ours("feathub", Sink.CHECKSUM, base, base * 0.95, base * 1.1));
      timings.add(ours("feathub shuffled", Sink.CHECKSUM, base * 1.3, base * 1.2, base * 1.5));
      timings.add(peer("spark union", Sink.CHECKSUM, 0.4 + rows * 2e-6));
      timings.add(peer("duckdb", Sink.CHECKSUM, 0.02 + rows * 4.2e-7));
      timings.add(floor("floor: spark read", Sink.CHECKSUM, 0.1 + rows * 5e-8));
      List<LeftOut> leftOut = new ArrayList<>();
      if (rows <= 100_000) {
        timings.add(peer("spark AsOfJoin", Sink.CHECKSUM, 0.3 + rows * rows * 2.7e-8));
      } else {
        leftOut.add(new LeftOut("spark AsOfJoin", "compares every pair of rows"));
      }
      if (rows >= 100_000) {
        timings.add(peer("pandas", Sink.CHECKSUM, rows * 1.2e-6));
      }
      points.add(
          new WorkloadResult(
              "rows-" + rows,
              rows + " rows",
              rows,
              new Point("rows", "rows of events", rows),
              new Answer(rows, 250, List.of("feathub", "duckdb")),
              List.copyOf(timings),
              List.copyOf(leftOut),
              List.of()));
    }
    return points;
  }

  /** No range of a single point. */
  private static WorkloadResult point(String curve, String axis, long x, Sink sink) {
    return new WorkloadResult(
        curve + "-" + x,
        "only ours",
        1_000,
        new Point(curve, axis, x),
        null,
        List.of(ours("feathub broadcast", sink, 0.5, 0.6)),
        List.of(),
        List.of());
  }

  private static List<HeapResult> heaps() {
    return List.of(
        new HeapResult(
            "main",
            "the main job",
            "feathub",
            List.of(
                new HeapResult.Trial(640, true, 12.0, "completed"),
                new HeapResult.Trial(512, true, 13.0, "completed"),
                new HeapResult.Trial(512, false, 0, "OutOfMemoryError: at times"),
                new HeapResult.Trial(2048, true, 9.4, "completed"))),
        new HeapResult(
            "main",
            "the main job",
            "spark union",
            List.of(
                new HeapResult.Trial(512, false, 0, "OutOfMemoryError: <heap> \u0007 & more"),
                new HeapResult.Trial(2048, true, 31.0, "completed"))));
  }

  static Timing ours(String contender, Sink sink, Double... seconds) {
    return new Timing(
        contender,
        Role.OURS,
        sink,
        List.of(seconds),
        List.of("BroadcastAsOfJoin", "HashWindow"),
        null);
  }

  static Timing peer(String contender, Sink sink, Double... seconds) {
    return new Timing(contender, Role.PEER, sink, List.of(seconds), NONE, null);
  }

  static Timing floor(String contender, Sink sink, Double... seconds) {
    return new Timing(contender, Role.FLOOR, sink, List.of(seconds), NONE, null);
  }
}
