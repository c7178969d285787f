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

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.contender.Execution.WrongOperator;
import io.feathub.spark.benchmark.contender.SparkSessions;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The harness against contenders that cheat, fail and dawdle. */
class TestInterleaved {
  private static SparkSessions sessions;

  private final StubLineup lineup = new StubLineup(sessions.stock());
  private final List<String> order = new ArrayList<>();

  @BeforeAll
  static void start() {
    sessions = new SparkSessions(2, BenchmarkDirectories.WORK);
  }

  @AfterAll
  static void stop() {
    sessions.close();
  }

  @BeforeEach
  void twoWhoAreRight() {
    lineup.add("first", StubLineup.RIGHT, () -> order.add("first"), StubLineup::nothing);
    lineup.add("second", "f.ts <= e.ts", () -> order.add("second"), StubLineup::nothing);
  }

  @Test
  void everyContenderIsTimedInEveryRound() {
    WorkloadResult result = lineup.measure(3);
    assertThat(result.failures()).isEmpty();
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
    assertThat(result.timings()).allSatisfy(t -> assertThat(t.seconds()).hasSize(3));
    assertThat(result.answer().exactRows()).isEqualTo(100);
    assertThat(result.answer().arbitraryRows()).isEqualTo(20_000);
    assertThat(result.answer().contenders()).containsExactly("first", "second");
    assertThat(lineup.runs("first")).as("two answers and three rounds").isEqualTo(5);
  }

  @Test
  void nobodyAlwaysRunsAfterTheSameOther() {
    for (String name : List.of("third", "fourth")) {
      lineup.add(name, StubLineup.RIGHT, () -> order.add(name), StubLineup::nothing);
    }
    lineup.measure(6);
    List<String> timed = List.copyOf(order.subList(8, order.size()));
    for (String name : lineup.names()) {
      assertThat(
              IntStream.range(1, timed.size())
                  .filter(i -> timed.get(i).equals(name))
                  .mapToObj(i -> timed.get(i - 1))
                  .distinct())
          .as("run before " + name)
          .hasSizeGreaterThan(1);
    }
    order.clear();
    lineup.measure(6);
    assertThat(order.subList(8, order.size())).as("the same again").isEqualTo(timed);
  }

  @Test
  void aWrongAnswerFailsTheWorkloadAndIsNotTimed() {
    lineup.add("cheat", "e.ts > f.ts - INTERVAL 10 DAYS");
    WorkloadResult result = lineup.measure(1);
    assertThat(result.failures())
        .singleElement()
        .asString()
        .contains("different features")
        .contains("cheat: {");
    assertThat(result.timings()).isEmpty();
    assertThat(result.answer()).isNull();
  }

  @Test
  void anOperatorThatIsNotTheOneUnderTestFailsTheWorkload() {
    lineup.add(
        "pretender",
        StubLineup.RIGHT,
        StubLineup::nothing,
        () -> {
          throw new WrongOperator("There is no Stub");
        });
    WorkloadResult result = lineup.measure(1);
    assertThat(result.failures()).containsExactly("stubs: pretender: There is no Stub");
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
  }

  @Test
  void aFailureOfOneIsAFailureOfTheWorkloadButOthersAreTimed() {
    lineup.addFailing(new IllegalStateException("out of luck"));
    WorkloadResult result = lineup.measure(1);
    assertThat(result.failures()).containsExactly("stubs: broken: out of luck");
    assertThat(result.timings()).hasSize(2);
  }

  @Test
  void aChecksumThatChangesIsAFailure() {
    lineup.add("fickle");
    WorkloadResult result = lineup.measure(2);
    assertThat(result.failures())
        .containsExactly("stubs: fickle > checksum: Its rows fold to 4, in the run before to 3");
  }

  @Test
  void aChecksumThatIsNotThatOfTheAnswerIsAFailure() {
    lineup.add("liar");
    WorkloadResult result = lineup.measure(2);
    assertThat(result.failures())
        .containsExactly("stubs: liar > checksum: Its rows fold to 0, those of its answer to 7");
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
  }

  @Test
  void filesThatAreNotTheAnswerAreAFailure() {
    lineup.add("forger");
    WorkloadResult result =
        lineup.interleaved(2).measure(lineup.workload(null, Duration.ofMinutes(1), Sink.PARQUET));
    assertThat(result.failures())
        .singleElement()
        .asString()
        .startsWith("stubs: forger > parquet: The rows it wrote fold to ")
        .contains(", those of its answer to ");
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
  }

  @Test
  void anErrorOfOneIsAFailureLikeAnyOther() {
    lineup.addFailing(new NoClassDefFoundError("org/missing/Class"));
    WorkloadResult result = lineup.measure(1);
    assertThat(result.failures()).containsExactly("stubs: broken: org/missing/Class");
    assertThat(result.timings()).hasSize(2);
  }

  @Test
  void thoseWhoDeclineOrAreAbsentAreLeftOutWithTheReason() {
    lineup.add("shy one");
    WorkloadResult result = lineup.measure(1, "absent");
    assertThat(result.failures()).isEmpty();
    assertThat(result.leftOut())
        .containsExactly(
            new LeftOut("shy one", "too shy"), new LeftOut("absent", "not on this machine"));
  }

  @Test
  void theSlowAreLeftOutOfTheRestOfACurve() {
    Interleaved interleaved = lineup.interleaved(1);
    Duration none = Duration.ZERO;
    WorkloadResult first =
        interleaved.measure(lineup.workload(new Point("c", "rows", 1), none, Sink.CHECKSUM));
    assertThat(first.timings()).hasSize(2);
    WorkloadResult second =
        interleaved.measure(lineup.workload(new Point("c", "rows", 2), none, Sink.CHECKSUM));
    assertThat(second.leftOut()).hasSize(2);
    WorkloadResult other =
        interleaved.measure(lineup.workload(new Point("d", "rows", 2), none, Sink.CHECKSUM));
    assertThat(other.leftOut()).isEmpty();
  }

  @Test
  void aResumedRunLeavesTheSlowOutToo() {
    Workload first = lineup.workload(new Point("c", "rows", 1), Duration.ZERO, Sink.CHECKSUM);
    Workload second = lineup.workload(new Point("c", "rows", 2), Duration.ZERO, Sink.CHECKSUM);
    Workload third =
        lineup.workload(new Point("c", "rows", 3), Duration.ZERO, Sink.CHECKSUM, "absent");
    Interleaved whole = lineup.interleaved(2);
    WorkloadResult slow = whole.measure(first);
    WorkloadResult leftOut = whole.measure(second);

    Interleaved afterTheTimes = lineup.interleaved(2);
    afterTheTimes.takeOver(first, slow);
    assertThat(afterTheTimes.measure(third).leftOut())
        .extracting(LeftOut::contender)
        .containsExactly("first", "second", "absent");
    Interleaved afterTheLeftOut = lineup.interleaved(2);
    afterTheLeftOut.takeOver(second, leftOut);
    assertThat(afterTheLeftOut.measure(third).leftOut()).containsAll(leftOut.leftOut()).hasSize(3);
  }

  @Test
  void nothingOfWhatContendersWroteIsLeft() {
    lineup.measure(1);
    assertThat(Files.exists(BenchmarkDirectories.WORK.resolve("stubs"))).isFalse();
  }
}
