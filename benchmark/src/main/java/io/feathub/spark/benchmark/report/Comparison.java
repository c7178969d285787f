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

import io.feathub.spark.benchmark.results.Machine;
import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became faster or slower from one run of the benchmark to another. */
public final class Comparison {
  /** Below this, two runs of the same code on the same machine differ too. */
  private static final double NOTABLE = 1.15;

  /** A run with other rows is not the same, whatever its name. */
  private record Key(String workload, long rows, String contender, Sink sink) {
    @Override
    public String toString() {
      return "%s with %s, %s, %s"
          .formatted(workload, Sentences.counted(rows, "row"), contender, Figures.sink(sink));
    }
  }

  private record Change(Key key, Timing before, Timing now) {
    boolean isSlower() {
      return now.median() > before.median() * NOTABLE;
    }

    boolean isFaster() {
      return before.median() > now.median() * NOTABLE;
    }

    String flag() {
      if (isSlower()) {
        return "SLOWER";
      }
      return isFaster() ? "faster" : "";
    }
  }

  private Comparison() {}

  /** A table of median times, now relative to the baseline, for what both have. */
  public static String text(Results baseline, Results now) {
    TextPage page = new TextPage();
    Map<String, String> runs = new LinkedHashMap<>();
    runs.put("Now", run(now));
    runs.put("Baseline", run(baseline));
    page.facts(runs);
    page.list(
        "These are not the same machine or versions:",
        differences("baseline", facts(baseline.machine()), facts(now.machine())));
    page.list("Failed now:", now.allFailures());
    page.list("Failed in the baseline:", baseline.allFailures());
    changes(page, timings(baseline), timings(now));
    return page.finish();
  }

  private static void changes(Page page, Map<Key, Timing> before, Map<Key, Timing> now) {
    List<Change> changes =
        now.keySet().stream()
            .filter(before::containsKey)
            .map(key -> new Change(key, before.get(key), now.get(key)))
            .toList();
    page.table(table(changes));
    page.note(Sentences.MARKS);
    long slower = changes.stream().filter(Change::isSlower).count();
    long faster = changes.stream().filter(Change::isFaster).count();
    String all = Sentences.counted(changes.size(), "median");
    page.note(
        "%s of %s moved by more than 15 %%: %s slower, %s faster."
            .formatted(slower + faster, all, slower, faster));
    page.list("Only in the baseline:", without(before, now));
    page.list("Only now:", without(now, before));
  }

  private static Table<Change> table(List<Change> changes) {
    return Table.of(changes)
        .text("workload", change -> change.key().workload())
        .figure("rows", change -> Figures.count(change.key().rows()))
        .text("into", change -> Figures.sink(change.key().sink()))
        .text("contender", change -> change.key().contender())
        .figure("ratio", c -> Figures.ratio(c.now().median() / c.before().median()))
        .figure("now s", change -> Figures.markedSeconds(change.now()))
        .figure("baseline s", change -> Figures.markedSeconds(change.before()))
        .text("", Change::flag);
  }

  private static String run(Results results) {
    String commit =
        results.machine().versions().getOrDefault(Names.FEATHUB_VERSION, "of an unknown commit");
    return String.join(
        ", ", results.command(), results.started(), Names.FEATHUB_VERSION + " " + commit);
  }

  private static List<String> without(Map<Key, Timing> some, Map<Key, Timing> others) {
    return some.keySet().stream().filter(k -> !others.containsKey(k)).map(Key::toString).toList();
  }

  /**
   * All in which two machines differ, to the last megabyte; empty if they are equal.
   *
   * @param whose what to call the one before, in a word
   */
  public static List<String> differences(String whose, Machine before, Machine now) {
    return differences(whose, exactFacts(before), exactFacts(now));
  }

  private static List<String> differences(
      String whose, Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String then = before.getOrDefault(name, "none");
      String today = now.getOrDefault(name, "none");
      if (!then.equals(today)) {
        differences.add("%s: now %s, %s %s".formatted(name, today, whose, then));
      }
    }
    return differences;
  }

  private static Map<String, String> exactFacts(Machine machine) {
    Map<String, String> facts = new TreeMap<>(machine.versions());
    facts.put("CPU", machine.cpu());
    facts.put("cores", Integer.toString(machine.cores()));
    facts.put("memory", machine.memoryMegabytes() + " MB");
    facts.put("system", machine.operatingSystem());
    facts.put("Java", machine.java());
    facts.put("heap", machine.heapMegabytes() + " MB");
    return facts;
  }

  /** All that should be the same in two runs. */
  private static Map<String, String> facts(Machine machine) {
    Map<String, String> facts = new TreeMap<>(machine.versions());
    facts.remove(Names.FEATHUB_VERSION);
    facts.put("Machine", Sentences.machine(machine));
    facts.put("Java", Sentences.java(machine));
    return facts;
  }

  private static Map<Key, Timing> timings(Results results) {
    Map<Key, Timing> timings = new LinkedHashMap<>();
    for (WorkloadResult w : results.workloads()) {
      for (Timing timing : w.timings()) {
        timings.put(new Key(w.name(), w.rows(), timing.contender(), timing.sink()), timing);
      }
    }
    return timings;
  }
}
