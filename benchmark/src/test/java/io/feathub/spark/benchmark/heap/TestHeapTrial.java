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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test is one or two child JVMs. */
@Timeout(120)
class TestHeapTrial {
  @TempDir private Path directory;

  @Test
  void completesInAHeapThatIsLargeEnough() throws Exception {
    TrialOutcome outcome = trial(60).run(task("100 MB"), 256);

    assertThat(outcome.trial().completed()).isTrue();
    assertThat(outcome.trial().outcome()).isEqualTo("completed");
    assertThat(outcome.trial().seconds()).isPositive().isLessThan(60);
    assertThat(outcome.checksum()).isEqualTo(new Checksum(100, 7));
  }

  @Test
  void failsInAHeapThatIsTooSmall() throws Exception {
    TrialOutcome outcome = trial(60).run(task("100 MB"), 32);

    assertThat(outcome.trial())
        .isEqualTo(new HeapResult.Trial(32, false, 0, "OutOfMemoryError: Java heap space"));
    assertThat(outcome.checksum()).isNull();
  }

  @Test
  void anErrorThatIsSurvivedIsNoFailure() throws Exception {
    assertThat(trial(60).run(task("survivor"), 32).trial().completed()).isTrue();
  }

  @Test
  void namesTheConditionOfFeathub() throws Exception {
    assertThat(trial(60).run(task("feathub"), 64).trial().outcome())
        .isEqualTo("FEATHUB_WINDOW_OUT_OF_MEMORY");
  }

  @Test
  void endsAtTheLimit() throws Exception {
    TrialOutcome outcome = trial(2).run(task("endless"), 64);

    assertThat(outcome.trial()).isEqualTo(new HeapResult.Trial(64, false, 0, "time limit of 2 s"));
    assertThat(children()).isEmpty();
  }

  @Test
  void aFailureThatIsNotOfTheHeapFailsTheRun() throws IOException {
    assertThatThrownBy(() -> trial(60).run(task("broken"), 64))
        .isInstanceOf(TrialFailed.class)
        .hasMessageContaining("IllegalStateException: no such table.")
        .hasMessageContaining("broken-64m-");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).allSatisfy(file -> assertThat(file).content().contains("second line"));
    }
  }

  @Test
  void aWrongAnswerFailsTheRun() throws Exception {
    HeapTrial trial = trial(60);
    Checksum reference = trial.reference(task("wrong"), 96);

    assertThatThrownBy(() -> trial.run(task("wrong"), 64, reference))
        .isInstanceOf(TrialFailed.class)
        .hasMessageContaining("wrong answered wrongly in a heap of 64 MB: 1 rows with hash ");
  }

  @Test
  void aReferenceHasToComplete() {
    assertThatThrownBy(() -> trial(60).reference(task("100 MB"), 32))
        .isInstanceOf(TrialFailed.class)
        .hasMessageContaining("no reference, OutOfMemoryError");
  }

  @Test
  void theChildIsKilledWhenItsParentIsInterrupted() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread parent =
        new Thread(
            () -> {
              try {
                trial(600).run(task("endless"), 64);
              } catch (InterruptedException e) {
                thrown.set(e);
              }
            });
    parent.start();
    Optional<ProcessHandle> child = children().findFirst();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (child.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      child = children().findFirst();
    }
    parent.interrupt();
    parent.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(child.get().isAlive()).isFalse();
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

    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(4);
  }

  @Test
  void sparkSaysThatItDoesNotStart() throws Exception {
    assertThat(trial(60).run(task("spark"), 384).trial().outcome())
        .isEqualTo("Spark: INVALID_DRIVER_MEMORY");
  }

  @Test
  void sparkRunsInTheChild() throws Exception {
    assertThat(trial(60).run(task("spark"), 450).checksum()).isEqualTo(new Checksum(1000, 0));
  }

  private HeapTrial trial(int seconds) {
    return new HeapTrial(TrivialContenders.class, directory, Duration.ofSeconds(seconds));
  }

  private HeapTask task(String contender) {
    return TestHeapTask.task(contender, directory);
  }

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"));
  }
}
