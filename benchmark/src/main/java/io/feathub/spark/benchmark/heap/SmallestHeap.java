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
  private static final int CONFIRMED = 2;

  private final Trials trials;
  private final List<Integer> ladder;

  /**
   * @param ladder in ascending order, in MB
   */
  public SmallestHeap(HeapTrial trial, List<Integer> ladder) {
    this(trial::run, ladder);
  }

  SmallestHeap(Trials trials, List<Integer> ladder) {
    this.trials = trials;
    this.ladder = List.copyOf(ladder);
  }

  /** Runs a trial in a heap of some MB, whose answer is known. */
  @FunctionalInterface
  interface Trials {
    HeapResult.Trial run(HeapTask task, int heapMegabytes, Checksum expected)
        throws InterruptedException;
  }

  /**
   * All trials of a search, in the order in which they ran; {@link HeapResult#smallestHeap} finds
   * the size in them.
   *
   * <p>A trial that does not end in time is taken like one whose heap is too small, as it mostly is
   * one that only collects garbage; its outcome says which of the two it was.
   *
   * @throws RuntimeException if a trial failed for another reason than memory or time, or answered
   *     otherwise than expected
   */
  public HeapResult search(String workload, String title, HeapTask task, Checksum expected)
      throws InterruptedException {
    List<HeapResult.Trial> made = new ArrayList<>();
    int low = 0;
    int high = ladder.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (completes(task, middle, expected, made)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    while (low < ladder.size() && !isConfirmed(task, low, expected, made)) {
      low++;
    }
    return new HeapResult(workload, title, task.contender(), List.copyOf(made));
  }

  private boolean isConfirmed(
      HeapTask task, int rung, Checksum expected, List<HeapResult.Trial> made)
      throws InterruptedException {
    int size = ladder.get(rung);
    long completed =
        made.stream().filter(trial -> trial.heapMegabytes() == size && trial.completed()).count();
    while (completed < CONFIRMED) {
      if (!completes(task, rung, expected, made)) {
        return false;
      }
      completed++;
    }
    return true;
  }

  private boolean completes(HeapTask task, int rung, Checksum expected, List<HeapResult.Trial> made)
      throws InterruptedException {
    HeapResult.Trial trial = trials.run(task, ladder.get(rung), expected);
    made.add(trial);
    return trial.completed();
  }
}
