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
package io.feathub.spark.benchmark.results;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What a contender did in Java heaps of several sizes. */
public record HeapResult(String workload, String title, String contender, List<Trial> trials) {
  /** The smallest heap in MB in which no trial failed; empty if there is none. */
  public OptionalInt smallestHeap() {
    Set<Integer> tooSmall =
        trials.stream()
            .filter(trial -> !trial.completed())
            .map(Trial::heapMegabytes)
            .collect(Collectors.toSet());
    return trials.stream()
        .mapToInt(Trial::heapMegabytes)
        .filter(size -> !tooSmall.contains(size))
        .min();
  }

  /**
   * One run in a JVM of its own, cold.
   *
   * @param seconds of the job alone, without the start of Spark; 0 if it failed
   * @param outcome {@code completed}, or in a phrase how it failed
   */
  public record Trial(int heapMegabytes, boolean completed, double seconds, String outcome) {}
}
