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

import static io.feathub.spark.benchmark.contender.Contenders.DUCKDB;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_SHUFFLED;
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.contender.Contenders;
import io.feathub.spark.benchmark.contender.SparkInSmallHeaps;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.heap.HeapTrial;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.job.RangeWindow.Aggregate;
import io.feathub.spark.benchmark.measure.Failures;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.workload.HeapWorkload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TestHeapReference {
  @TempDir private Path directory;
  private final ConsoleProgress progress = new ConsoleProgress(new PrintWriter(new StringWriter()));

  /** Whoever is the reference, its answer is folded as those of the contenders on Spark. */
  @Test
  void theAnswerOfDuckDbIsThatOfSparkInASmallHeap() {
    HeapWorkload heap =
        new HeapWorkload("heap", "title", job(), List.of(FEATHUB_SHUFFLED), DUCKDB, List.of(512));
    Checksum expected;
    try (Contenders contenders =
        new Contenders(2, directory, directory.resolve("logs"), directory.resolve("work"))) {
      // No one has installed it below this directory.
      assertThat(contenders.absence(POLARS)).isPresent();
      expected = new HeapReference(contenders, directory, progress).of(heap);
    }
    assertThat(expected.rows()).isEqualTo(1000);
    assertThat(directory.resolve("heap-answer")).doesNotExist();

    List<HeapResult> results = new ArrayList<>();
    Failures failures = new Failures("heap", progress);
    HeapTrial trial =
        new HeapTrial(
            SparkInSmallHeaps.class,
            directory.resolve("logs"),
            directory.resolve("trials"),
            Duration.ofSeconds(100),
            progress::say);
    new HeapSearch(trial, directory.resolve("target/data"), progress)
        .search(heap, expected, results::add, failures);

    assertThat(failures.all()).isEmpty();
    assertThat(results).singleElement().satisfies(TestHeapReference::completes);
  }

  private static void completes(HeapResult result) {
    assertThat(result.smallestHeap()).hasValue(512);
  }

  private static Job job() {
    return new Job(
        Events.purchases(1000, 10, 5),
        Job.AsOfKeys.ITEM,
        List.of(Facts.prices(5, 10)),
        List.of(
            new RangeWindow(Aggregate.SUM, Duration.ofMinutes(2)),
            new RangeWindow(Aggregate.COUNT, Duration.ofHours(2))));
  }
}
