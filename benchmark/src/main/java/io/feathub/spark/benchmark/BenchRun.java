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
package io.feathub.spark.benchmark;

import io.feathub.spark.benchmark.contender.Contenders;
import io.feathub.spark.benchmark.files.WorkDirectory;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.measure.Interleaved;
import io.feathub.spark.benchmark.measure.Kernels;
import io.feathub.spark.benchmark.measure.Rounds;
import io.feathub.spark.benchmark.profile.OperatorProfile;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.KernelResult;
import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.HeapWorkload;
import io.feathub.spark.benchmark.workload.Plan;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs a plan: workloads in one Spark application of this JVM, then trials of heaps and kernels in
 * JVMs of their own, when this one is idle. What was measured is handed over after each part, as
 * the next may take long.
 */
final class BenchRun {
  private final Path module;
  private final Plan plan;
  private final ConsoleProgress progress;
  private final String command;
  private final Consumer<Results> afterEachPart;
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final List<WorkloadResult> workloads = new ArrayList<>();
  private final List<HeapResult> heaps = new ArrayList<>();
  private final List<KernelResult> kernels = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** Null for a run from the beginning. */
  private Results earlier;

  /**
   * Nothing runs yet.
   *
   * @param module the directory of the benchmark module
   * @param command that makes the same measurements
   */
  BenchRun(
      Path module,
      Plan plan,
      ConsoleProgress progress,
      String command,
      Consumer<Results> afterEachPart) {
    this.module = module;
    this.plan = plan;
    this.progress = progress;
    this.command = command;
    this.afterEachPart = afterEachPart;
  }

  /** Takes over what an earlier run measured; of its failed parts nothing. */
  void resume(Results results) {
    earlier = results;
    results.workloads().stream().filter(w -> w.failures().isEmpty()).forEach(workloads::add);
    heaps.addAll(results.heaps());
    kernels.addAll(results.kernels());
  }

  Results run(Rounds rounds) {
    try (WorkDirectory work = WorkDirectory.below(module.resolve("target/work"))) {
      return run(rounds, work.path());
    }
  }

  private Results run(Rounds rounds, Path work) {
    Plan left = earlier == null ? plan : plan.without(earlier.done());
    versions.put("FeatHub", MachineFacts.commit(module));
    if (rounds.profiled()) {
      OperatorProfile.prepare();
    }
    try (Contenders contenders = new Contenders(cores(), module, work)) {
      versions.putAll(contenders.versions());
      requireSameMachine();
      Interleaved interleaved =
          new Interleaved(contenders, contenders.spark().stock(), work, rounds, progress);
      for (Workload workload : left.workloads()) {
        begin(workload.name(), workload.title());
        workloads.add(interleaved.measure(workload));
        afterEachPart.accept(results());
      }
      left.heaps().forEach(heap -> JobFiles.of(heap.job(), contenders.data()));
    }
    HeapSearch search = new HeapSearch(module, work, progress);
    for (HeapWorkload heap : left.heaps()) {
      begin(heap.name(), heap.title());
      noteFailure(heap.name(), () -> heaps.addAll(search.results(heap)));
      afterEachPart.accept(results());
    }
    if (left.kernels()) {
      begin(Plan.KERNELS, "micro-benchmarks of inner loops");
      noteFailure(Plan.KERNELS, () -> kernels.addAll(Kernels.run("", progress::say)));
    }
    return results();
  }

  private void begin(String name, String title) {
    int number = plan.names().indexOf(name) + 1;
    progress.begin(String.format("[%d/%d] %s", number, plan.names().size(), name), title);
  }

  private void requireSameMachine() {
    Machine now = MachineFacts.of(cores(), versions);
    if (earlier != null && !earlier.machine().equals(now)) {
      throw new NotTheSameMachine(earlier.machine(), now);
    }
  }

  private void noteFailure(String name, Runnable part) {
    try {
      part.run();
    } catch (Exception failure) { // Spark throws checked ones, which Scala does not declare.
      failures.add(name + ": " + failure.getMessage());
      progress.failed(name + ": " + failure.getMessage());
    }
  }

  private Results results() {
    return new Results(
        command,
        earlier == null ? started.toString() : earlier.started(),
        started.until(Instant.now(), ChronoUnit.SECONDS) / 60.0
            + (earlier == null ? 0 : earlier.minutes()),
        MachineFacts.of(cores(), versions),
        workloads.stream()
            .sorted(Comparator.comparingInt(workload -> plan.names().indexOf(workload.name())))
            .toList(),
        List.copyOf(heaps),
        List.copyOf(kernels),
        List.copyOf(failures));
  }

  /** Figures of two machines do not belong in one table. */
  static final class NotTheSameMachine extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotTheSameMachine(Machine earlier, Machine now) {
      super(
          "The earlier results are of another machine or other versions. Run without --resume.\n"
              + "Then: "
              + earlier
              + "\nNow:  "
              + now);
    }
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
