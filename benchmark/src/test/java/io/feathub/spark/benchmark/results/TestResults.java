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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run that is resumed need not measure again. */
class TestResults {
  private static final List<KernelResult> KERNELS =
      List.of(new KernelResult("Deque.slide", Map.of(), 1, 0.1));

  @Test
  void whatIsMeasuredToTheEndIsDone() {
    assertThat(results(List.of(), List.of()).done())
        .containsExactlyInAnyOrder("main", "heap-main", "heap-one-key", "kernels");
  }

  @Test
  void partsWithFailuresAreNotDoneThoughTheyHaveResults() {
    assertThat(
            results(List.of("heap-main: spark union: x", "kernels: Sort.sort: y"), List.of())
                .done())
        .containsExactlyInAnyOrder("main", "heap-one-key");
  }

  @Test
  void partsThatWereCutOffAreNotDoneThoughTheyHaveResults() {
    assertThat(results(List.of(), List.of("heap-one-key", "kernels")).done())
        .containsExactlyInAnyOrder("main", "heap-main");
  }

  private static Results results(List<String> failures, List<String> missing) {
    return new Results(
        "bench",
        "2001-02-03T00:00:00Z",
        1,
        new Machine("CPU", 2, 1024, "OS", "Java", 512, Map.of()),
        List.of(workload("main", List.of()), workload("wide", List.of("wide: feathub: z"))),
        List.of(heap("heap-main"), heap("heap-one-key")),
        KERNELS,
        failures,
        missing);
  }

  private static WorkloadResult workload(String name, List<String> failures) {
    return new WorkloadResult(name, name, 1, null, null, List.of(), List.of(), failures);
  }

  private static HeapResult heap(String name) {
    return new HeapResult(name, name, "feathub", List.of());
  }
}
