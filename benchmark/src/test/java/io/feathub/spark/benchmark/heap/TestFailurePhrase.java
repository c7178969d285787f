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
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.benchmark.heap.ChildReport.Ending;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.junit.jupiter.api.Test;

class TestFailurePhrase {
  @Test
  void anOutOfMemoryErrorMayLieDeepInTheCauses() {
    Throwable thrown =
        new RuntimeException(
            "Job aborted.",
            new IllegalStateException("in a task", new OutOfMemoryError("Java heap space")));

    assertThat(FailurePhrase.of(thrown))
        .isEqualTo(new FailurePhrase(Ending.OUT_OF_MEMORY, "OutOfMemoryError: Java heap space"));
  }

  @Test
  void conditionsOfFeathubSayWhetherMemoryIsToBlame() {
    Throwable memory =
        FeathubErrors.failure("FEATHUB_WINDOW_OUT_OF_MEMORY", Map.of("needed", "100", "held", "0"));
    assertThat(FailurePhrase.of(new RuntimeException("Job aborted.", memory)))
        .isEqualTo(new FailurePhrase(Ending.OUT_OF_MEMORY, "FEATHUB_WINDOW_OUT_OF_MEMORY"));

    Throwable path = FeathubErrors.failure("FEATHUB_PATH_NOT_FOUND", Map.of("path", "/no"));
    FailurePhrase failed = FailurePhrase.of(new RuntimeException("Job aborted.", path));
    assertThat(failed.ending()).isEqualTo(Ending.FAILED);
    assertThat(failed.phrase()).contains("FEATHUB_PATH_NOT_FOUND", "The path /no does not exist.");
  }

  @Test
  void sparkSaysThatItDoesNotStart() {
    SparkConf conf = new SparkConf(false).set("spark.testing.memory", "1000000");

    assertThat(FailurePhrase.of(catchThrowable(() -> UnifiedMemoryManager.apply(conf, 1))))
        .isEqualTo(new FailurePhrase(Ending.OUT_OF_MEMORY, "Spark: INVALID_DRIVER_MEMORY"));
  }

  @Test
  void sparkDoesNotKeepTheErrorOfABroadcast() {
    assertThat(
            FailurePhrase.of(
                new IllegalStateException("Not enough memory to build and broadcast the table")))
        .isEqualTo(
            new FailurePhrase(Ending.OUT_OF_MEMORY, "OutOfMemoryError, as IllegalStateException"));
  }

  @Test
  void anotherFailureIsItsFirstLine() {
    assertThat(FailurePhrase.of(new IllegalStateException("no such table\nand a second line")))
        .isEqualTo(new FailurePhrase(Ending.FAILED, "IllegalStateException: no such table"));
    assertThat(FailurePhrase.of(new IllegalStateException()).phrase())
        .isEqualTo("IllegalStateException: null");
  }

  @Test
  void wantOfMemoryIsNoExcuseForAWrongResult() {
    Throwable wrong = new WrongRows();
    wrong.addSuppressed(new OutOfMemoryError());
    assertThat(FailurePhrase.of(new IllegalStateException("Job aborted.", wrong)))
        .isEqualTo(new FailurePhrase(Ending.WRONG, "WrongRows: 99 rows, not 100"));
    wrong.initCause(new OutOfMemoryError("Java heap space"));
    assertThat(FailurePhrase.of(wrong).ending()).isEqualTo(Ending.WRONG);
  }

  private static final class WrongRows extends RuntimeException implements WrongResult {
    private static final long serialVersionUID = 1;

    WrongRows() {
      super("99 rows, not 100");
    }
  }

  @Test
  void longMessagesAndCirclesOfCausesEnd() {
    Exception outer = new Exception("o".repeat(10_000));
    outer.initCause(new Exception("inner", outer));

    assertThat(FailurePhrase.of(outer).phrase()).hasSizeLessThan(210).endsWith("..");
  }
}
