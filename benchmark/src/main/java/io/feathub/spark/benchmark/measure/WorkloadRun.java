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
import io.feathub.spark.benchmark.contender.Execution;
import io.feathub.spark.benchmark.contender.Lineup;
import io.feathub.spark.benchmark.contender.Sink;
import io.feathub.spark.benchmark.data.Values;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.measure.AnswerCheck.Agreement;
import io.feathub.spark.benchmark.measure.AnswerCheck.WrongAnswer;
import io.feathub.spark.benchmark.results.Answer;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One workload from the check of its answers to the last timed round. */
final class WorkloadRun {
  private static final long ARBITRARY_ROWS = 200_000;

  private final Workload workload;
  private final Lineup lineup;
  private final AnswerCheck check;
  private final Scratch scratch;
  private final Patience patience;
  private final Progress progress;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<Contender> slow = new HashSet<>();

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
    this.progress = progress;
  }

  WorkloadResult result(Rounds rounds) {
    Answer answer = null;
    List<Timing> timings = List.of();
    try {
      Map<Contender, Path> answers = write(takingPart(), workload.job(), "exact");
      long rows = check.compare(workload.job(), byName(answers), Agreement.TO_THE_BIT);
      Job arbitrary = arbitrary(workload.job());
      Map<Contender, Path> rough = write(List.copyOf(answers.keySet()), arbitrary, "arbitrary");
      long roughRows = check.compare(arbitrary, byName(rough), Agreement.TO_1E12);
      answer = new Answer(rows, roughRows, List.copyOf(byName(rough).keySet()));
      List<TimedRuns> runs = runs(List.copyOf(rough.keySet()), answers.values().iterator().next());
      time(runs, rounds);
      timings = runs.stream().map(TimedRuns::timing).toList();
    } catch (WrongAnswer wrong) {
      fail("the answers", wrong);
    }
    return new WorkloadResult(
        workload.name(),
        workload.title(),
        workload.job().events().rows(),
        workload.point(),
        answer,
        timings,
        leftOut,
        failures);
  }

  private List<Contender> takingPart() {
    List<Contender> taking = new ArrayList<>();
    for (String name : workload.contenders()) {
      Optional<String> absent = lineup.absence(name);
      if (absent.isPresent()) {
        leftOut.add(new LeftOut(name, absent.get()));
        continue;
      }
      Contender contender = lineup.named(name);
      Optional<String> reason =
          contender.declines(workload.job()).or(() -> patience.declines(workload, name));
      reason.ifPresentOrElse(
          why -> leftOut.add(new LeftOut(name, why)), () -> taking.add(contender));
    }
    return taking;
  }

  /** The doubles of this data differ in their last bits between engines: few rows show it. */
  private static Job arbitrary(Job job) {
    return job.withValues(Values.ARBITRARY).withRows(Math.min(job.events().rows(), ARBITRARY_ROWS));
  }

  /** The answers of the contenders that did not fail. */
  private Map<Contender, Path> write(List<Contender> taking, Job job, String kind) {
    Map<Contender, Path> answers = new LinkedHashMap<>();
    for (Contender contender : taking) {
      Path directory = scratch.directory(kind, contender.name());
      try {
        double seconds = seconds(contender.parquet(job, directory));
        progress.ran(contender.name(), "answer", seconds);
        if (patience.isLostBy(workload, contender.name(), seconds)) {
          slow.add(contender);
        }
        answers.put(contender, directory);
      } catch (RuntimeException failure) {
        fail(contender.name(), failure);
      }
    }
    if (answers.size() < 2) {
      throw new WrongAnswer("There are fewer than two of them, so that nothing can be compared");
    }
    return answers;
  }

  private static Map<String, Path> byName(Map<Contender, Path> answers) {
    Map<String, Path> byName = new LinkedHashMap<>();
    answers.forEach((contender, path) -> byName.put(contender.name(), path));
    return byName;
  }

  private List<TimedRuns> runs(List<Contender> taking, Path answer) {
    List<Contender> all = new ArrayList<>(taking);
    all.addAll(lineup.floors(answer));
    List<TimedRuns> runs = new ArrayList<>();
    for (Sink sink : workload.sinks()) {
      for (Contender contender : all) {
        Execution execution =
            sink == Sink.CHECKSUM
                ? contender.checksum(workload.job())
                : contender.parquet(workload.job(), scratch.directory("timed", contender.name()));
        runs.add(new TimedRuns(contender, sink, execution));
      }
    }
    return runs;
  }

  private void time(List<TimedRuns> runs, Rounds rounds) {
    runs.removeIf(run -> !slow.contains(run.contender()) && !warmUp(run, rounds.warmUpSeconds()));
    List<TimedRuns> order = new ArrayList<>(runs);
    for (int round = 1; round <= rounds.timed(); round++) {
      for (TimedRuns run : List.copyOf(order)) {
        try {
          progress.ran(run.label(), "round " + round + " of " + rounds.timed(), run.time());
        } catch (RuntimeException failure) {
          fail(run.label(), failure);
          runs.remove(run);
          order.remove(run);
        }
      }
      order.removeIf(run -> slow.contains(run.contender()));
      Collections.rotate(order, 1);
    }
    if (rounds.profiled() && workload.point() == null) {
      order.forEach(TimedRuns::profile);
    }
  }

  /** Until the compilers of the JVM have had their chance. */
  private boolean warmUp(TimedRuns run, double atLeast) {
    try {
      double sum = 0;
      for (int i = 0; i < Rounds.MOST_WARM_UPS && sum < atLeast; i++) {
        double seconds = run.run();
        progress.ran(run.label(), "warm-up", seconds);
        sum += seconds;
      }
      return true;
    } catch (RuntimeException failure) {
      fail(run.label(), failure);
      return false;
    }
  }

  private static double seconds(Execution execution) {
    long start = System.nanoTime();
    execution.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    execution.operators();
    return seconds;
  }

  private void fail(String who, RuntimeException failure) {
    String text = workload.name() + ": " + who + ": " + failure.getMessage();
    failures.add(text);
    progress.failed(text);
  }
}
