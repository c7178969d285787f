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
package io.feathub.spark.benchmark.report;

import io.feathub.spark.benchmark.results.Answer;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a report says in words. */
final class Sentences {
  static final String ONCE = "one round";

  /** Of {@link Figures#marked}. */
  static final String MARKS = "(1): " + ONCE + ". ~: a spread above 15 %.";

  private Sentences() {}

  static String machine(Machine machine) {
    String memory = Figures.memory(machine.memoryMegabytes());
    return "%s, %s cores, %s memory, %s"
        .formatted(machine.cpu(), machine.cores(), memory, machine.operatingSystem());
  }

  static String java(Machine machine) {
    return "%s, heap %s".formatted(machine.java(), Figures.memory(machine.heapMegabytes()));
  }

  static String versions(Machine machine) {
    return new TreeMap<>(machine.versions())
        .entrySet().stream()
            .map(version -> version.getKey() + " " + version.getValue())
            .collect(Collectors.joining(", "));
  }

  static String measured(Results results) {
    String workloads = counted(results.workloads().size(), "workload");
    return "%s, %s minutes, %s"
        .formatted(results.started(), Figures.oneDecimal(results.minutes()), workloads);
  }

  static String spread(Results results) {
    List<Timing> timings =
        results.workloads().stream()
            .flatMap(workload -> workload.timings().stream())
            .filter(timing -> timing.spread().isPresent())
            .toList();
    return "(max - min) / median is above 15 %% in %s of %s of three or more rounds"
        .formatted(
            timings.stream().filter(Figures::isNoisy).count(), counted(timings.size(), "timing"));
  }

  static String answer(WorkloadResult workload) {
    Answer answer = workload.answer();
    String rows = Figures.count(workload.rows()) + " rows; answer: ";
    if (answer == null) {
      return rows + "the rows were not compared.";
    }
    String exact = Figures.count(answer.exactRows()) + " rows equal to the bit in ";
    String close = Figures.count(answer.arbitraryRows()) + " with arbitrary doubles to 1e-12.";
    return rows + exact + Figures.list(answer.contenders()) + "; " + close;
  }

  static List<String> leftOut(WorkloadResult workload) {
    return workload.leftOut().stream().map(out -> out.contender() + ": " + out.reason()).toList();
  }

  /** Once per contender, though it was timed into several sinks by the same operators. */
  static List<String> operators(WorkloadResult workload) {
    return workload.timings().stream()
        .filter(timing -> !timing.operators().isEmpty())
        .map(timing -> timing.contender() + ": " + String.join(", ", timing.operators()))
        .distinct()
        .toList();
  }

  static List<String> heapFailures(List<HeapResult> heaps) {
    List<String> failures = new ArrayList<>();
    for (HeapResult heap : heaps) {
      for (HeapResult.Trial trial : heap.trials()) {
        if (!trial.completed()) {
          String size = Figures.memory(trial.heapMegabytes());
          failures.add("%s in %s: %s".formatted(heap.contender(), size, trial.outcome()));
        }
      }
    }
    return failures;
  }

  static String counted(long count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** Control characters count as blanks. A word longer than a line, such as a path, stays whole. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("[\\s\\p{Cntrl}]+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
