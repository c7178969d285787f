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
package io.feathub.spark.benchmark.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.job.RangeWindow.Aggregate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSortedTable {
  private static final Job SCATTERED =
      new Job(
          Events.purchases(5000, 20, 5).withPrice(),
          Job.AsOfKeys.ITEM,
          List.of(),
          List.of(new RangeWindow(Aggregate.SUM, Duration.ofDays(1))));

  private static final Job SORTED =
      new Job(
          SCATTERED.events().byUserAndTime(),
          SCATTERED.keys(),
          SCATTERED.facts(),
          SCATTERED.windows());

  /** The directory is one that has to be quoted. */
  @Test
  void windowsNeitherSortNorMoveItsRows(@TempDir Path directory) {
    try (SparkSessions sessions = new SparkSessions(2, BenchmarkDirectories.WORK)) {
      DataDirectory data = new DataDirectory(sessions.stock(), directory.resolve("it's 100% data"));
      for (SparkContender contender : SparkContender.all(sessions, data)) {
        if (contender.declines(SCATTERED).isEmpty()) {
          Execution scattered = contender.checksum(SCATTERED);
          Execution sorted = contender.checksum(SORTED);
          long answer = scattered.run();
          assertThat(scattered.operators())
              .as(contender.name())
              .doesNotContain(SparkOperators.WINDOW_IN_ORDER);
          // Twice, as the catalog caches the table.
          for (int run = 1; run <= 2; run++) {
            assertThat(sorted.run()).as(contender.name()).isEqualTo(answer);
            assertThat(sorted.operators())
                .as(contender.name())
                .contains(SparkOperators.WINDOW_IN_ORDER)
                .doesNotContain("SortExec");
          }
        }
      }
    }
  }
}
