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
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where we win and where we lose.
 *
 * @param cannot where there is no time of ours, and why
 * @param duels where there is one
 */
record Score(List<String> cannot, List<Duel> duels) {
  /** A peer against the reference of the contest, which is ours. */
  record Duel(Contest contest, Timing peer) {
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

  static Score of(Results results) {
    return new Score(
        results.workloads().stream().flatMap(Score::cannot).toList(),
        results.workloads().stream()
            .flatMap(workload -> Contest.of(workload).stream())
            .filter(Contest::hasOurs)
            .flatMap(
                contest ->
                    contest.timings().stream()
                        .filter(timing -> timing.role() == Role.PEER)
                        .map(peer -> new Duel(contest, peer)))
            .toList());
  }

  /** Workloads that are shown one by one before points of curves, the largest defeat first. */
  List<Duel> lost() {
    return duels.stream()
        .filter(Duel::lost)
        .sorted(
            Comparator.comparing((Duel duel) -> duel.contest().workload().point() != null)
                .thenComparing(Duel::ratio))
        .toList();
  }

  String sentence() {
    int all = cannot.size() + duels.size();
    int slower = lost().size();
    return all == 0
        ? "No peer was timed beside us."
        : "Of %s we lose %s (cannot: %s, slower: %s) and win %s."
            .formatted(
                Sentences.counted(all, "comparison"),
                Figures.count(cannot.size() + slower),
                Figures.count(cannot.size()),
                Figures.count(slower),
                Figures.count(duels.size() - slower));
  }

  private static Stream<String> cannot(WorkloadResult workload) {
    String cannot = "cannot: " + reason(workload);
    List<Contest> contests = Contest.of(workload);
    return contests.isEmpty()
        ? Stream.of(workload.name() + ": " + cannot)
        : contests.stream()
            .filter(contest -> !contest.hasOurs())
            .map(contest -> workload.name() + ", " + Figures.sink(contest.sink()) + ": " + cannot);
  }

  /** Failures start with the name of the workload and then that of the contender, if of one. */
  private static String reason(WorkloadResult workload) {
    String start = workload.name() + ": ";
    List<String> failures = workload.failures();
    return Stream.of(
            failures.stream().filter(failure -> failure.startsWith(start + Contest.FEATHUB)),
            workload.leftOut().stream()
                .filter(out -> out.contender().startsWith(Contest.FEATHUB))
                .map(LeftOut::reason),
            failures.stream())
        .flatMap(reasons -> reasons)
        .map(reason -> reason.startsWith(start) ? reason.substring(start.length()) : reason)
        .findFirst()
        .orElse("takes no part");
  }
}
