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
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkThrowable;

/** What a throwable says about the heap, in one phrase. */
record FailurePhrase(Ending ending, String phrase) {
  private static final int LONGEST = 200;

  /** Conditions of Spark that say in other words that the heap is too small. */
  private static final Set<String> TOO_SMALL =
      Set.of("INVALID_DRIVER_MEMORY", "INVALID_EXECUTOR_MEMORY", "UNABLE_TO_ACQUIRE_MEMORY");

  /** What Spark says instead of an OutOfMemoryError that it caught and did not keep as a cause. */
  private static final List<String> MESSAGES =
      List.of("java.lang.OutOfMemoryError", "Not enough memory to build and broadcast");

  static FailurePhrase of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable link : chain) {
      if (link instanceof WrongResult) {
        return new FailurePhrase(Ending.WRONG, clip(named(link)));
      }
    }
    for (Throwable link : chain) {
      Optional<FailurePhrase> named = condition(link);
      if (named.isPresent()) {
        return named.get();
      }
    }
    for (Throwable link : chain) {
      if (link instanceof OutOfMemoryError) {
        return outOfMemory("OutOfMemoryError: " + firstLine(link));
      }
      if (MESSAGES.stream().anyMatch(String.valueOf(link.getMessage())::contains)) {
        return outOfMemory("OutOfMemoryError, as " + link.getClass().getSimpleName());
      }
    }
    return new FailurePhrase(Ending.FAILED, clip(named(thrown)));
  }

  private static String named(Throwable thrown) {
    return thrown.getClass().getSimpleName() + ": " + firstLine(thrown);
  }

  private static Optional<FailurePhrase> condition(Throwable link) {
    if (!(link instanceof SparkThrowable spark) || spark.getCondition() == null) {
      return Optional.empty();
    }
    String condition = spark.getCondition();
    if (condition.startsWith("FEATHUB_")) {
      boolean heap = condition.endsWith("OUT_OF_MEMORY");
      return Optional.of(
          heap ? outOfMemory(condition) : new FailurePhrase(Ending.FAILED, firstLine(link)));
    }
    return TOO_SMALL.contains(condition)
        ? Optional.of(outOfMemory("Spark: " + condition))
        : Optional.empty();
  }

  private static FailurePhrase outOfMemory(String phrase) {
    return new FailurePhrase(Ending.OUT_OF_MEMORY, clip(phrase));
  }

  private static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = thrown; link != null && seen.add(link); link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private static String firstLine(Throwable thrown) {
    return clip(String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse(""));
  }

  private static String clip(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "..";
  }
}
