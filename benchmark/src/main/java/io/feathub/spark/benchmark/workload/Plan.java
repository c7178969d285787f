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
package io.feathub.spark.benchmark.workload;

import io.feathub.spark.benchmark.results.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one command runs.
 *
 * @param kernels whether the micro-benchmarks of inner loops follow
 */
public record Plan(List<Workload> workloads, List<HeapWorkload> heaps, boolean kernels) {
  /** The names of all parts, in the order in which they run. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    workloads.forEach(workload -> names.add(workload.name()));
    heaps.forEach(heap -> names.add(heap.name()));
    if (kernels) {
      names.add(Names.KERNELS);
    }
    return names;
  }

  /** The parts without those of some names. */
  public Plan without(Set<String> names) {
    return only(name -> !names.contains(name));
  }

  /** The parts whose names are chosen. */
  public Plan only(Predicate<String> chosen) {
    return new Plan(
        workloads.stream().filter(workload -> chosen.test(workload.name())).toList(),
        heaps.stream().filter(heap -> chosen.test(heap.name())).toList(),
        kernels && chosen.test(Names.KERNELS));
  }
}
