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
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The tables of a report. */
final class Tables {
  private Tables() {}

  /** The ratio first, then the figures it comes from. */
  static Table<Timing> contest(Contest contest) {
    long rows = contest.workload().rows();
    return Table.of(contest.timings(), timing -> kind(contest, timing))
        .text("contender", Timing::contender)
        .figure("ratio", timing -> Figures.ratio(contest.ratio(timing)))
        .figure("median s", timing -> Figures.seconds(timing.median()))
        .text("min - max s", Tables::range)
        .figure("spread", timing -> Figures.spread(timing.spread()))
        .figure("rows/s", timing -> Figures.rowsPerSecond(rows / timing.median()))
        .figure("rounds", timing -> Figures.count(timing.seconds().size()))
        .text("", timing -> contest.beatsUs(timing) ? "faster than ours" : "");
  }

  static Table<Score.Duel> losses(List<Score.Duel> lost) {
    return Table.of(lost, duel -> Table.Kind.LOSS)
        .figure("faster by", duel -> Figures.ratio(1 / duel.ratio()))
        .text("winner", duel -> duel.peer().contender())
        .text("workload", duel -> duel.contest().workload().name())
        .text("into", duel -> Figures.sink(duel.contest().sink()))
        .figure("its s", duel -> Figures.markedSeconds(duel.peer()))
        .figure("our s", duel -> Figures.markedSeconds(duel.ours()))
        .text("our form", duel -> duel.ours().contender())
        .text("", duel -> duel.overlaps() ? "min - max overlap" : "");
  }

  /** Per peer how often it was slower and faster than we were. */
  static Table<Map.Entry<String, List<Score.Duel>>> peers(List<Score.Duel> duels) {
    Map<String, List<Score.Duel>> peers =
        duels.stream()
            .sorted(Comparator.comparing(Score.Duel::ratio))
            .collect(
                Collectors.groupingBy(
                    duel -> duel.peer().contender(), LinkedHashMap::new, Collectors.toList()));
    return Table.of(
            List.copyOf(peers.entrySet()),
            peer -> lost(peer.getValue()) > 0 ? Table.Kind.LOSS : Table.Kind.PLAIN)
        .text("peer", Map.Entry::getKey)
        .figure("we win", p -> Figures.count(p.getValue().size() - lost(p.getValue())))
        .figure("we lose", peer -> Figures.count(lost(peer.getValue())))
        .figure("lowest ratio", peer -> ratio(peer.getValue().get(0)))
        .figure("highest ratio", p -> ratio(p.getValue().get(p.getValue().size() - 1)));
  }

  private static String ratio(Score.Duel duel) {
    return Figures.marked(Figures.ratio(duel.ratio()), duel.peer());
  }

  private static long lost(List<Score.Duel> duels) {
    return duels.stream().filter(Score.Duel::lost).count();
  }

  static Table<WorkloadResult> growthSeconds(Growth growth) {
    return growth(growth, (point, timing) -> Figures.markedSeconds(timing));
  }

  static Table<WorkloadResult> growthNanosecondsPerRow(Growth growth) {
    return growth(
        growth,
        (point, timing) ->
            Figures.marked(Figures.decimals(timing.median() / point.rows() * 1e9), timing));
  }

  private static Table<WorkloadResult> growth(
      Growth growth, BiFunction<WorkloadResult, Timing, String> cell) {
    Table<WorkloadResult> table =
        Table.of(growth.points()).figure(growth.curve(), p -> Figures.count(p.point().x()));
    for (String contender : growth.contenders()) {
      table.figure(
          contender,
          point -> {
            Timing timing = growth.timing(point, contender);
            return timing == null ? Figures.NONE : cell.apply(point, timing);
          });
    }
    return table;
  }

  /** The smallest heap, and seconds by contender and heap, of the results for one workload. */
  static Table<HeapResult> heaps(List<HeapResult> heaps) {
    Table<HeapResult> table =
        Table.of(heaps)
            .text("contender", HeapResult::contender)
            .figure("smallest", Tables::smallest);
    heaps.stream()
        .flatMap(heap -> heap.trials().stream().map(HeapResult.Trial::heapMegabytes))
        .distinct()
        .sorted()
        .forEach(size -> table.figure(Figures.memory(size), heap -> seconds(heap, size)));
    return table;
  }

  private static String smallest(HeapResult heap) {
    OptionalInt smallest = heap.smallestHeap();
    return smallest.isPresent() ? Figures.memory(smallest.getAsInt()) : "none";
  }

  /** A size is none to rely on if it was once too small, even if it was not at other times. */
  private static String seconds(HeapResult heap, int size) {
    List<HeapResult.Trial> trials =
        heap.trials().stream().filter(trial -> trial.heapMegabytes() == size).toList();
    if (!trials.stream().allMatch(HeapResult.Trial::completed)) {
      return "failed";
    }
    return trials.stream()
        .findFirst()
        .map(trial -> Figures.seconds(trial.seconds()))
        .orElse(Figures.NONE);
  }

  static Table<KernelResult> kernels(List<KernelResult> kernels) {
    return Table.of(kernels)
        .text("kernel", KernelResult::benchmark)
        .text("parameters", kernel -> parameters(kernel.parameters()))
        .figure("ns/operation", kernel -> Figures.decimals(kernel.nanoseconds()))
        .figure("+/- ns", kernel -> Figures.decimals(kernel.error()));
  }

  private static String parameters(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String range(Timing timing) {
    return timing.once()
        ? Sentences.ONCE
        : Figures.seconds(timing.min()) + " - " + Figures.seconds(timing.max());
  }

  private static Table.Kind kind(Contest contest, Timing timing) {
    if (contest.beatsUs(timing)) {
      return Table.Kind.LOSS;
    }
    return switch (timing.role()) {
      case OURS -> Table.Kind.OURS;
      case PEER -> Table.Kind.PLAIN;
      case FLOOR -> Table.Kind.FLOOR;
    };
  }
}
