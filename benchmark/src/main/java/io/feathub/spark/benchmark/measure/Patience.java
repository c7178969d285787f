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
package io.feathub.spark.benchmark.measure;

import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.workload.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Spares the waiting for contenders that have become too slow: such a one is timed once, and left
 * out of all points of the growth curve that lie further on, whichever of them come first.
 */
final class Patience {
  /** By curve and contender, the first point on the curve that it was too slow at. */
  private final Map<String, Slow> curves = new HashMap<>();

  private final Set<String> slow = new HashSet<>();

  private record Slow(long x, String reason) {}

  /** Takes note of a run. */
  void note(Workload workload, String contender, double seconds) {
    if (seconds > workload.patience().toSeconds()) {
      leaveOut(
          workload,
          contender,
          workload.point() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  "took %.0f s at %,d, where %d s are the limit for going on",
                  seconds,
                  workload.point().x(),
                  workload.patience().toSeconds()));
    }
  }

  /** Takes note of what an earlier run has timed: the slow ones in fewer rounds than asked for. */
  void note(Workload workload, Timing timing, int rounds) {
    note(workload, timing.contender(), timing.max());
    if (timing.seconds().size() < rounds) {
      leaveOut(
          workload,
          timing.contender(),
          workload.point() == null
              ? ""
              : String.format(
                  Locale.ROOT, "was too slow at %,d for going on", workload.point().x()));
    }
  }

  /** Takes a contender for too slow at a workload, for a reason to be told at those further on. */
  void leaveOut(Workload workload, String contender, String reason) {
    slow.add(workload.name() + '/' + contender);
    if (workload.point() != null) {
      curves.merge(
          onCurve(workload, contender),
          new Slow(workload.point().x(), reason),
          (one, other) -> one.x() <= other.x() ? one : other);
    }
  }

  /** Why nobody waits for a contender at this point of a curve; empty if it takes part. */
  Optional<String> leavesOut(Workload workload, String contender) {
    return workload.point() == null
        ? Optional.empty()
        : Optional.ofNullable(curves.get(onCurve(workload, contender)))
            .filter(known -> workload.point().x() > known.x())
            .map(Slow::reason);
  }

  boolean isSlow(Workload workload, String contender) {
    return slow.contains(workload.name() + '/' + contender);
  }

  private static String onCurve(Workload workload, String contender) {
    return workload.point().curve() + '/' + contender;
  }
}
