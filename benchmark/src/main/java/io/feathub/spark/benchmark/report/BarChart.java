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

import io.feathub.spark.benchmark.results.Timing;
import java.util.List;

/**
 * The ratios of a contest as bars, with the range of the rounds. FeatHub is filled, a peer pale, a
 * floor dashed, so that nothing depends on colours.
 */
record BarChart(Contest contest, Labels labels) implements Panel {
  /** A bar this many times as long as ours still lets one see ours; longer ones are cut. */
  private static final double MOST = 8;

  private static final int GAP_BEFORE_FLOORS = 10;

  /** The ends of a shorter range would be a blot. */
  private static final double LEAST_WITH_ENDS = 0.02;

  /** Where names stand: beside the bars, or above them if there is little width. */
  enum Labels {
    BESIDE(26, 6, 6, 0.25, 0.77, 0.88),
    ABOVE(42, 22, 2, 0, 1, 0.8);

    private final int row;
    private final int barTop;

    /** How far the line at 1 stands out above and below a bar. */
    private final int overhang;

    private final double left;
    private final double right;
    private final double ratioEnd;

    Labels(int row, int barTop, int overhang, double left, double right, double ratioEnd) {
      this.row = row;
      this.barTop = barTop;
      this.overhang = overhang;
      this.left = left;
      this.right = right;
      this.ratioEnd = ratioEnd;
    }
  }

  private static final int BAR = 14;

  @Override
  public String title() {
    return contest.workload().name() + ": " + contest.workload().title();
  }

  @Override
  public String subtitle() {
    String cut = longest() > MOST ? "; bars are cut at " + Figures.compact(MOST) + "x" : "";
    return "%s rows %s, median of %s. %s%s."
        .formatted(
            Figures.count(contest.workload().rows()),
            Growth.sinkPhrase(contest.sink()),
            Sentences.counted(contest.reference().seconds().size(), "round"),
            contest.heading(),
            cut);
  }

  @Override
  public int height() {
    return contest.all().size() * labels.row + (hasGap() ? GAP_BEFORE_FLOORS : 0);
  }

  @Override
  public void draw(Markup markup) {
    int y = 0;
    for (Timing timing : contest.contenders()) {
      row(markup, timing, y);
      y += labels.row;
    }
    if (hasGap()) {
      String middle = Integer.toString(y + GAP_BEFORE_FLOORS / 2);
      line(markup, "c-grid", "0%", middle, "100%", middle);
      y += GAP_BEFORE_FLOORS;
    }
    for (Timing timing : contest.floors()) {
      row(markup, timing, y);
      y += labels.row;
    }
  }

  private void row(Markup markup, Timing timing, int y) {
    int baseline = labels == Labels.ABOVE ? y + 15 : y + 17;
    String textY = Integer.toString(baseline);
    String ratio = Figures.ratio(contest.ratio(timing));
    String seconds = Figures.seconds(timing.median()) + " s";
    markup.open("text", "class", labelStyle(timing), "x", "0", "y", textY);
    markup.text(timing.contender()).close();
    String[] end = {"y", textY, "text-anchor", "end"};
    markup.leaf(
        "text",
        ratio,
        "class",
        ratioStyle(timing),
        "x",
        percent(labels.ratioEnd),
        end[0],
        end[1],
        end[2],
        end[3]);
    markup.leaf(
        "text", seconds, "class", "c-text c-muted", "x", "100%", end[0], end[1], end[2], end[3]);
    bar(markup, timing, y + labels.barTop);
  }

  private void bar(Markup markup, Timing timing, int top) {
    double ratio = contest.ratio(timing);
    markup.open(
        "rect",
        "class",
        barStyle(timing),
        "x",
        percent(labels.left),
        "y",
        Integer.toString(top),
        "width",
        percent(share(ratio) - labels.left),
        "height",
        Integer.toString(BAR));
    markup.close();
    if (ratio > longest(MOST)) {
      cut(markup, top);
    } else if (timing.seconds().size() > 1) {
      whisker(markup, timing, top);
    }
    String one = percent(share(1));
    String above = Integer.toString(top - labels.overhang);
    String below = Integer.toString(top + BAR + labels.overhang);
    line(markup, "c-one", one, above, one, below);
  }

  private void whisker(Markup markup, Timing timing, int top) {
    double min = share(timing.min() / contest.reference().median());
    double max = share(timing.max() / contest.reference().median());
    String middle = Integer.toString(top + BAR / 2);
    line(markup, "c-whisker", percent(min), middle, percent(max), middle);
    if (max - min > LEAST_WITH_ENDS) {
      String capTop = Integer.toString(top + 3);
      String capBottom = Integer.toString(top + BAR - 3);
      line(markup, "c-whisker", percent(min), capTop, percent(min), capBottom);
      line(markup, "c-whisker", percent(max), capTop, percent(max), capBottom);
    }
  }

  /** Two slanted gaps near the end of a bar that is too long to show. */
  private void cut(Markup markup, int top) {
    markup.open(
        "svg",
        "x",
        percent(labels.left + (labels.right - labels.left) * 0.93),
        "y",
        Integer.toString(top - 1),
        "width",
        "16",
        "height",
        "16");
    markup.open("path", "class", "c-cut", "d", "M2 16 L6 0 M9 16 L13 0").close();
    markup.close();
  }

  private static void line(Markup m, String style, String x1, String y1, String x2, String y2) {
    m.open("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2).close();
  }

  private double share(double ratio) {
    double limit = longest(MOST);
    return labels.left + Math.min(ratio, limit) / limit * (labels.right - labels.left);
  }

  private double longest(double limit) {
    return Math.min(limit, longest());
  }

  private double longest() {
    List<Timing> timings = contest.all();
    return timings.stream().mapToDouble(Timing::max).max().orElseThrow()
        / contest.reference().median();
  }

  private boolean hasGap() {
    return !contest.floors().isEmpty() && !contest.contenders().isEmpty();
  }

  private String labelStyle(Timing timing) {
    return switch (timing.role()) {
      case OURS -> "c-text c-strong";
      case PEER -> contest.beatsUs(timing) ? "c-text c-loss-text" : "c-text";
      case FLOOR -> "c-text c-muted";
    };
  }

  private String ratioStyle(Timing timing) {
    return contest.beatsUs(timing) ? "c-text c-strong c-loss-text" : "c-text c-strong";
  }

  private String barStyle(Timing timing) {
    return switch (timing.role()) {
      case OURS -> "c-ours";
      case PEER -> contest.beatsUs(timing) ? "c-loss" : "c-peer";
      case FLOOR -> "c-floor";
    };
  }

  private static String percent(double share) {
    return Panel.percent(share);
  }
}
