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

import io.feathub.spark.benchmark.profile.ProfileText;
import io.feathub.spark.benchmark.results.HeapResult;
import io.feathub.spark.benchmark.results.Names;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a report shows, in its order. */
final class Report {
  static final String TITLE = "FeatHub for Spark: benchmark";

  private final Results results;
  private final Page page;

  private Report(Results results, Page page) {
    this.results = results;
    this.page = page;
  }

  static void tell(Results results, Page page) {
    Report report = new Report(results, page);
    report.header();
    report.score(Score.of(results));
    report.workloads();
    report.curves(Growth.of(results.workloads()));
    report.heaps();
    report.kernels();
  }

  private void header() {
    page.heading(1, TITLE);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Command", results.command());
    facts.put("Measured", Sentences.measured(results));
    facts.put("Machine", Sentences.machine(results.machine()));
    facts.put("Java", Sentences.java(results.machine()));
    facts.put("Versions", Sentences.versions(results.machine()));
    facts.put("Ratios", "median time relative to FeatHub as it comes; above 1 FeatHub is faster");
    facts.put("Spread", Sentences.spread(results));
    page.facts(facts);
    if (!results.missing().isEmpty()) {
      page.note("Not measured: " + Figures.list(results.missing()) + ".");
    }
    if (results.failed()) {
      page.heading(2, "Failed");
      page.list("No figure of this run is to be relied on.", results.allFailures());
    }
  }

  private void score(Score score) {
    page.heading(2, "Where we lose");
    page.note(score.sentence());
    page.list("Without a time of ours:", score.cannot());
    if (!score.lost().isEmpty()) {
      page.table(Tables.losses(score.lost()));
      page.note(Sentences.MARKS);
    }
    if (!score.duels().isEmpty()) {
      page.heading(2, "Where we win");
      page.note("Ratio: time of the peer relative to ours, where both have one.");
      page.table(Tables.peers(score.duels()));
    }
  }

  private void workloads() {
    List<WorkloadResult> workloads =
        results.workloads().stream().filter(workload -> !workload.isOnlyAPoint()).toList();
    if (!workloads.isEmpty()) {
      page.heading(2, "Workloads");
      page.chart(new BarChart.Legend());
      workloads.forEach(this::workload);
    }
  }

  private void workload(WorkloadResult workload) {
    page.heading(3, workload.name() + ": " + workload.title());
    page.note(Sentences.answer(workload));
    List<Contest> contests = Contest.of(workload);
    contests.forEach(contest -> page.chart(new BarChart(contest)));
    page.list("Left out:", Sentences.leftOut(workload));
    for (Contest contest : contests) {
      page.folded(
          "Times, %s: %s".formatted(Figures.sink(contest.sink()), contest.heading()),
          () -> page.table(Tables.contest(contest)));
    }
    profiles(workload);
    List<String> operators = Sentences.operators(workload);
    if (!operators.isEmpty()) {
      page.folded("Operators", () -> page.list("As the engines name them:", operators));
    }
  }

  private void profiles(WorkloadResult workload) {
    for (Timing timing : workload.timings()) {
      if (timing.profile() != null) {
        String whose = workload.name() + ", " + timing.contender();
        page.folded(
            "Where the time goes: " + whose + ", " + Figures.sink(timing.sink()),
            () -> page.verbatim(ProfileText.of(timing.profile())));
      }
    }
  }

  private void curves(List<Growth> curves) {
    if (curves.isEmpty()) {
      return;
    }
    page.heading(2, "Growth");
    LineStyles styles = new LineStyles(results);
    curves.forEach(growth -> page.chart(new LineChart(growth, styles, 2)));
    for (Growth growth : curves) {
      page.list("Left out of %s:".formatted(growth.curve()), growth.leftOut());
    }
    for (Growth growth : curves) {
      page.folded(growth.title(), () -> figures(growth));
    }
  }

  private void figures(Growth growth) {
    page.note("Median seconds by %s. %s".formatted(growth.axis(), Sentences.MARKS));
    page.table(Tables.growthSeconds(growth));
    if (growth.curve().equals(Names.ROWS)) {
      page.note("Nanoseconds per row");
      page.table(Tables.growthNanosecondsPerRow(growth));
    }
    page.list(
        "Answers:",
        growth.points().stream().map(p -> p.name() + ": " + Sentences.answer(p)).toList());
  }

  private void heaps() {
    List<HeapResult> all = results.heaps();
    if (!all.isEmpty()) {
      page.heading(2, "Heaps");
      page.note("Seconds of one cold run in a Java heap of that size.");
    }
    for (String workload : all.stream().map(HeapResult::workload).distinct().toList()) {
      List<HeapResult> heaps = all.stream().filter(h -> h.workload().equals(workload)).toList();
      page.heading(3, workload + ": " + heaps.get(0).title());
      page.table(Tables.heaps(heaps));
      page.list("Failed:", Sentences.heapFailures(heaps));
    }
  }

  private void kernels() {
    if (!results.kernels().isEmpty()) {
      page.heading(2, "Kernels");
      page.note("Inner loops: mean of an operation, half the 99.9 % confidence interval.");
      page.table(Tables.kernels(results.kernels()));
    }
  }
}
