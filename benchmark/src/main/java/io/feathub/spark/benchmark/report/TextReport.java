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
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.List;

/** Results as plain text, for a terminal of 100 columns. */
public final class TextReport {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  private TextReport() {}

  /** Lines end with a line feed on every platform. */
  public static String of(Results results) {
    TextReport report = new TextReport();
    report.header(results);
    report.failures(results.allFailures());
    report.score(Duel.of(results));
    Outline outline = Outline.of(results);
    outline.workloads().forEach(report::workload);
    outline.curves().forEach(report::growth);
    outline.heaps().forEach(report::heaps);
    if (!results.kernels().isEmpty()) {
      report.heading("Kernels", "mean of an operation, half the 99.9 % confidence interval");
      report.table(ResultTables.kernels(results.kernels()));
    }
    outline.points().forEach(report::workload);
    return report.text.toString();
  }

  private void header(Results results) {
    line("FeatHub for Spark: benchmark");
    line("============================");
    labelled("Command", results.command());
    labelled("Measured", Sentences.measured(results));
    labelled("Machine", Sentences.machine(results.machine()));
    labelled("Java", Sentences.java(results.machine()));
    labelled("Versions", Sentences.versions(results.machine()));
    labelled("Ratios", "median time relative to FeatHub's fastest form; above 1 FeatHub is faster");
  }

  private void failures(List<String> failures) {
    if (!failures.isEmpty()) {
      heading("Failed", "");
      failures.forEach(failure -> paragraph(failure, "  "));
    }
  }

  private void score(List<Duel> duels) {
    heading("Where we lose", "");
    paragraph(Sentences.score(duels), "");
    if (duels.stream().anyMatch(Duel::lost)) {
      line("");
      table(ResultTables.losses(duels));
    }
    if (!duels.isEmpty()) {
      heading("Where we win", "ratio: time of the peer relative to our fastest form");
      table(ResultTables.peers(duels));
    }
  }

  private void workload(WorkloadResult workload) {
    heading(workload.name() + ": " + workload.title(), Figures.count(workload.rows()) + " rows");
    for (Contest contest : Contest.of(workload)) {
      line("%s: %s".formatted(Figures.sink(contest.sink()), contest.heading()));
      line("");
      table(ResultTables.contest(contest));
      line("");
    }
    paragraph(Sentences.answer(workload.answer()), "");
    Sentences.leftOut(workload).forEach(out -> paragraph("Left out: " + out, "  "));
    workload.timings().stream().filter(timing -> timing.profile() != null).forEach(this::profile);
    Sentences.operators(workload).forEach(by -> paragraph("Operators of " + by, "  "));
  }

  private void profile(Timing timing) {
    line("");
    line("Where the time goes: %s, %s".formatted(timing.contender(), Figures.sink(timing.sink())));
    text.append(ProfileText.of(timing.profile(), 0));
  }

  private void growth(Growth growth) {
    heading(growth.title(), growth.axis());
    line("Median seconds");
    line("");
    table(ResultTables.growthSeconds(growth));
    line("");
    line("Nanoseconds per row");
    line("");
    table(ResultTables.growthNanosecondsPerRow(growth));
    List<String> leftOut = Sentences.leftOut(growth);
    if (!leftOut.isEmpty()) {
      line("");
      leftOut.forEach(out -> paragraph("Left out: " + out, "  "));
    }
  }

  private void heaps(List<HeapResult> heaps) {
    HeapResult first = heaps.get(0);
    heading(
        "Heaps for %s: %s".formatted(first.workload(), first.title()),
        "seconds of one cold run in a Java heap of that size");
    table(ResultTables.heaps(heaps));
    ResultTables.heapFailures(heaps).forEach(failure -> paragraph("Failed: " + failure, "  "));
  }

  private void heading(String title, String subtitle) {
    line("");
    line("");
    List<String> lines = Paragraph.lines(title, WIDTH);
    lines.forEach(this::line);
    line("-".repeat(lines.stream().mapToInt(String::length).max().orElse(0)));
    if (!subtitle.isEmpty()) {
      paragraph(subtitle, "");
      line("");
    }
  }

  private void labelled(String label, String value) {
    String margin = " ".repeat(10);
    List<String> lines = Paragraph.lines(value, WIDTH - margin.length());
    line(label + " ".repeat(margin.length() - label.length()) + lines.get(0));
    lines.subList(1, lines.size()).forEach(line -> line(margin + line));
  }

  private void paragraph(String sentence, String indent) {
    List<String> lines = Paragraph.lines(sentence, WIDTH - indent.length());
    line(lines.get(0));
    lines.subList(1, lines.size()).forEach(line -> line(indent + line));
  }

  private void table(Table table) {
    TextTable.lines(table).forEach(this::line);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
