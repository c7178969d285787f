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
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;

/** The workloads whose names start with {@code main}, as tables for a README. */
final class MarkdownSummary {
  private MarkdownSummary() {}

  /** Ends with a line break; empty without such a workload. */
  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    for (WorkloadResult workload : results.workloads()) {
      if (isMain(workload)) {
        Contest.of(workload).forEach(contest -> table(text, contest));
      }
    }
    return text.isEmpty() ? "" : text + "\n" + Sentences.MARKS.replace("~", "\\~") + "\n";
  }

  static boolean isMain(WorkloadResult workload) {
    return workload.name().startsWith("main");
  }

  private static void table(StringBuilder text, Contest contest) {
    text.append(text.isEmpty() ? "" : "\n");
    String title = escaped(contest.workload().title());
    String into = Growth.sinkPhrase(contest.sink());
    text.append("| %s, %s; %s | ratio | seconds |\n".formatted(title, into, contest.heading()));
    text.append("|---|--:|--:|\n");
    for (Timing timing : contest.timings()) {
      String mark = timing.equals(contest.reference()) ? "**" : "";
      String name = mark + escaped(timing.contender()) + mark;
      String ratio = Figures.ratio(contest.ratio(timing));
      text.append("| %s | %s | %s |\n".formatted(name, ratio, Figures.markedSeconds(timing)));
    }
  }

  /** What a cell of a table, or GitHub's HTML, would take for its own. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("_", "\\_");
  }
}
