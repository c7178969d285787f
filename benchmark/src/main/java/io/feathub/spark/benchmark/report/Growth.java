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

import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A growth curve into one sink.
 *
 * @param points the workloads by what grows, ascending
 */
record Growth(String curve, String axis, Sink sink, List<WorkloadResult> points) {
  /** None of a curve without times, or of a single workload with a table of its own. */
  static List<Growth> of(List<WorkloadResult> workloads) {
    Map<String, List<WorkloadResult>> curves =
        workloads.stream()
            .filter(workload -> workload.point() != null)
            .collect(
                Collectors.groupingBy(
                    workload -> workload.point().curve(), LinkedHashMap::new, Collectors.toList()));
    List<Growth> all = new ArrayList<>();
    for (List<WorkloadResult> curve : curves.values()) {
      Point any = curve.get(0).point();
      curve.sort(Comparator.comparingLong(workload -> workload.point().x()));
      for (Sink sink : Sink.values()) {
        all.add(new Growth(any.curve(), any.axis(), sink, curve));
      }
    }
    all.removeIf(growth -> growth.timings().isEmpty() || growth.isToldAlready());
    return all;
  }

  private boolean isToldAlready() {
    return points.size() == 1 && !points.get(0).isOnlyAPoint();
  }

  /** Ours, then peers, then floors, each in the order in which they were measured. */
  List<String> contenders() {
    return Arrays.stream(Role.values())
        .flatMap(role -> timings().stream().filter(timing -> timing.role() == role))
        .map(Timing::contender)
        .distinct()
        .toList();
  }

  List<Timing> timings() {
    return points.stream().flatMap(this::timings).toList();
  }

  private Stream<Timing> timings(WorkloadResult point) {
    return point.timings().stream().filter(timing -> timing.sink() == sink);
  }

  /** Null if the contender has no time there. */
  Timing timing(WorkloadResult point, String contender) {
    return timings(point).filter(t -> t.contender().equals(contender)).findFirst().orElse(null);
  }

  /** Who is left out where; the same reason at several points is one sentence. */
  List<String> leftOut() {
    Map<LeftOut, List<String>> xs = new LinkedHashMap<>();
    for (WorkloadResult point : points) {
      for (LeftOut out : point.leftOut()) {
        xs.computeIfAbsent(out, o -> new ArrayList<>()).add(Figures.count(point.point().x()));
      }
    }
    List<String> sentences = new ArrayList<>();
    xs.forEach(
        (out, at) ->
            sentences.add(out.contender() + " at " + Figures.list(at) + ": " + out.reason()));
    return sentences;
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
