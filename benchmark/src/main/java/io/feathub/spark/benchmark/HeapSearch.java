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

import io.feathub.spark.benchmark.contender.SparkInSmallHeaps;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.heap.HeapTask;
import io.feathub.spark.benchmark.heap.HeapTrial;
import io.feathub.spark.benchmark.heap.SmallestHeap;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.workload.HeapWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Searches the smallest heap for each contender of a job. */
final class HeapSearch {
  private static final int REFERENCE_MEGABYTES = 6144;
  private static final Duration TRIAL_LIMIT = Duration.ofMinutes(15);

  private final Path module;
  private final Path work;
  private final ConsoleProgress progress;

  HeapSearch(Path module, Path work, ConsoleProgress progress) {
    this.module = module;
    this.work = work;
    this.progress = progress;
  }

  List<HeapResult> results(HeapWorkload workload) {
    HeapTrial trial = new HeapTrial(SparkInSmallHeaps.class, work.resolve("heaps"), TRIAL_LIMIT);
    SmallestHeap search = new SmallestHeap(trial, workload.megabytes());
    List<HeapResult> results = new ArrayList<>();
    try {
      // All contenders on Spark fold rows with the same hash, so that one answer is everybody's.
      Checksum expected =
          trial.reference(task(workload, workload.reference()), REFERENCE_MEGABYTES);
      for (String contender : workload.contenders()) {
        HeapTask task = task(workload, contender);
        HeapResult result = search.search(workload.name(), workload.title(), task, expected);
        progress.say(contender + ": " + outcomes(result));
        results.add(result);
        if (result.smallestHeap().isEmpty()) {
          throw new IllegalStateException(contender + " completes in none of these heaps");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
    return results;
  }

  private HeapTask task(HeapWorkload workload, String contender) {
    return new HeapTask(contender, workload.job(), module.resolve("target/data"));
  }

  private static String outcomes(HeapResult result) {
    return String.join(
        ", ",
        result.trials().stream()
            .map(trial -> trial.heapMegabytes() + " MB " + trial.outcome())
            .toList());
  }
}
