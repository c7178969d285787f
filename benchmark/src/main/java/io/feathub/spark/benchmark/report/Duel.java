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

import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import java.util.List;

/** A peer against our fastest form in a workload and sink. */
record Duel(Contest contest, Timing peer) {
  static List<Duel> of(Results results) {
    return results.workloads().stream()
        .flatMap(workload -> Contest.of(workload).stream())
        .filter(Contest::hasOurs)
        .flatMap(
            contest ->
                contest.contenders().stream()
                    .filter(timing -> timing.role() == Role.PEER)
                    .map(peer -> new Duel(contest, peer)))
        .toList();
  }

  Timing ours() {
    return contest.reference();
  }

  boolean lost() {
    return contest.beatsUs(peer);
  }

  /** Above 1 where we are faster. */
  double ratio() {
    return contest.ratio(peer);
  }

  /** Whether some round of the slower one was no slower than some round of the faster one. */
  boolean overlaps() {
    return peer.min() <= ours().max() && ours().min() <= peer.max();
  }
}
