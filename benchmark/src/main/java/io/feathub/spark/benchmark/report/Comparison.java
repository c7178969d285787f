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

import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became faster or slower from one run of the benchmark to another. */
public final class Comparison {
  /** Below this, two runs of the same code on the same machine differ too. */
  private static final double NOTABLE = 1.15;

  private record Key(String workload, String contender, Sink sink) {
    @Override
    public String toString() {
      return "%s, %s, %s".formatted(workload, contender, Figures.sink(sink));
    }
  }

  private Comparison() {}

  /** A table of median times, now relative to the baseline, for what both have. */
  public static String text(Results baseline, Results now) {
    Map<Key, Timing> before = timings(baseline);
    Map<Key, Timing> after = timings(now);
    List<String> lines = new ArrayList<>();
    lines.add("Now: " + now.command() + ", " + Sentences.started(now));
    lines.add("Baseline: " + baseline.command() + ", " + Sentences.started(baseline));
    if (!baseline.machine().equals(now.machine())) {
      lines.add("The machines or versions differ:");
      lines.add("  now: " + machine(now));
      lines.add("  baseline: " + machine(baseline));
    }
    Set<Key> both = new LinkedHashSet<>(after.keySet());
    both.retainAll(before.keySet());
    lines.add("");
    lines.addAll(TextTable.lines(table(both, before, after)));
    lines.add("");
    lines.add(
        "%s, %s slower and %s faster by more than 15 %%."
            .formatted(
                Sentences.counted(both.size(), "median"),
                count(both, before, after, true),
                count(both, before, after, false)));
    without(before, after).forEach(key -> lines.add("Only in the baseline: " + key));
    without(after, before).forEach(key -> lines.add("Only now: " + key));
    return String.join("\n", lines) + "\n";
  }

  private static Table table(Set<Key> keys, Map<Key, Timing> before, Map<Key, Timing> after) {
    Table table =
        new Table()
            .text("workload")
            .text("into")
            .text("contender")
            .figure("now / baseline")
            .figure("now s")
            .figure("baseline s")
            .text("");
    for (Key key : keys) {
      Timing now = after.get(key);
      Timing then = before.get(key);
      table.row(
          Table.Kind.PLAIN,
          key.workload(),
          Figures.sink(key.sink()),
          key.contender(),
          Figures.ratio(now.median() / then.median()),
          Figures.seconds(now.median()),
          Figures.seconds(then.median()),
          flag(now, then));
    }
    return table;
  }

  private static String flag(Timing now, Timing then) {
    if (slower(now, then)) {
      return "SLOWER";
    }
    return slower(then, now) ? "faster" : "";
  }

  private static boolean slower(Timing one, Timing other) {
    return one.median() > other.median() * NOTABLE;
  }

  private static long count(
      Set<Key> keys, Map<Key, Timing> before, Map<Key, Timing> after, boolean slower) {
    return keys.stream()
        .filter(
            key ->
                slower
                    ? slower(after.get(key), before.get(key))
                    : slower(before.get(key), after.get(key)))
        .count();
  }

  private static Set<Key> without(Map<Key, Timing> some, Map<Key, Timing> others) {
    Set<Key> keys = new LinkedHashSet<>(some.keySet());
    keys.removeAll(others.keySet());
    return keys;
  }

  private static String machine(Results results) {
    return String.join(
        "; ",
        Sentences.machine(results.machine()),
        Sentences.java(results.machine()),
        Sentences.versions(results.machine()));
  }

  private static Map<Key, Timing> timings(Results results) {
    Map<Key, Timing> timings = new LinkedHashMap<>();
    for (WorkloadResult workload : results.workloads()) {
      for (Timing timing : workload.timings()) {
        timings.put(new Key(workload.name(), timing.contender(), timing.sink()), timing);
      }
    }
    return timings;
  }
}
