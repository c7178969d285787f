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
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sentences that the text and the page have in common. */
final class Sentences {
  private Sentences() {}

  static String machine(Machine machine) {
    return "%s, %s cores, %s memory, %s"
        .formatted(
            machine.cpu(),
            machine.cores(),
            Figures.memory(machine.memoryMegabytes()),
            machine.operatingSystem());
  }

  static String java(Machine machine) {
    return "%s, heap %s".formatted(machine.java(), Figures.memory(machine.heapMegabytes()));
  }

  static String versions(Machine machine) {
    List<String> versions = new ArrayList<>();
    new TreeMap<>(machine.versions())
        .forEach((name, version) -> versions.add(name + " " + version));
    return String.join(", ", versions);
  }

  static String measured(Results results) {
    return "%s, %s, %s"
        .formatted(
            started(results),
            Figures.minutes(results.minutes()),
            counted(results.workloads().size(), "workload"));
  }

  static String started(Results results) {
    String started = results.started();
    return started.endsWith("Z") ? started : started + " UTC";
  }

  static String score(List<Duel> duels) {
    long lost = duels.stream().filter(Duel::lost).count();
    if (duels.isEmpty()) {
      return "No peer was timed beside us.";
    }
    return "Of %s of a peer with our fastest form we lose %s and win %s."
        .formatted(
            counted(duels.size(), "comparison"),
            Figures.count(lost),
            Figures.count(duels.size() - lost));
  }

  static String answer(Answer answer) {
    if (answer == null) {
      return "Answer: the rows were not compared.";
    }
    String sentence =
        "Answer: %s rows equal to the bit in %s"
            .formatted(Figures.count(answer.exactRows()), Figures.list(answer.contenders()));
    return answer.arbitraryRows() == 0
        ? sentence + "."
        : "%s; %s rows with arbitrary doubles to 1e-12."
            .formatted(sentence, Figures.count(answer.arbitraryRows()));
  }

  static List<String> leftOut(WorkloadResult workload) {
    return workload.leftOut().stream().map(out -> out.contender() + ": " + out.reason()).toList();
  }

  /** Who is left out of a curve where; the same reason at several points is one sentence. */
  static List<String> leftOut(Growth growth) {
    Map<LeftOut, List<String>> points = new LinkedHashMap<>();
    for (WorkloadResult point : growth.points()) {
      for (LeftOut out : point.leftOut()) {
        points.computeIfAbsent(out, o -> new ArrayList<>()).add(Figures.count(point.point().x()));
      }
    }
    List<String> sentences = new ArrayList<>();
    points.forEach(
        (out, xs) ->
            sentences.add(
                "%s at %s: %s".formatted(out.contender(), Figures.list(xs), out.reason())));
    return sentences;
  }

  /** Once per contender, though it was timed into several sinks by the same operators. */
  static List<String> operators(WorkloadResult workload) {
    return workload.timings().stream()
        .filter(timing -> !timing.operators().isEmpty())
        .map(Sentences::operators)
        .distinct()
        .toList();
  }

  private static String operators(Timing timing) {
    return timing.contender() + ": " + String.join(", ", timing.operators());
  }

  static String counted(long count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
