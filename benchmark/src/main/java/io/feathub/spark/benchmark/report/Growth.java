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

import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A growth curve into one sink.
 *
 * @param points the workloads by what grows, ascending
 * @param contenders ours, then peers, then floors, each in the order in which they were measured
 */
record Growth(
    String curve, String axis, Sink sink, List<WorkloadResult> points, List<String> contenders) {
  static List<Growth> of(List<WorkloadResult> workloads) {
    return workloads.stream()
        .filter(workload -> workload.point() != null)
        .map(workload -> workload.point().curve())
        .distinct()
        .flatMap(curve -> of(curve, workloads))
        .toList();
  }

  private static Stream<Growth> of(String curve, List<WorkloadResult> workloads) {
    List<WorkloadResult> points =
        workloads.stream()
            .filter(w -> w.point() != null && w.point().curve().equals(curve))
            .sorted(Comparator.comparingLong(w -> w.point().x()))
            .toList();
    return Arrays.stream(Sink.values())
        .filter(sink -> timings(points, sink).findAny().isPresent())
        .map(
            sink ->
                new Growth(
                    curve, points.get(0).point().axis(), sink, points, contenders(points, sink)));
  }

  private static List<String> contenders(List<WorkloadResult> points, Sink sink) {
    return Arrays.stream(Role.values())
        .flatMap(role -> timings(points, sink).filter(timing -> timing.role() == role))
        .map(Timing::contender)
        .distinct()
        .toList();
  }

  private static Stream<Timing> timings(List<WorkloadResult> points, Sink sink) {
    return points.stream()
        .flatMap(workload -> workload.timings().stream())
        .filter(timing -> timing.sink() == sink);
  }

  /** Null if the contender has no time there. */
  Timing timing(WorkloadResult point, String contender) {
    return point.timings().stream()
        .filter(timing -> timing.sink() == sink && timing.contender().equals(contender))
        .findFirst()
        .orElse(null);
  }

  List<Timing> timings() {
    return timings(points, sink).toList();
  }

  String title() {
    return "Growth with %s: %s".formatted(curve, sinkPhrase(sink));
  }

  static String sinkPhrase(Sink sink) {
    return switch (sink) {
      case CHECKSUM -> "into a checksum";
      case PARQUET -> "into Parquet files";
    };
  }
}
