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
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.List;

/** Results as one page that needs nothing beside itself. */
public final class HtmlReport {
  private static final String TITLE = "FeatHub for Spark: benchmark";

  private final Markup markup = new Markup();
  private final Results results;
  private final Outline outline;
  private final LineStyles styles;

  private HtmlReport(Results results) {
    this.results = results;
    outline = Outline.of(results);
    styles = new LineStyles(results);
  }

  public static String of(Results results) {
    return new HtmlReport(results).page();
  }

  private String page() {
    markup.doctype("<!DOCTYPE html>").open("html", "lang", "en").open("head");
    markup.empty("meta", "charset", "utf-8");
    markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    markup.leaf("title", TITLE);
    markup.leaf("style", "\n" + StyleSheet.ofPage());
    markup.close().open("body").open("main");
    measured();
    failures(results.allFailures());
    score(Duel.of(results));
    workloads();
    curves();
    heaps();
    kernels();
    markup.leaf("h2", "Machine");
    HtmlParts.namesAndTexts(markup, ResultTables.machine(results));
    points();
    return markup.finish();
  }

  private void failures(List<String> failures) {
    if (!failures.isEmpty()) {
      markup.leaf("h2", "Failed");
      HtmlParts.list(markup, "This is a failed run.", failures);
    }
  }

  private void measured() {
    markup.leaf("h1", TITLE);
    markup.leaf("p", Sentences.measured(results));
    markup.leaf(
        "p",
        Sentences.machine(results.machine()) + "; " + Sentences.java(results.machine()),
        "class",
        "muted");
    markup.leaf("pre", results.command());
    markup.leaf(
        "p",
        "Bars and ratios are median times relative to FeatHub's fastest form, which is 1.00x:"
            + " longer is slower. Thin lines in the bars span the fastest and the slowest round."
            + " A floor is input and output alone, which nobody can avoid.");
    markup.open("div", "class", "legend");
    HtmlParts.chart(markup, new BarLegend());
    markup.close();
  }

  private void score(List<Duel> duels) {
    markup.leaf("h2", "Where we lose");
    markup.leaf("p", Sentences.score(duels), "class", "score");
    if (duels.stream().anyMatch(Duel::lost)) {
      markup.open("div", "class", "lost");
      HtmlParts.table(markup, ResultTables.losses(duels));
      markup.close();
    }
    if (!duels.isEmpty()) {
      markup.leaf("h2", "Where we win");
      HtmlParts.note(markup, "Ratio: time of the peer relative to our fastest form.");
      HtmlParts.table(markup, ResultTables.peers(duels));
    }
  }

  private void workloads() {
    if (outline.workloads().isEmpty()) {
      return;
    }
    markup.leaf("h2", "Workloads");
    outline.workloads().forEach(this::workload);
  }

  private void workload(WorkloadResult workload) {
    List<Contest> contests = Contest.of(workload);
    markup.leaf("h3", workload.name() + ": " + workload.title());
    HtmlParts.note(markup, Sentences.answer(workload.answer()));
    markup.open("div", "class", "cards");
    for (Contest contest : contests) {
      card(new BarChart(contest, BarChart.Labels.ABOVE), Figures.sink(contest.sink()));
    }
    markup.close();
    HtmlParts.list(markup, "Left out:", Sentences.leftOut(workload));
    markup.open("details").leaf("summary", "Times, rounds and operators");
    figures(workload, contests);
    markup.close();
  }

  private void figures(WorkloadResult workload, List<Contest> contests) {
    for (Contest contest : contests) {
      HtmlParts.note(markup, Figures.sink(contest.sink()) + ": " + contest.heading());
      HtmlParts.table(markup, ResultTables.contest(contest));
    }
    HtmlParts.list(markup, "Operators, as the engines name them:", Sentences.operators(workload));
  }

  private void curves() {
    if (outline.curves().isEmpty()) {
      return;
    }
    markup.leaf("h2", "Growth");
    markup.open("div", "class", "cards");
    for (Growth growth : outline.curves()) {
      markup.open("div", "class", "card").leaf("h4", growth.title());
      LineChart chart = new LineChart(growth, styles, 2);
      HtmlParts.note(markup, chart.subtitle());
      HtmlParts.chart(markup, chart);
      HtmlParts.list(markup, "Left out:", Sentences.leftOut(growth));
      markup.open("details").leaf("summary", "Figures");
      HtmlParts.note(markup, "Median seconds");
      HtmlParts.table(markup, ResultTables.growthSeconds(growth));
      HtmlParts.note(markup, "Nanoseconds per row");
      HtmlParts.table(markup, ResultTables.growthNanosecondsPerRow(growth));
      markup.close().close();
    }
    markup.close();
  }

  private void card(Panel panel, String heading) {
    markup.open("div", "class", "card").leaf("h4", heading);
    HtmlParts.note(markup, panel.subtitle());
    HtmlParts.chart(markup, panel);
    markup.close();
  }

  private void heaps() {
    if (outline.heaps().isEmpty()) {
      return;
    }
    markup.leaf("h2", "Heaps");
    HtmlParts.note(markup, "Seconds of one cold run in a Java heap of that size.");
    for (List<HeapResult> heaps : outline.heaps()) {
      HeapResult first = heaps.get(0);
      markup.leaf("h3", first.workload() + ": " + first.title());
      HtmlParts.table(markup, ResultTables.heaps(heaps));
      HtmlParts.list(markup, "Failed:", ResultTables.heapFailures(heaps));
    }
  }

  private void kernels() {
    if (results.kernels().isEmpty()) {
      return;
    }
    markup.leaf("h2", "Kernels");
    HtmlParts.note(
        markup, "Inner loops: mean of an operation, half the 99.9 % confidence interval.");
    HtmlParts.table(markup, ResultTables.kernels(results.kernels()));
  }

  private void points() {
    if (outline.points().isEmpty()) {
      return;
    }
    markup.leaf("h2", "Points of the curves in full");
    for (WorkloadResult point : outline.points()) {
      markup.open("details").leaf("summary", point.name() + ": " + point.title());
      HtmlParts.note(
          markup, Figures.count(point.rows()) + " rows. " + Sentences.answer(point.answer()));
      HtmlParts.list(markup, "Left out:", Sentences.leftOut(point));
      figures(point, Contest.of(point));
      markup.close();
    }
  }
}
