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

import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.data.Skew;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.RangeWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestHeapTask {
  @Test
  void jsonKeepsEveryPartOfAJob() {
    HeapTask task = task("FeatHub, broadcast", Path.of("data with space").toAbsolutePath());

    assertThat(HeapTask.fromJson(task.toJson())).isEqualTo(task);
    assertThat(task.toJson()).doesNotContain("\n");
  }

  static HeapTask task(String contender, Path data) {
    Events events = Events.purchases(1000, 10, 5).withSkew(Skew.HOT_ITEM).withPrice();
    Job job =
        new Job(
            events,
            Job.AsOfKeys.ITEM,
            List.of(Facts.prices(5, 10), Facts.prices(5, 1).withNumber(2)),
            List.of(
                new RangeWindow(RangeWindow.Aggregate.SUM, Duration.ofMinutes(2)),
                new RangeWindow(RangeWindow.Aggregate.MAX, Duration.ofDays(30))));
    return new HeapTask(contender, job.onTheEdges(), data);
  }
}
