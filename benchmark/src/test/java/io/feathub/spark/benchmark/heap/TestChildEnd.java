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

import io.feathub.spark.benchmark.heap.ChildReport.Ending;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestChildEnd {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  @Test
  void anErrorThatIsSurvivedIsNoFailure() {
    ChildReport report = new ChildReport(Ending.COMPLETED, 64, 1, new Checksum(1, 7), "completed");
    ChildEnd end = new ChildEnd(true, 0, Optional.of(report), true);

    assertThat(end.completed()).isTrue();
    assertThat(end.lacked(LIMIT)).isEmpty();
  }

  @Test
  void aReportSaysMoreThanTheLog() {
    assertThat(reported(Ending.OUT_OF_MEMORY, "FEATHUB_X", true).lacked(LIMIT))
        .hasValue("FEATHUB_X");
    assertThat(reported(Ending.FAILED, "task lost", true).lacked(LIMIT))
        .hasValue("task lost, after an OutOfMemoryError");
    assertThat(reported(Ending.WRONG, "99 rows", true).lacked(LIMIT)).isEmpty();
    assertThat(reported(Ending.WRONG, "99 rows", true).otherFailure()).isEqualTo("99 rows");
    ChildEnd broken = reported(Ending.FAILED, "no such table", false);
    assertThat(broken.lacked(LIMIT)).isEmpty();
    assertThat(broken.otherFailure()).isEqualTo("no such table");
  }

  @Test
  void withoutAReportTheExitCodeCounts() {
    assertThat(ended(3, false).lacked(LIMIT)).hasValue("OutOfMemoryError");
    assertThat(ended(52, false).lacked(LIMIT)).hasValue("OutOfMemoryError");
    assertThat(ended(1, true).lacked(LIMIT)).hasValue("OutOfMemoryError");
    assertThat(ended(137, false).lacked(LIMIT))
        .hasValue("killed by the system, as if the machine's memory was full");
    assertThat(ended(137, true).lacked(LIMIT))
        .hasValue(
            "killed by the system, as if the machine's memory was full, after an OutOfMemoryError");
    assertThat(ended(1, false).lacked(LIMIT)).isEmpty();
    assertThat(ended(1, false).otherFailure()).isEqualTo("its JVM ended with exit code 1");
  }

  @Test
  void wantOfTimeIsNotWantOfMemory() {
    assertThat(overdue(false).lacked(LIMIT)).hasValue("not within 15 minutes");
    assertThat(overdue(true).lacked(LIMIT))
        .hasValue("not within 15 minutes, after an OutOfMemoryError");
    assertThat(overdue(false).lacked(Duration.ofSeconds(90))).hasValue("not within 90 s");
  }

  private static ChildEnd reported(Ending ending, String phrase, boolean errorInLog) {
    return new ChildEnd(
        true, 0, Optional.of(new ChildReport(ending, 64, 0, null, phrase)), errorInLog);
  }

  private static ChildEnd ended(int exitCode, boolean errorInLog) {
    return new ChildEnd(true, exitCode, Optional.empty(), errorInLog);
  }

  /** Killed at the limit. */
  private static ChildEnd overdue(boolean errorInLog) {
    return new ChildEnd(false, 137, Optional.empty(), errorInLog);
  }
}
