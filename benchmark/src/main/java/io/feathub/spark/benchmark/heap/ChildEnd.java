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

import io.feathub.spark.benchmark.heap.ChildReport.Ending;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a child JVM that has ended.
 *
 * @param inTime whether it ended by itself; otherwise it was killed at its time limit
 * @param exitCode means nothing if it had to be killed
 * @param report empty if it ended before it could write one
 * @param errorInLog whether an OutOfMemoryError is mentioned in what it printed
 */
record ChildEnd(boolean inTime, int exitCode, Optional<ChildReport> report, boolean errorInLog) {
  /** Of a JVM that ends at an OutOfMemoryError, and of Spark's executors at one. */
  private static final int JVM_OUT_OF_MEMORY = 3;

  private static final int SPARK_OUT_OF_MEMORY = 52;

  /** 128 and SIGKILL, which Linux sends if the machine runs out of memory. */
  private static final int KILLED = 137;

  boolean completed() {
    return report.isPresent() && report.get().ending() == Ending.COMPLETED;
  }

  /** Which of memory and time it lacked to complete, in a phrase; empty if neither. */
  Optional<String> lacked(Duration limit) {
    String error = errorInLog ? ", after an OutOfMemoryError" : "";
    if (report.isPresent()) {
      String phrase = report.get().phrase();
      return switch (report.get().ending()) {
        case OUT_OF_MEMORY -> Optional.of(phrase);
        case FAILED -> errorInLog ? Optional.of(phrase + error) : Optional.empty();
        case WRONG, COMPLETED -> Optional.empty();
      };
    }
    if (!inTime) {
      return Optional.of("not within " + inWords(limit) + error);
    }
    if (exitCode == KILLED) {
      return Optional.of("killed by the system, as if the machine's memory was full" + error);
    }
    boolean outOfMemory = exitCode == JVM_OUT_OF_MEMORY || exitCode == SPARK_OUT_OF_MEMORY;
    return errorInLog || outOfMemory ? Optional.of("OutOfMemoryError") : Optional.empty();
  }

  /** How it failed, if what it lacked was neither memory nor time. */
  String otherFailure() {
    return report.map(ChildReport::phrase).orElse("its JVM ended with exit code " + exitCode);
  }

  private static String inWords(Duration limit) {
    boolean minutes = limit.toSecondsPart() == 0 && limit.toMinutes() > 1;
    return minutes ? limit.toMinutes() + " minutes" : limit.toSeconds() + " s";
  }
}
