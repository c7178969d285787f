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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.results.HeapResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSmallestHeap {
  @TempDir private Path directory;

  @Test
  void findsTheSmallestHeapAndConfirmsIt() throws Exception {
    HeapResult result = search("100 MB", List.of(32, 64, 256, 512));

    assertThat(result.smallestHeap()).hasValue(256);
    assertThat(result.contender()).isEqualTo("100 MB");
    assertThat(result.trials())
        .extracting(HeapResult.Trial::heapMegabytes)
        .containsExactly(256, 64, 256);
    assertThat(result.trials())
        .extracting(HeapResult.Trial::completed)
        .containsExactly(true, false, true);
  }

  @Test
  void findsNoneIfAllAreTooSmall() throws Exception {
    HeapResult result = search("100 MB", List.of(32, 48));

    assertThat(result.smallestHeap()).isEmpty();
    assertThat(result.trials()).extracting(HeapResult.Trial::heapMegabytes).containsExactly(48);
  }

  @Test
  void aSizeThatFailedOnceIsNotTheSmallest() {
    HeapResult result =
        new HeapResult(
            "w",
            "t",
            "c",
            List.of(
                new HeapResult.Trial(512, true, 1, "completed"),
                new HeapResult.Trial(512, false, 0, "OutOfMemoryError"),
                new HeapResult.Trial(640, true, 1, "completed"),
                new HeapResult.Trial(640, true, 1, "completed")));

    assertThat(result.smallestHeap()).hasValue(640);
  }

  private HeapResult search(String contender, List<Integer> ladder) throws InterruptedException {
    HeapTrial trial = new HeapTrial(TrivialContenders.class, directory, Duration.ofSeconds(60));
    return new SmallestHeap(trial, ladder)
        .search("w", "title", TestHeapTask.task(contender, directory), new Checksum(100, 7));
  }
}
