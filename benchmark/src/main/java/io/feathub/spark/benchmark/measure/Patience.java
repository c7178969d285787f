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

import io.feathub.spark.benchmark.workload.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Spares the waiting for contenders that have become too slow: such a one is timed once, without a
 * warm-up, and left out of the rest of its growth curve.
 */
final class Patience {
  private final Map<String, String> leftOut = new HashMap<>();
  private final Set<String> slow = new HashSet<>();

  /** Takes note of a run. */
  void note(Workload workload, String contender, double seconds) {
    if (seconds <= workload.patience().toSeconds()) {
      return;
    }
    slow.add(workload.name() + '/' + contender);
    if (workload.point() != null) {
      leftOut.putIfAbsent(
          onCurve(workload, contender),
          String.format(
              Locale.ROOT,
              "took %.0f s at %,d, where %d s are the limit for going on",
              seconds,
              workload.point().x(),
              workload.patience().toSeconds()));
    }
  }

  /** Why nobody waits for a contender at this point of a curve; empty if it takes part. */
  Optional<String> leavesOut(Workload workload, String contender) {
    return workload.point() == null
        ? Optional.empty()
        : Optional.ofNullable(leftOut.get(onCurve(workload, contender)));
  }

  boolean isSlow(Workload workload, String contender) {
    return slow.contains(workload.name() + '/' + contender);
  }

  private static String onCurve(Workload workload, String contender) {
    return workload.point().curve() + '/' + contender;
  }
}
