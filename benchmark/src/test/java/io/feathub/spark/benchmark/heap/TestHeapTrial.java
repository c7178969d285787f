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

import io.feathub.spark.benchmark.contender.Contenders;
import io.feathub.spark.benchmark.contender.SparkInSmallHeaps;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test is one child JVM. What its end says is the matter of {@link TestChildEnd}. */
@Timeout(120)
class TestHeapTrial {
  @TempDir private Path directory;

  @Test
  void sparkRunsInTheChild() throws Exception {
    Path trials = directory.resolve("trials");

    TrialOutcome outcome = spark(trials).run(smallTask(Contenders.FEATHUB_BROADCAST), 512);

    assertThat(outcome.trial().outcome()).isEqualTo("completed");
    assertThat(outcome.trial().completed()).isTrue();
    assertThat(outcome.trial().seconds()).isPositive().isLessThan(100);
    assertThat(outcome.checksum().rows()).isEqualTo(1000);
    assertThat(trials).isEmptyDirectory();
  }

  private HeapTrial spark(Path trials) {
    return new HeapTrial(
        SparkInSmallHeaps.class,
        directory.resolve("logs"),
        trials,
        Duration.ofSeconds(100),
        TestHeapTrial::fail);
  }

  private HeapTask smallTask(String contender) {
    Path data = directory.resolve("data");
    Job job =
        new Job(
            Events.purchases(1000, 10, 5),
            Job.AsOfKeys.ITEM,
            List.of(Facts.prices(5, 10)),
            List.of(
                new RangeWindow(RangeWindow.Aggregate.SUM, Duration.ofMinutes(2)),
                new RangeWindow(RangeWindow.Aggregate.COUNT, Duration.ofHours(2))));
    JobFiles.of(job, new DataDirectory(TestSession.stock(), data));
    return new HeapTask(contender, job, data);
  }

  @Test
  void failsInAHeapThatIsTooSmall() throws Exception {
    TrialOutcome outcome = trial(60).run(task("endless memory"), 32);

    assertThat(outcome.trial())
        .isEqualTo(new HeapResult.Trial(32, false, 0, "OutOfMemoryError: Java heap space"));
    assertThat(outcome.checksum()).isNull();
  }

  @Test
  void endsAtTheLimit() throws Exception {
    TrialOutcome outcome = trial(1).run(task("endless"), 64);

    assertThat(outcome.trial()).isEqualTo(new HeapResult.Trial(64, false, 0, "not within 1 s"));
    assertThat(children()).isEmpty();
  }

  @Test
  void aFailureThatIsNotOfTheHeapFailsTheRun() throws IOException {
    assertThatThrownBy(() -> trial(60).run(task("broken"), 64))
        .isInstanceOf(TrialFailed.class)
        .hasMessageContaining("IllegalStateException: no such table.")
        .hasMessageContaining("broken-64m-");
    try (Stream<Path> left = Files.list(directory.resolve("logs"))) {
      assertThat(left).singleElement().satisfies(TestHeapTrial::hasStackTrace);
    }
  }

  private static void hasStackTrace(Path log) {
    assertThat(log).content().contains("second line", "at " + TrivialContenders.class.getName());
  }

  @Test
  void aWrongAnswerFailsTheRun() {
    assertThatThrownBy(() -> trial(60).run(task("one row"), 64, new Checksum(1, 8)))
        .isInstanceOf(TrialFailed.class)
        .hasMessage(
            "one row answered wrongly in a heap of 64 MB: 1 rows with hash 7 instead of 1 rows"
                + " with hash 8.");
  }

  @Test
  void aWrongResultIsNotExcusedByWantOfMemory() {
    assertThatThrownBy(() -> trial(60).run(task("wrong after want"), 64))
        .isInstanceOf(TrialFailed.class)
        .hasMessageContaining("not for want of memory: Wrong: 99 rows");
  }

  @Test
  void theChildIsKilledWhenItsParentIsInterrupted() throws Exception {
    FutureTask<TrialOutcome> trial = new FutureTask<>(() -> trial(100).run(task("endless"), 64));
    Thread parent = new Thread(trial);
    parent.start();
    ProcessHandle child = startedChild();
    parent.interrupt();

    assertThatThrownBy(() -> trial.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(child.isAlive()).isFalse();
  }

  /** As Linux does when the memory of the machine runs out. */
  @Test
  void aChildThatIsKilledIsShortOfMemory() throws Exception {
    FutureTask<TrialOutcome> trial = new FutureTask<>(() -> trial(100).run(task("endless"), 64));
    new Thread(trial).start();
    assertThat(startedChild().destroyForcibly()).isTrue();

    assertThat(trial.get(60, TimeUnit.SECONDS).trial().outcome())
        .startsWith("killed by the system");
  }

  @Test
  void theChildEndsWithItsParent() throws Exception {
    Process child =
        new ProcessBuilder(
                ChildJvm.command(
                    HeapTrialChild.class,
                    64,
                    directory,
                    List.of(TrivialContenders.class.getName())))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    try (OutputStream input = child.getOutputStream()) {
      input.write((task("endless").toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(4);
  }

  private HeapTrial trial(int seconds) {
    return new HeapTrial(
        TrivialContenders.class,
        directory.resolve("logs"),
        directory.resolve("work"),
        Duration.ofSeconds(seconds),
        TestHeapTrial::fail);
  }

  private static void fail(String complaint) {
    throw new AssertionError(complaint);
  }

  private HeapTask task(String contender) {
    return TestHeapTask.task(contender, directory);
  }

  /** The child that does an endless task. */
  private ProcessHandle startedChild() {
    Path sign = directory.resolve(TrivialContenders.STARTED);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(sign) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(sign).exists();
    return children().findFirst().orElseThrow();
  }

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"));
  }
}
