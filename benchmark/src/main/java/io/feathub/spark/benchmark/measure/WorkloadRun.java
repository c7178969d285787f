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

import io.feathub.spark.benchmark.contender.Contender;
import io.feathub.spark.benchmark.contender.Lineup;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.results.Answer;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One workload from the check of its answers to the last timed round. */
final class WorkloadRun {
  static final String ALONE = "nobody is left to compare its answer with";

  private final Workload workload;
  private final Lineup lineup;
  private final AnswerCheck check;
  private final Scratch scratch;
  private final Patience patience;
  private final Failures failures;
  private final Answers answers;
  private final List<LeftOut> leftOut = new ArrayList<>();

  private Answer answer;
  private List<Timing> timings = List.of();

  WorkloadRun(
      Workload workload,
      Lineup lineup,
      AnswerCheck check,
      Scratch scratch,
      Patience patience,
      Progress progress) {
    this.workload = workload;
    this.lineup = lineup;
    this.check = check;
    this.scratch = scratch;
    this.patience = patience;
    this.failures = new Failures(workload.name(), progress);
    this.answers = new Answers(workload, check, scratch, patience, failures);
  }

  /** Without times if the answers are not the same, or there are not two to compare. */
  WorkloadResult result(Rounds rounds) {
    List<Contender> taking = takingPart();
    if (taking.size() < 2) {
      taking.forEach(alone -> leftOut.add(new LeftOut(alone.name(), ALONE)));
    } else if (failures.note("the answers", () -> answer = answers.compared(taking))) {
      failures.note("the rounds", () -> timings = timed(rounds));
    }
    return new WorkloadResult(
        workload.name(),
        workload.title(),
        workload.job().events().rows(),
        workload.point(),
        answer,
        timings,
        leftOut,
        failures.all());
  }

  private List<Contender> takingPart() {
    List<Contender> taking = new ArrayList<>();
    for (String name : workload.contenders()) {
      Optional<String> reason = lineup.absence(name);
      if (reason.isEmpty()) {
        reason =
            lineup
                .named(name)
                .declines(workload.job())
                .or(() -> patience.leavesOut(workload, name));
      }
      reason.ifPresentOrElse(
          why -> leftOut.add(new LeftOut(name, why)), () -> taking.add(lineup.named(name)));
    }
    return taking;
  }

  private List<Timing> timed(Rounds rounds) {
    List<TimedRuns> runs = prepared();
    runs.removeIf(run -> !isWarm(run) && !warmUp(run, rounds));
    // The same in every repetition of a command, and nobody always after the same other.
    Random random = new Random(workload.name().hashCode());
    for (int round = 1; round <= rounds.timed(); round++) {
      String purpose = "round " + round + " of " + rounds.timed();
      List<TimedRuns> order = new ArrayList<>(runs);
      order.removeIf(run -> isSlow(run) && run.isTimed());
      Collections.shuffle(order, random);
      for (TimedRuns run : order) {
        if (!failures.note(run.label(), () -> report(run, purpose, run.time()))) {
          runs.remove(run);
        }
      }
    }
    runs.removeIf(run -> !failures.note(run.label(), () -> run.requireAnswer(check)));
    if (rounds.profiled() && !workload.isOnlyAPoint()) {
      runs.stream().filter(run -> !isSlow(run)).forEach(this::profile);
    }
    return runs.stream().map(TimedRuns::timing).toList();
  }

  private void profile(TimedRuns run) {
    failures.note(run.label(), run::profile);
  }

  private List<TimedRuns> prepared() {
    Job job = workload.job();
    List<Contender> all = new ArrayList<>(answers.contenders());
    all.addAll(lineup.floors(answers.of(all.get(0))));
    List<TimedRuns> runs = new ArrayList<>();
    for (Sink sink : workload.sinks()) {
      for (Contender contender : all) {
        failures.note(contender.name(), () -> runs.add(prepared(contender, sink, job)));
      }
    }
    return runs;
  }

  private TimedRuns prepared(Contender contender, Sink sink, Job job) {
    return sink == Sink.CHECKSUM
        ? TimedRuns.checksum(contender, job, answers.of(contender))
        : TimedRuns.parquet(
            contender, job, scratch.directory("timed", contender.name()), answers.of(contender));
  }

  /** Whether the run that wrote the answer was warm-up enough. */
  private boolean isWarm(TimedRuns run) {
    return isSlow(run) || (!run.hasItsOwnProcess() && answers.warmedUp(run.contender()));
  }

  /** Until the compilers of the JVM have had their chance; false if it fails. */
  private boolean warmUp(TimedRuns run, Rounds rounds) {
    return failures.note(
        run.label(),
        () -> {
          List<Double> seconds = new ArrayList<>();
          while (!rounds.isWarm(seconds, run.hasItsOwnProcess())) {
            seconds.add(run.run());
            report(run, "warm-up", seconds.get(seconds.size() - 1));
          }
        });
  }

  private void report(TimedRuns run, String purpose, double seconds) {
    failures.progress().ran(run.label(), purpose, seconds);
  }

  private boolean isSlow(TimedRuns run) {
    return patience.isSlow(workload, run.contender());
  }
}
