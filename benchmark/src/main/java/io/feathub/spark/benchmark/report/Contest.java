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

import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Everyone's times for one workload and sink.
 *
 * @param reference whose median is 1: FeatHub as it comes, without a time of that our fastest form,
 *     without a time of ours the fastest
 * @param timings the fastest first, floors behind all others
 */
record Contest(WorkloadResult workload, Sink sink, Timing reference, List<Timing> timings) {
  private static final Comparator<Timing> ORDER =
      Comparator.comparing((Timing timing) -> timing.role() == Role.FLOOR)
          .thenComparing(Timing::median)
          .thenComparing(Timing::contender);

  /** The contests of a workload, in the order of the sinks; none for a sink without times. */
  static List<Contest> of(WorkloadResult workload) {
    return Arrays.stream(Sink.values())
        .filter(sink -> workload.timings().stream().anyMatch(timing -> timing.sink() == sink))
        .map(sink -> of(workload, sink))
        .toList();
  }

  private static Contest of(WorkloadResult workload, Sink sink) {
    List<Timing> timings =
        workload.timings().stream().filter(t -> t.sink() == sink).sorted(ORDER).toList();
    Timing reference =
        timings.stream()
            .min(
                Comparator.comparing((Timing timing) -> !timing.contender().equals(Names.FEATHUB))
                    .thenComparing(Timing::role)
                    .thenComparing(ORDER))
            .orElseThrow();
    return new Contest(workload, sink, reference, timings);
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
    String name = "1.00x = " + reference.contender();
    if (reference.contender().equals(Names.FEATHUB)) {
      return name;
    }
    return name + (hasOurs() ? ", our fastest form here" : ", the fastest (no time of ours)");
  }
}
