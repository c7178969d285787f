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
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.heap.HeapTask;
import io.feathub.spark.benchmark.heap.HeapTrial;
import io.feathub.spark.benchmark.heap.SmallestHeap;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.measure.Interleaved;
import io.feathub.spark.benchmark.measure.Kernels;
import io.feathub.spark.benchmark.measure.Rounds;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.KernelResult;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a plan: workloads in one Spark application of this JVM, then trials of heaps and kernels in
 * JVMs of their own, when this one is idle.
 *
 * @param module the directory of the benchmark module
 */
record BenchRun(Path module, Plan plan, Rounds rounds, ConsoleProgress progress) {
  private static final int REFERENCE_MEGABYTES = 6144;
  private static final Duration TRIAL_LIMIT = Duration.ofMinutes(10);

  Results results(String command) {
    int cores = Runtime.getRuntime().availableProcessors();
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("FeatHub", MachineFacts.commit(module));
    Path work = module.resolve("target/work");
    List<WorkloadResult> workloads = new ArrayList<>();
    try (Contenders contenders = new Contenders(cores, module, work)) {
      versions.putAll(contenders.versions());
      Interleaved interleaved =
          new Interleaved(contenders, contenders.spark().stock(), work, rounds, progress);
      for (Workload workload : plan.workloads()) {
        progress.begin(position(workload.name()), workload.title());
        workloads.add(interleaved.measure(workload));
      }
      plan.heaps().forEach(heap -> JobFiles.of(heap.job(), contenders.data()));
    }
    List<HeapResult> heaps = heaps(work);
    List<KernelResult> kernels = plan.kernels() ? Kernels.run("", progress::say) : List.of();
    return new Results(
        command,
        started.toString(),
        started.until(Instant.now(), ChronoUnit.SECONDS) / 60.0,
        MachineFacts.of(cores, versions),
        workloads,
        heaps,
        kernels);
  }

  private String position(String name) {
    return String.format("[%d/%d] %s", plan.names().indexOf(name) + 1, plan.names().size(), name);
  }

  private List<HeapResult> heaps(Path work) {
    List<HeapResult> results = new ArrayList<>();
    HeapTrial trial = new HeapTrial(SparkInSmallHeaps.class, work.resolve("heaps"), TRIAL_LIMIT);
    try {
      for (HeapWorkload workload : plan.heaps()) {
        progress.begin(position(workload.name()), workload.title());
        Checksum expected = null;
        for (String contender : workload.contenders()) {
          HeapTask task =
              new HeapTask(contender, workload.job(), module.resolve("target/data"), work);
          // All of them fold rows with Spark's own hash, so that one answer is everybody's.
          expected = expected == null ? trial.reference(task, REFERENCE_MEGABYTES) : expected;
          HeapResult result =
              new SmallestHeap(trial, workload.megabytes())
                  .search(workload.name(), workload.title(), task, expected);
          progress.say(contender + ": " + result.trials());
          results.add(result);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", interrupted);
    }
    return results;
  }
}
