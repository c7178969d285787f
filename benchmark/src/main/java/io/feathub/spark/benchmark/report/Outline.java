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
package io.feathub.spark.benchmark.report;

import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.List;

/**
 * What a report shows, in its order.
 *
 * @param workloads shown one by one
 * @param points shown in the curves, and in full behind them
 */
record Outline(
    List<WorkloadResult> workloads,
    List<Growth> curves,
    List<WorkloadResult> points,
    List<List<HeapResult>> heaps) {
  static Outline of(Results results) {
    return new Outline(
        results.workloads().stream().filter(workload -> !isPoint(workload)).toList(),
        Growth.of(results.workloads()),
        results.workloads().stream().filter(Outline::isPoint).toList(),
        heapsByWorkload(results.heaps()));
  }

  static boolean isMain(WorkloadResult workload) {
    return workload.name().startsWith("main");
  }

  static boolean isPoint(WorkloadResult workload) {
    return workload.point() != null && !isMain(workload);
  }

  private static List<List<HeapResult>> heapsByWorkload(List<HeapResult> heaps) {
    return heaps.stream()
        .map(HeapResult::workload)
        .distinct()
        .map(name -> heaps.stream().filter(heap -> heap.workload().equals(name)).toList())
        .toList();
  }
}
