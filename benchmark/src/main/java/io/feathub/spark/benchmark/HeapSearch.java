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

import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.heap.HeapTask;
import io.feathub.spark.benchmark.heap.HeapTrial;
import io.feathub.spark.benchmark.heap.SmallestHeap;
import io.feathub.spark.benchmark.measure.Failures;
import io.feathub.spark.benchmark.measure.Progress;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.workload.HeapWorkload;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Searches the smallest heap for each contender of a job. */
final class HeapSearch {
  private final HeapTrial trial;
  private final Path data;
  private final Progress progress;

  /**
   * Nothing runs yet.
   *
   * @param data the root of the generated tables
   */
  HeapSearch(HeapTrial trial, Path data, Progress progress) {
    this.trial = trial;
    this.data = data;
    this.progress = progress;
  }

  /**
   * Searches for all contenders; one that fails does not keep the others from it.
   *
   * @param expected everybody's answer: all contenders on Spark fold rows with the same hash
   * @param results is given that of a contender as soon as it is there
   */
  void search(
      HeapWorkload workload, Checksum expected, Consumer<HeapResult> results, Failures failures) {
    for (String contender : workload.contenders()) {
      failures.note(contender, () -> search(workload, contender, expected, results));
    }
  }

  private void search(
      HeapWorkload workload, String contender, Checksum expected, Consumer<HeapResult> results) {
    SmallestHeap search = new SmallestHeap(trial, workload.megabytes());
    HeapTask task = new HeapTask(contender, workload.job(), data);
    HeapResult result;
    try {
      result = search.search(workload.name(), workload.title(), task, expected);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
    progress.say(contender + ": " + outcomes(result));
    results.accept(result);
    if (result.smallestHeap().isEmpty()) {
      throw new IllegalStateException("it completes in none of these heaps");
    }
  }

  private static String outcomes(HeapResult result) {
    List<String> outcomes =
        result.trials().stream()
            .map(trial -> trial.heapMegabytes() + " MB " + trial.outcome())
            .toList();
    return String.join(", ", outcomes);
  }
}
