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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that one command measured.
 *
 * @param command as typed, so that it can be repeated
 * @param started in UTC
 * @param failures of heap trials and kernels, each after the name of its part and a colon; those of
 *     workloads are with them
 * @param missing the names of the parts that the command has not run, or not to the end
 */
public record Results(
    String command,
    String started,
    double minutes,
    Machine machine,
    List<WorkloadResult> workloads,
    List<HeapResult> heaps,
    List<KernelResult> kernels,
    List<String> failures,
    List<String> missing) {
  /** Whether anything went wrong, so that no figure here is to be relied on. */
  public boolean failed() {
    return !allFailures().isEmpty();
  }

  /** The names of the parts that are measured to the end and did not fail. */
  public Set<String> done() {
    Set<String> done = new HashSet<>();
    workloads.stream()
        .filter(workload -> workload.failures().isEmpty())
        .forEach(workload -> done.add(workload.name()));
    heaps.forEach(heap -> done.add(heap.workload()));
    if (!kernels.isEmpty()) {
      done.add(Names.KERNELS);
    }
    done.removeAll(missing);
    done.removeIf(part -> failures.stream().anyMatch(text -> text.startsWith(part + ": ")));
    return done;
  }

  /** What went wrong, in the order of the parts. */
  public List<String> allFailures() {
    List<String> all = new ArrayList<>();
    workloads.forEach(workload -> all.addAll(workload.failures()));
    all.addAll(failures);
    return all;
  }
}
