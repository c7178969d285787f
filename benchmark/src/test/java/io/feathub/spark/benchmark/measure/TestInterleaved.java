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
import io.feathub.spark.benchmark.contender.Contender;
import io.feathub.spark.benchmark.contender.Execution.WrongOperator;
import io.feathub.spark.benchmark.contender.Lineup;
import io.feathub.spark.benchmark.contender.SparkSessions;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Point;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The harness against contenders that cheat, fail and dawdle. */
class TestInterleaved {
  private static final String RIGHT = "e.ts >= f.ts";

  private static SparkSessions sessions;
  private static SparkSession session;
  private static DataDirectory data;

  private final Map<String, StubContender> contenders = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();

  @BeforeAll
  static void start() {
    sessions = new SparkSessions(2, BenchmarkDirectories.WORK);
    session = sessions.stock();
    data = new DataDirectory(session, BenchmarkDirectories.DATA);
  }

  @AfterAll
  static void stop() {
    sessions.close();
  }

  @BeforeEach
  void twoWhoAreRight() {
    contenders.clear();
    order.clear();
    add("first", RIGHT, () -> order.add("first"), TestInterleaved::nothing);
    add("second", "f.ts <= e.ts", () -> order.add("second"), TestInterleaved::nothing);
  }

  @Test
  void everyContenderIsTimedInEveryRound() {
    WorkloadResult result = measure(3);
    assertThat(result.failures()).isEmpty();
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
    assertThat(result.timings()).allSatisfy(t -> assertThat(t.seconds()).hasSize(3));
    assertThat(result.answer().exactRows()).isEqualTo(100);
    assertThat(result.answer().arbitraryRows()).isEqualTo(20_000);
    assertThat(result.answer().contenders()).containsExactly("first", "second");
    assertThat(contenders.get("first").runs()).as("two answers and three rounds").isEqualTo(5);
  }

  @Test
  void nobodyAlwaysRunsAfterTheSameOther() {
    for (String name : List.of("third", "fourth")) {
      add(name, RIGHT, () -> order.add(name), TestInterleaved::nothing);
    }
    measure(6);
    List<String> timed = List.copyOf(order.subList(8, order.size()));
    for (String name : contenders.keySet()) {
      assertThat(
              IntStream.range(1, timed.size())
                  .filter(i -> timed.get(i).equals(name))
                  .mapToObj(i -> timed.get(i - 1))
                  .distinct())
          .as("run before " + name)
          .hasSizeGreaterThan(1);
    }
    order.clear();
    measure(6);
    assertThat(order.subList(8, order.size())).as("the same again").isEqualTo(timed);
  }

  @Test
  void aWrongAnswerFailsTheWorkloadAndIsNotTimed() {
    add(
        "cheat",
        "e.ts > f.ts - INTERVAL 10 DAYS",
        TestInterleaved::nothing,
        TestInterleaved::nothing);
    WorkloadResult result = measure(1);
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
    add(
        "pretender",
        RIGHT,
        TestInterleaved::nothing,
        () -> {
          throw new WrongOperator("There is no Stub");
        });
    WorkloadResult result = measure(1);
    assertThat(result.failures()).containsExactly("stubs: pretender: There is no Stub");
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
  }

  @Test
  void aFailureOfOneIsAFailureOfTheWorkloadButOthersAreTimed() {
    add(
        "broken",
        RIGHT,
        () -> {
          throw new IllegalStateException("out of luck");
        },
        TestInterleaved::nothing);
    WorkloadResult result = measure(1);
    assertThat(result.failures()).containsExactly("stubs: broken: out of luck");
    assertThat(result.timings()).hasSize(2);
  }

  @Test
  void aChecksumThatChangesIsAFailure() {
    add("fickle", RIGHT, TestInterleaved::nothing, TestInterleaved::nothing);
    WorkloadResult result = measure(2);
    assertThat(result.failures())
        .containsExactly("stubs: fickle > checksum: Its rows fold to 4, in the run before to 3");
  }

  @Test
  void aChecksumThatIsNotThatOfTheAnswerIsAFailure() {
    add("liar", RIGHT, TestInterleaved::nothing, TestInterleaved::nothing);
    WorkloadResult result = measure(2);
    assertThat(result.failures())
        .containsExactly("stubs: liar > checksum: Its rows fold to 0, those of its answer to 7");
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
  }

  @Test
  void filesThatAreNotTheAnswerAreAFailure() {
    add("forger", RIGHT, TestInterleaved::nothing, TestInterleaved::nothing);
    WorkloadResult result =
        interleaved(2).measure(workload(null, Duration.ofMinutes(1), Sink.PARQUET));
    assertThat(result.failures())
        .singleElement()
        .asString()
        .startsWith("stubs: forger > parquet: The rows it wrote fold to ")
        .contains(", those of its answer to ");
    assertThat(result.timings()).extracting(Timing::contender).containsExactly("first", "second");
  }

  @Test
  void whoIsAloneIsNotTimedAsOneAnswerProvesNothing() {
    contenders.remove("second");
    WorkloadResult result = measure(1, "absent");
    assertThat(result.failures()).isEmpty();
    assertThat(result.leftOut())
        .containsExactly(
            new LeftOut("absent", "not on this machine"),
            new LeftOut("first", "nobody is left to compare its answer with"));
    assertThat(result.timings()).isEmpty();
    assertThat(result.answer()).isNull();
  }

  @Test
  void whoIsAloneAsOthersFailedIsAFailure() {
    contenders.remove("second");
    add(
        "broken",
        RIGHT,
        () -> {
          throw new IllegalStateException("out of luck");
        },
        TestInterleaved::nothing);
    WorkloadResult result = measure(1);
    assertThat(result.failures()).first().asString().contains("out of luck");
    assertThat(result.failures()).last().asString().contains("fewer than two");
    assertThat(result.timings()).isEmpty();
  }

  @Test
  void anErrorOfOneIsAFailureLikeAnyOther() {
    add(
        "broken",
        RIGHT,
        () -> {
          throw new NoClassDefFoundError("org/missing/Class");
        },
        TestInterleaved::nothing);
    WorkloadResult result = measure(1);
    assertThat(result.failures()).containsExactly("stubs: broken: org/missing/Class");
    assertThat(result.timings()).hasSize(2);
  }

  @Test
  void thoseWhoDeclineOrAreAbsentAreLeftOutWithTheReason() {
    add("shy one", RIGHT, TestInterleaved::nothing, TestInterleaved::nothing);
    WorkloadResult result = measure(1, "absent");
    assertThat(result.failures()).isEmpty();
    assertThat(result.leftOut())
        .containsExactly(
            new LeftOut("shy one", "too shy"), new LeftOut("absent", "not on this machine"));
  }

  @Test
  void theSlowAreLeftOutOfTheRestOfACurve() {
    Interleaved interleaved = interleaved(1);
    Duration none = Duration.ZERO;
    WorkloadResult first =
        interleaved.measure(workload(new Point("c", "rows", 1), none, Sink.CHECKSUM));
    assertThat(first.timings()).hasSize(2);
    WorkloadResult second =
        interleaved.measure(workload(new Point("c", "rows", 2), none, Sink.CHECKSUM));
    assertThat(second.leftOut()).hasSize(2);
    WorkloadResult other =
        interleaved.measure(workload(new Point("d", "rows", 2), none, Sink.CHECKSUM));
    assertThat(other.leftOut()).isEmpty();
  }

  @Test
  void aResumedRunLeavesTheSlowOutToo() {
    Workload first = workload(new Point("c", "rows", 1), Duration.ZERO, Sink.CHECKSUM);
    Workload second = workload(new Point("c", "rows", 2), Duration.ZERO, Sink.CHECKSUM);
    Workload third = workload(new Point("c", "rows", 3), Duration.ZERO, Sink.CHECKSUM, "absent");
    Interleaved whole = interleaved(2);
    WorkloadResult slow = whole.measure(first);
    WorkloadResult leftOut = whole.measure(second);

    Interleaved afterTheTimes = interleaved(2);
    afterTheTimes.takeOver(first, slow);
    assertThat(afterTheTimes.measure(third).leftOut())
        .extracting(LeftOut::contender)
        .containsExactly("first", "second", "absent");
    Interleaved afterTheLeftOut = interleaved(2);
    afterTheLeftOut.takeOver(second, leftOut);
    assertThat(afterTheLeftOut.measure(third).leftOut()).containsAll(leftOut.leftOut()).hasSize(3);
  }

  @Test
  void nothingOfWhatContendersWroteIsLeft() {
    measure(1);
    assertThat(Files.exists(BenchmarkDirectories.WORK.resolve("stubs"))).isFalse();
  }

  private static void nothing() {}

  private void add(String name, String match, Runnable beforeRun, Runnable evidence) {
    contenders.put(name, new StubContender(name, session, data, match, beforeRun, evidence));
  }

  private WorkloadResult measure(int rounds, String... further) {
    return interleaved(rounds)
        .measure(workload(null, Duration.ofMinutes(1), Sink.CHECKSUM, further));
  }

  private Interleaved interleaved(int rounds) {
    return new Interleaved(
        new StubLineup(),
        session,
        BenchmarkDirectories.WORK,
        new Rounds(0, rounds, false),
        new SilentProgress());
  }

  private Workload workload(Point point, Duration patience, Sink sink, String... further) {
    List<String> names = new ArrayList<>(contenders.keySet());
    names.addAll(List.of(further));
    Job job =
        new Job(
            Events.purchases(100, 10, 10), AsOfKeys.ITEM, List.of(Facts.prices(10, 1)), List.of());
    return new Workload("stubs", "stubs", job, names, List.of(sink), point, patience);
  }

  private final class StubLineup implements Lineup {
    @Override
    public Optional<String> absence(String name) {
      return contenders.containsKey(name) ? Optional.empty() : Optional.of("not on this machine");
    }

    @Override
    public Contender named(String name) {
      return contenders.get(name);
    }

    @Override
    public List<Contender> floors(Path answer) {
      return List.of();
    }
  }
}
