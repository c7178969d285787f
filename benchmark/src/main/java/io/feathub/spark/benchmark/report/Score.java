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
import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
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
    Score score = new Score(new ArrayList<>(), new ArrayList<>());
    results.workloads().forEach(score::count);
    return score;
  }

  private void count(WorkloadResult workload) {
    List<Contest> contests = Contest.of(workload);
    if (contests.isEmpty()) {
      cannot.add(workload.name() + ": cannot: " + reason(workload));
    }
    for (Contest contest : contests) {
      if (contest.hasOurs()) {
        contest.timings().stream()
            .filter(timing -> timing.role() == Role.PEER)
            .forEach(peer -> duels.add(new Duel(contest, peer)));
      } else {
        String where = workload.name() + ", " + Figures.sink(contest.sink());
        cannot.add(where + ": cannot: " + reason(workload));
      }
    }
  }

  /** Workloads that are shown one by one before points of curves, the largest defeat first. */
  List<Duel> lost() {
    return duels.stream()
        .filter(Duel::lost)
        .sorted(
            Comparator.comparing((Duel duel) -> duel.contest().workload().isOnlyAPoint())
                .thenComparing(Duel::ratio))
        .toList();
  }

  String sentence() {
    if (cannot.isEmpty() && duels.isEmpty()) {
      return "No peer was timed beside us.";
    }
    int slower = lost().size();
    return "Of %s we lose %s (cannot: %s, slower: %s) and win %s."
        .formatted(
            Sentences.counted(cannot.size() + duels.size(), "comparison"),
            cannot.size() + slower,
            cannot.size(),
            slower,
            duels.size() - slower);
  }

  /** Failures start with the name of the workload and then that of the contender, if of one. */
  private static String reason(WorkloadResult workload) {
    String start = workload.name() + ": ";
    List<String> failures = workload.failures();
    return Stream.of(
            failures.stream().filter(failure -> failure.startsWith(start + Names.FEATHUB)),
            workload.leftOut().stream()
                .filter(out -> out.contender().startsWith(Names.FEATHUB))
                .map(LeftOut::reason),
            failures.stream())
        .flatMap(reasons -> reasons)
        .map(reason -> reason.startsWith(start) ? reason.substring(start.length()) : reason)
        .findFirst()
        .orElse("takes no part");
  }
}
