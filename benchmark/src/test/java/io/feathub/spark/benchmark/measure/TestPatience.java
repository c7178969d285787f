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
package io.feathub.spark.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.workload.Workload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestPatience {
  private final Patience patience = new Patience();

  @Test
  void theSlowAreLeftOutFurtherOnWhicheverPointCameFirst() {
    patience.note(at(10_000_000), "slow", 40);
    patience.note(at(10_000_000), "fast", 15);

    assertThat(patience.isSlow(at(10_000_000), "slow")).isTrue();
    assertThat(patience.isSlow(at(10_000_000), "fast")).isFalse();
    assertThat(patience.leavesOut(at(1_000_000), "slow")).as("ran after a larger one").isEmpty();
    assertThat(patience.leavesOut(at(30_000_000), "slow"))
        .hasValue("took 40 s at 10,000,000, where 15 s are the limit for going on");
    assertThat(patience.leavesOut(at(30_000_000), "fast")).isEmpty();
  }

  @Test
  void theFirstSlowPointOfTheCurveCounts() {
    patience.note(at(10_000_000), "slow", 40);
    patience.note(at(1_000_000), "slow", 16);
    patience.note(at(3_000_000), "slow", 20);

    assertThat(patience.leavesOut(at(1_000_000), "slow")).isEmpty();
    assertThat(patience.leavesOut(at(3_000_000), "slow"))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("took 16 s at 1,000,000"));
  }

  @Test
  void outsideOfCurvesNobodyIsLeftOut() {
    Workload alone = workload("alone", null);
    patience.note(alone, "slow", 40);

    assertThat(patience.isSlow(alone, "slow")).isTrue();
    assertThat(patience.leavesOut(alone, "slow")).isEmpty();
    assertThat(patience.leavesOut(at(30_000_000), "slow")).isEmpty();
  }

  @Test
  void anEarlierRunTimedTheSlowInFewerRounds() {
    patience.note(at(1_000_000), timing("slow", 14.0), 3);
    patience.note(at(1_000_000), timing("slower", 40.0), 3);
    patience.note(at(1_000_000), timing("fast", 1.0, 2.0, 3.0), 3);

    assertThat(patience.leavesOut(at(3_000_000), "slow"))
        .hasValue("was too slow at 1,000,000 for going on");
    assertThat(patience.leavesOut(at(3_000_000), "slower"))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("took 40 s at 1,000,000"));
    assertThat(patience.leavesOut(at(3_000_000), "fast")).isEmpty();
  }

  private static Timing timing(String contender, Double... seconds) {
    return new Timing(contender, Role.PEER, Sink.CHECKSUM, List.of(seconds), List.of(), null);
  }

  private static Workload at(long rows) {
    Point point = new Point("rows", "purchases", rows);
    return workload(point.workload(), point);
  }

  private static Workload workload(String name, Point point) {
    Job job = new Job(Events.purchases(1, 1, 1), AsOfKeys.ITEM, List.of(), List.of());
    Duration limit = Duration.ofSeconds(15);
    return new Workload(name, name, job, List.of(), List.of(Sink.CHECKSUM), point, limit);
  }
}
