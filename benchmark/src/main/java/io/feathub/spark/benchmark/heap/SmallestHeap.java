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
package io.feathub.spark.benchmark.heap;

import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.results.HeapResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches the smallest of some heap sizes in which a job completes, by bisection: a job that
 * completes in a heap is taken to complete in every larger one. As the garbage collector's timing
 * is not the same in each run, the smallest size has to complete twice; if it does not, the next
 * larger one is tried.
 */
public final class SmallestHeap {
  /**
   * In MB. Spark does not start below 450: it keeps 300 for itself and wants half as much again.
   */
  public static final List<Integer> LADDER =
      List.of(192, 256, 320, 384, 450, 512, 640, 768, 1024, 1536, 2048, 3072, 4096);

  private static final int CONFIRMED = 2;

  private final HeapTrial trial;
  private final List<Integer> ladder;

  /**
   * @param ladder in ascending order, in MB
   */
  public SmallestHeap(HeapTrial trial, List<Integer> ladder) {
    this.trial = trial;
    this.ladder = List.copyOf(ladder);
  }

  /**
   * All trials of a search, in the order in which they ran; {@link HeapResult#smallestHeap} finds
   * the size in them.
   *
   * @throws TrialFailed if a trial failed for another reason than memory or time, or answered
   *     otherwise than expected
   */
  public HeapResult search(String workload, String title, HeapTask task, Checksum expected)
      throws InterruptedException {
    List<HeapResult.Trial> trials = new ArrayList<>();
    int low = 0;
    int high = ladder.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (completes(task, middle, expected, trials)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    while (low < ladder.size() && !isConfirmed(task, low, expected, trials)) {
      low++;
    }
    return new HeapResult(workload, title, task.contender(), List.copyOf(trials));
  }

  private boolean isConfirmed(
      HeapTask task, int rung, Checksum expected, List<HeapResult.Trial> trials)
      throws InterruptedException {
    int size = ladder.get(rung);
    long completed =
        trials.stream().filter(made -> made.heapMegabytes() == size && made.completed()).count();
    while (completed < CONFIRMED) {
      if (!completes(task, rung, expected, trials)) {
        return false;
      }
      completed++;
    }
    return true;
  }

  private boolean completes(
      HeapTask task, int rung, Checksum expected, List<HeapResult.Trial> trials)
      throws InterruptedException {
    HeapResult.Trial made = trial.run(task, ladder.get(rung), expected);
    trials.add(made);
    return made.completed();
  }
}
