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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.results.HeapResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** The search alone; its trials are not JVMs here. */
class TestSmallestHeap {
  private static final List<Integer> LADDER = List.of(32, 64, 128, 256, 512, 1024, 2048);
  private static final HeapTask TASK = TestHeapTask.task("contender", Path.of("data"));
  private static final Checksum EXPECTED = new Checksum(100, 7);

  @Test
  void findsTheSmallestHeapAndConfirmsIt() throws Exception {
    HeapResult result = search(megabytes -> megabytes >= 100);

    assertThat(result.smallestHeap()).hasValue(128);
    assertThat(result.workload()).isEqualTo("w");
    assertThat(result.title()).isEqualTo("title");
    assertThat(result.contender()).isEqualTo("contender");
    assertThat(result.trials())
        .containsExactly(trial(256, true), trial(64, false), trial(128, true), trial(128, true));
  }

  @Test
  void findsEverySizeInFewTrials() throws Exception {
    for (int needed : LADDER) {
      HeapResult result = search(megabytes -> megabytes >= needed);
      assertThat(result.smallestHeap()).hasValue(needed);
      assertThat(result.trials()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void findsNoneIfAllAreTooSmall() throws Exception {
    HeapResult result = search(megabytes -> false);

    assertThat(result.smallestHeap()).isEmpty();
    assertThat(result.trials())
        .containsExactly(trial(256, false), trial(1024, false), trial(2048, false));
  }

  /** It completes in 128 MB once, and never again. */
  @Test
  void aSizeThatIsNotConfirmedGivesWayToTheNext() throws Exception {
    Set<Integer> tried = new HashSet<>();
    HeapResult result =
        search(megabytes -> megabytes > 128 || (megabytes == 128 && tried.add(megabytes)));

    assertThat(result.smallestHeap()).hasValue(256);
    assertThat(result.trials())
        .containsExactly(
            trial(256, true),
            trial(64, false),
            trial(128, true),
            trial(128, false),
            trial(256, true));
  }

  @Test
  void aTrialThatSaysNothingOfTheHeapEndsTheSearch() {
    SmallestHeap search =
        new SmallestHeap(
            (task, megabytes, expected) -> {
              throw TrialFailed.wrongAnswer(task, megabytes, expected, new Checksum(100, 8));
            },
            LADDER);

    assertThatThrownBy(() -> search.search("w", "title", TASK, EXPECTED))
        .isInstanceOf(TrialFailed.class)
        .hasMessage(
            "contender answered wrongly in a heap of 256 MB: 100 rows with hash 8 instead of 100"
                + " rows with hash 7.");
  }

  private static HeapResult search(IntPredicate completes) throws InterruptedException {
    SmallestHeap search =
        new SmallestHeap(
            (task, megabytes, expected) -> {
              assertThat(task).isEqualTo(TASK);
              assertThat(expected).isEqualTo(EXPECTED);
              return trial(megabytes, completes.test(megabytes));
            },
            LADDER);
    return search.search("w", "title", TASK, EXPECTED);
  }

  private static HeapResult.Trial trial(int megabytes, boolean completed) {
    return new HeapResult.Trial(megabytes, completed, 0, completed ? "completed" : "too small");
  }
}
