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
 * Everyone's times for one workload and sink, the fastest first.
 *
 * @param reference whose median is 1: our fastest form, or without a time of ours the fastest
 * @param contenders FeatHub's forms and the peers
 */
record Contest(
    WorkloadResult workload,
    Sink sink,
    Timing reference,
    List<Timing> contenders,
    List<Timing> floors) {
  private static final Comparator<Timing> FASTEST_FIRST =
      Comparator.comparingDouble(Timing::median).thenComparing(Timing::contender);

  /** The contests of a workload, in the order of the sinks; none for a sink without times. */
  static List<Contest> of(WorkloadResult workload) {
    return Arrays.stream(Sink.values())
        .filter(sink -> workload.timings().stream().anyMatch(timing -> timing.sink() == sink))
        .map(sink -> of(workload, sink))
        .toList();
  }

  private static Contest of(WorkloadResult workload, Sink sink) {
    List<Timing> all =
        workload.timings().stream()
            .filter(timing -> timing.sink() == sink)
            .sorted(FASTEST_FIRST)
            .toList();
    List<Timing> contenders = all.stream().filter(t -> t.role() != Role.FLOOR).toList();
    List<Timing> floors = all.stream().filter(t -> t.role() == Role.FLOOR).toList();
    Timing reference =
        contenders.stream()
            .filter(timing -> timing.role() == Role.OURS)
            .findFirst()
            .orElseGet(() -> Stream.concat(contenders.stream(), floors.stream()).toList().get(0));
    return new Contest(workload, sink, reference, contenders, floors);
  }

  List<Timing> all() {
    return Stream.concat(contenders.stream(), floors.stream()).toList();
  }

  boolean hasOurs() {
    return reference.role() == Role.OURS;
  }

  double ratio(Timing timing) {
    return timing.median() / reference.median();
  }

  boolean beatsUs(Timing timing) {
    return hasOurs() && timing.role() == Role.PEER && timing.median() < reference.median();
  }

  String heading() {
    return hasOurs()
        ? "1.00x = %s, our fastest form here".formatted(reference.contender())
        : "1.00x = %s, the fastest (no time of ours)".formatted(reference.contender());
  }
}
