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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.heap.HeapTrial;
import io.feathub.spark.benchmark.heap.TrivialContenders;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
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

/** Each trial is a JVM, though none that does much. */
@Timeout(120)
class TestHeapSearch {
  @TempDir private Path directory;
  private final ConsoleProgress progress = new ConsoleProgress(new PrintWriter(new StringWriter()));
  private final Failures failures = new Failures("heap", progress);
  private final List<HeapResult> results = new ArrayList<>();

  @Test
  void aContenderThatFailsTakesNothingFromTheOthers() {
    search("broken", "endless memory", "one row");

    assertThat(results)
        .extracting(HeapResult::contender)
        .containsExactly("endless memory", "one row");
    assertThat(failures.all()).hasSize(2);
    assertThat(failures.all().get(0)).startsWith("heap: broken: ").contains("no such table");
    assertThat(failures.all().get(1))
        .isEqualTo("heap: endless memory: it completes in none of these heaps");
  }

  private void search(String... contenders) {
    Job job = new Job(Events.purchases(1, 1, 1), AsOfKeys.ITEM, List.of(), List.of());
    HeapTrial trial =
        new HeapTrial(
            TrivialContenders.class,
            directory.resolve("logs"),
            directory.resolve("work"),
            Duration.ofSeconds(60),
            progress::say);
    new HeapSearch(trial, directory, progress)
        .search(
            new HeapWorkload("heap", "title", job, List.of(contenders), "nobody", List.of(64)),
            new Checksum(1, 7),
            results::add,
            failures);
  }
}
