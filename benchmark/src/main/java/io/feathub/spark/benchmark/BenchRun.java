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
import io.feathub.spark.benchmark.contender.SparkInSmallHeaps;
import io.feathub.spark.benchmark.files.WorkDirectory;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.heap.HeapTrial;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.measure.Failures;
import io.feathub.spark.benchmark.measure.Interleaved;
import io.feathub.spark.benchmark.measure.Kernels;
import io.feathub.spark.benchmark.measure.Rounds;
import io.feathub.spark.benchmark.profile.OperatorProfile;
import io.feathub.spark.benchmark.report.Comparison;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.KernelResult;
import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.HeapWorkload;
import io.feathub.spark.benchmark.workload.Plan;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs a plan: workloads in one Spark application of this JVM, then trials of heaps and kernels in
 * JVMs of their own, when this one is idle. What was measured is handed over as it comes, as what
 * is next may take long.
 */
final class BenchRun {
  private static final Duration TRIAL_LIMIT = Duration.ofMinutes(15);

  private final Path module;
  private final Plan plan;
  private final ConsoleProgress progress;
  private final String command;
  private final Consumer<Results> save;
  private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final List<WorkloadResult> workloads = new ArrayList<>();
  private final List<HeapResult> heaps = new ArrayList<>();
  private final List<KernelResult> kernels = new ArrayList<>();

  /** Of heaps and kernels, by the name of the part. */
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  /** By the name of the heap workload. */
  private final Map<String, Checksum> expected = new HashMap<>();

  private final Set<String> leftOut = new HashSet<>();
  private final Set<String> finished = new HashSet<>();

  /** Null for a run from the beginning. */
  private Results earlier;

  /**
   * Nothing runs yet.
   *
   * @param module the directory of the benchmark module
   * @param command that makes the same measurements
   * @param save is given all that is measured so far
   */
  BenchRun(
      Path module, Plan plan, ConsoleProgress progress, String command, Consumer<Results> save) {
    this.module = module;
    this.plan = plan;
    this.progress = progress;
    this.command = command;
    this.save = save;
  }

  /** Takes over what an earlier run of the same command measured; of its failed parts nothing. */
  void resume(Results results) {
    earlier = results;
    Set<String> done = results.done();
    results.workloads().stream().filter(w -> done.contains(w.name())).forEach(workloads::add);
    results.heaps().stream().filter(h -> done.contains(h.workload())).forEach(heaps::add);
    if (done.contains(Names.KERNELS)) {
      kernels.addAll(results.kernels());
    }
    finished.addAll(done);
  }

  Results run(Rounds rounds) {
    // Not closed: what a message refers to stays until the next run.
    Path logs = WorkDirectory.below(module.resolve("target/logs"), progress::say).path();
    try (WorkDirectory work = WorkDirectory.below(module.resolve("target/work"), progress::say)) {
      return run(rounds, logs, work.path());
    }
  }

  private Results run(Rounds rounds, Path logs, Path work) {
    Plan left = plan.without(finished);
    versions.put(Names.FEATHUB_VERSION, MachineFacts.commit(module));
    if (rounds.profiled()) {
      OperatorProfile.prepare();
    }
    Contenders contenders = new Contenders(cores(), module, logs, work);
    try {
      versions.putAll(contenders.versions());
      requireSameMachine();
      measure(left.workloads(), contenders, rounds, work);
      prepare(left.heaps(), contenders, work);
    } finally {
      stop(contenders);
    }
    left.heaps().stream()
        .filter(heap -> !leftOut.contains(heap.name()))
        .forEach(heap -> search(heap, logs.resolve("heaps"), work.resolve("heaps")));
    if (left.kernels()) {
      begin(Names.KERNELS, "micro-benchmarks of inner loops");
      Kernels.run(results -> keep(kernels, results), failuresOf(Names.KERNELS));
      finish(Names.KERNELS);
    }
    return results();
  }

  private void measure(List<Workload> left, Contenders contenders, Rounds rounds, Path work) {
    Interleaved interleaved =
        new Interleaved(contenders, contenders.spark().stock(), work, rounds, progress);
    for (WorkloadResult known : workloads) {
      plan.workloads().stream()
          .filter(workload -> workload.name().equals(known.name()))
          .forEach(workload -> interleaved.takeOver(workload, known));
    }
    for (Workload workload : left) {
      begin(workload.name(), workload.title());
      workloads.add(interleaved.measure(workload));
      finish(workload.name());
    }
  }

  /** Makes tables and answers, as long as all contenders are there. */
  private void prepare(List<HeapWorkload> heaps, Contenders contenders, Path work) {
    HeapReference reference = new HeapReference(contenders, work, progress);
    for (HeapWorkload heap : heaps) {
      Optional<String> absence = contenders.absence(heap.reference());
      if (absence.isPresent()) {
        leftOut.add(heap.name());
        progress.say(
            heap.name() + " is left out: no answer of " + heap.reference() + ", " + absence.get());
        continue;
      }
      begin(heap.name(), "the answer of " + heap.reference());
      failuresOf(heap.name())
          .note(
              heap.reference(),
              () -> {
                JobFiles.of(heap.job(), contenders.data());
                expected.put(heap.name(), reference.of(heap));
              });
    }
  }

  private void search(HeapWorkload heap, Path logs, Path work) {
    begin(heap.name(), heap.title());
    HeapTrial trial =
        new HeapTrial(SparkInSmallHeaps.class, logs, work, TRIAL_LIMIT, progress::say);
    Path data = module.resolve("target/data");
    if (expected.containsKey(heap.name())) {
      new HeapSearch(trial, data, progress)
          .search(
              heap,
              expected.get(heap.name()),
              result -> keep(heaps, List.of(result)),
              failuresOf(heap.name()));
    }
    finish(heap.name());
  }

  /** What was measured is worth more than an orderly end. */
  private void stop(Contenders contenders) {
    try {
      contenders.close();
    } catch (RuntimeException failure) {
      progress.say("the contenders do not stop: " + failure);
    }
  }

  private void begin(String name, String title) {
    int number = plan.names().indexOf(name) + 1;
    progress.begin(String.format("[%d/%d] %s", number, plan.names().size(), name), title);
  }

  /** Of a part that is not at its end yet. */
  private <T> void keep(List<T> results, List<T> further) {
    results.addAll(further);
    save.accept(results());
  }

  private void finish(String name) {
    finished.add(name);
    save.accept(results());
  }

  private Failures failuresOf(String part) {
    return failures.computeIfAbsent(part, name -> new Failures(name, progress));
  }

  private void requireSameMachine() {
    Machine now = MachineFacts.of(cores(), versions);
    if (earlier != null && !earlier.machine().equals(now)) {
      throw new NotTheSameMachine(Comparison.differences("then", earlier.machine(), now));
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
        failures.values().stream().flatMap(part -> part.all().stream()).toList(),
        plan.names().stream().filter(name -> !finished.contains(name)).toList());
  }

  /** Figures of two machines do not belong in one table. */
  static final class NotTheSameMachine extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotTheSameMachine(List<String> differences) {
      super(
          "The earlier results are of another machine or other versions ("
              + String.join("; ", differences)
              + "). Run without --resume.");
    }
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
