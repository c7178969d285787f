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

import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.KernelResult;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables that the text and the page have in common. */
final class ResultTables {
  private ResultTables() {}

  /** The ratio first, then the figures it comes from. */
  static Table contest(Contest contest) {
    Table table =
        new Table()
            .text("contender")
            .figure("ratio")
            .figure("median s")
            .text("min - max s")
            .figure("rows/s")
            .figure("rounds")
            .text("");
    for (Timing timing : contest.all()) {
      table.row(
          kind(contest, timing),
          timing.contender(),
          Figures.ratio(contest.ratio(timing)),
          Figures.seconds(timing.median()),
          range(timing),
          Figures.rowsPerSecond(contest.workload().rows() / timing.median()),
          Figures.count(timing.seconds().size()),
          contest.beatsUs(timing) ? "faster than ours" : "");
    }
    return table;
  }

  /** The workloads shown one by one before points of curves, the largest defeat first. */
  static Table losses(List<Duel> duels) {
    Table table =
        new Table()
            .figure("faster by")
            .text("winner")
            .text("workload")
            .text("into")
            .figure("its s")
            .figure("our s")
            .text("our form")
            .text("");
    duels.stream()
        .filter(Duel::lost)
        .sorted(
            Comparator.comparing((Duel duel) -> Outline.isPoint(duel.contest().workload()))
                .thenComparingDouble(Duel::ratio))
        .forEach(
            duel ->
                table.row(
                    Table.Kind.PLAIN,
                    Figures.ratio(1 / duel.ratio()),
                    duel.peer().contender(),
                    duel.contest().workload().name(),
                    Figures.sink(duel.contest().sink()),
                    Figures.seconds(duel.peer().median()),
                    Figures.seconds(duel.ours().median()),
                    duel.ours().contender(),
                    duel.overlaps() ? "min - max overlap" : ""));
    return table;
  }

  /** Per peer how often it was faster or slower than our fastest form. */
  static Table peers(List<Duel> duels) {
    Table table =
        new Table()
            .text("peer")
            .figure("we win")
            .figure("we lose")
            .figure("lowest ratio")
            .figure("highest ratio");
    for (String peer : duels.stream().map(d -> d.peer().contender()).distinct().toList()) {
      List<Duel> against =
          duels.stream()
              .filter(duel -> duel.peer().contender().equals(peer))
              .sorted(Comparator.comparingDouble(Duel::ratio))
              .toList();
      long lost = against.stream().filter(Duel::lost).count();
      table.row(
          lost > 0 ? Table.Kind.LOSS : Table.Kind.PLAIN,
          peer,
          Figures.count(against.size() - lost),
          Figures.count(lost),
          Figures.ratio(against.get(0).ratio()),
          Figures.ratio(against.get(against.size() - 1).ratio()));
    }
    return table;
  }

  static Table growthSeconds(Growth growth) {
    return growth(growth, (point, timing) -> Figures.seconds(timing.median()));
  }

  static Table growthNanosecondsPerRow(Growth growth) {
    return growth(
        growth, (point, timing) -> Figures.decimals(timing.median() / point.rows() * 1e9));
  }

  private interface Cell {
    String of(WorkloadResult point, Timing timing);
  }

  private static Table growth(Growth growth, Cell cell) {
    Table table = new Table().figure(growth.curve());
    growth.contenders().forEach(table::figure);
    for (WorkloadResult point : growth.points()) {
      List<String> cells = new ArrayList<>();
      cells.add(Figures.count(point.point().x()));
      for (String contender : growth.contenders()) {
        Timing timing = growth.timing(point, contender);
        cells.add(timing == null ? Figures.NONE : cell.of(point, timing));
      }
      table.row(Table.Kind.PLAIN, cells);
    }
    return table;
  }

  /** Seconds by contender and heap, of the results for one workload. */
  static Table heaps(List<HeapResult> heaps) {
    TreeSet<Integer> sizes = new TreeSet<>();
    heaps.forEach(heap -> heap.trials().forEach(trial -> sizes.add(trial.heapMegabytes())));
    Table table = new Table().text("contender");
    sizes.forEach(size -> table.figure(Figures.memory(size)));
    for (HeapResult heap : heaps) {
      List<String> cells = new ArrayList<>();
      cells.add(heap.contender());
      sizes.forEach(size -> cells.add(seconds(heap, size)));
      table.row(Table.Kind.PLAIN, cells);
    }
    return table;
  }

  private static String seconds(HeapResult heap, int size) {
    return heap.trials().stream()
        .filter(trial -> trial.heapMegabytes() == size)
        .map(trial -> trial.completed() ? Figures.seconds(trial.seconds()) : "failed")
        .findFirst()
        .orElse(Figures.NONE);
  }

  static List<String> heapFailures(List<HeapResult> heaps) {
    return heaps.stream()
        .flatMap(
            heap ->
                heap.trials().stream()
                    .filter(trial -> !trial.completed())
                    .map(
                        trial ->
                            "%s in %s: %s"
                                .formatted(
                                    heap.contender(),
                                    Figures.memory(trial.heapMegabytes()),
                                    trial.outcome())))
        .toList();
  }

  static Table kernels(List<KernelResult> kernels) {
    Table table =
        new Table().text("kernel").text("parameters").figure("ns/operation").figure("+/- ns");
    for (KernelResult kernel : kernels) {
      table.row(
          Table.Kind.PLAIN,
          kernel.benchmark(),
          parameters(kernel.parameters()),
          Figures.decimals(kernel.nanoseconds()),
          Double.isNaN(kernel.error()) ? Figures.NONE : Figures.decimals(kernel.error()));
    }
    return table;
  }

  static Table machine(Results results) {
    Table table = new Table().text("").text("");
    table.row(Table.Kind.PLAIN, "Processor", results.machine().cpu());
    table.row(Table.Kind.PLAIN, "Cores", Figures.count(results.machine().cores()));
    table.row(Table.Kind.PLAIN, "Memory", Figures.memory(results.machine().memoryMegabytes()));
    table.row(Table.Kind.PLAIN, "System", results.machine().operatingSystem());
    table.row(Table.Kind.PLAIN, "Java", results.machine().java());
    table.row(Table.Kind.PLAIN, "Java heap", Figures.memory(results.machine().heapMegabytes()));
    new TreeMap<>(results.machine().versions())
        .forEach((name, version) -> table.row(Table.Kind.PLAIN, name, version));
    return table;
  }

  private static String parameters(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String range(Timing timing) {
    return timing.seconds().size() == 1
        ? "one round"
        : Figures.seconds(timing.min()) + " - " + Figures.seconds(timing.max());
  }

  private static Table.Kind kind(Contest contest, Timing timing) {
    if (contest.beatsUs(timing)) {
      return Table.Kind.LOSS;
    }
    if (timing.role() == Role.FLOOR) {
      return Table.Kind.FLOOR;
    }
    return timing.role() == Role.OURS ? Table.Kind.OURS : Table.Kind.PLAIN;
  }
}
