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

import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import java.util.List;

/**
 * The ratios of a contest as bars, with the range of the rounds. FeatHub is filled, a peer pale, a
 * floor dashed, so that nothing depends on colours.
 */
record BarChart(Contest contest) implements Panel {
  /** A bar this many times as long as ours still lets one see ours; longer ones are cut. */
  private static final double MOST = 8;

  /** Names and figures stand above the bars: beside them is no room on a phone. */
  private static final int ROW = 42;

  private static final int BAR_TOP = 22;
  private static final int BAR = 14;
  private static final int GAP_BEFORE_FLOORS = 10;
  private static final double RATIO_END = 0.8;

  /** The ends of a shorter range would be a blot. */
  private static final double LEAST_WITH_ENDS = 0.02;

  @Override
  public String title() {
    return contest.workload().name() + " " + Growth.sinkPhrase(contest.sink());
  }

  @Override
  public String subtitle() {
    return "%s rows, median of %s. %s%s."
        .formatted(
            Figures.count(contest.workload().rows()),
            Sentences.counted(contest.reference().seconds().size(), "round"),
            contest.heading(),
            longest() > MOST ? "; bars are cut at " + Figures.compact(MOST) + "x" : "");
  }

  @Override
  public int height() {
    return top(contest.timings().size());
  }

  @Override
  public void draw(Svg svg) {
    List<Timing> timings = contest.timings();
    for (int i = 0; i < timings.size(); i++) {
      row(svg, timings.get(i), top(i));
    }
    int floor = firstFloor();
    if (top(floor) > floor * ROW) {
      double middle = floor * ROW + GAP_BEFORE_FLOORS / 2.0;
      svg.line("c-grid", 0, middle, 1, middle);
    }
  }

  /** Of a row; there is a gap if both contenders and floors have a time. */
  private int top(int row) {
    int floor = firstFloor();
    boolean hasGap = floor > 0 && floor < contest.timings().size();
    return row * ROW + (hasGap && row >= floor ? GAP_BEFORE_FLOORS : 0);
  }

  private int firstFloor() {
    return (int) contest.timings().stream().filter(t -> t.role() != Role.FLOOR).count();
  }

  private void row(Svg svg, Timing timing, int y) {
    boolean beatsUs = contest.beatsUs(timing);
    double ratio = contest.ratio(timing);
    String name = timing.contender() + (timing.once() ? " (1)" : "");
    svg.text(nameStyle(timing), "start", 0, y + 15, name);
    String ratioStyle = beatsUs ? "c-text c-strong c-loss-text" : "c-text c-strong";
    svg.text(ratioStyle, "end", RATIO_END, y + 15, Figures.ratio(ratio));
    svg.text("c-text c-muted", "end", 1, y + 15, Figures.seconds(timing.median()) + " s");
    int top = y + BAR_TOP;
    svg.rect(barStyle(timing), 0, top, share(ratio), BAR);
    if (ratio > MOST) {
      cut(svg, top);
    } else if (!timing.once()) {
      whisker(svg, timing, top);
    }
    svg.line("c-one", share(1), top - 2, share(1), top + BAR + 2);
  }

  private void whisker(Svg svg, Timing timing, int top) {
    double min = share(timing.min() / contest.reference().median());
    double max = share(timing.max() / contest.reference().median());
    double middle = top + BAR / 2.0;
    svg.line("c-whisker", min, middle, max, middle);
    if (max - min > LEAST_WITH_ENDS) {
      svg.line("c-whisker", min, top + 3, min, top + BAR - 3);
      svg.line("c-whisker", max, top + 3, max, top + BAR - 3);
    }
  }

  /** Two slanted gaps near the end of a bar that is too long to show. */
  private static void cut(Svg svg, int top) {
    Svg gaps = svg.nested(0.93, top - 1);
    gaps.path("c-cut", "M2 16 L6 0 M9 16 L13 0");
    gaps.close();
  }

  private double share(double ratio) {
    double limit = Math.min(MOST, longest());
    return Math.min(ratio, limit) / limit;
  }

  private double longest() {
    return contest.timings().stream().mapToDouble(Timing::max).max().orElseThrow()
        / contest.reference().median();
  }

  private String nameStyle(Timing timing) {
    return switch (timing.role()) {
      case OURS -> "c-text c-strong";
      case PEER -> contest.beatsUs(timing) ? "c-text c-loss-text" : "c-text";
      case FLOOR -> "c-text c-muted";
    };
  }

  private String barStyle(Timing timing) {
    return switch (timing.role()) {
      case OURS -> "c-ours";
      case PEER -> contest.beatsUs(timing) ? "c-loss" : "c-peer";
      case FLOOR -> "c-floor";
    };
  }

  /** What the kinds of bars mean. */
  record Legend() implements Panel {
    @Override
    public String title() {
      return "Time relative to FeatHub: shorter is faster";
    }

    @Override
    public String subtitle() {
      return "Thin lines in bars span the fastest and the slowest round; (1): "
          + Sentences.ONCE
          + ". A floor is input and output alone, which nobody can avoid.";
    }

    @Override
    public int height() {
      return 22;
    }

    @Override
    public void draw(Svg svg) {
      entry(svg, 0, "c-ours", "FeatHub");
      entry(svg, 0.27, "c-peer", "peer");
      entry(svg, 0.47, "c-loss", "faster than us");
      entry(svg, 0.82, "c-floor", "floor");
    }

    private static void entry(Svg svg, double x, String style, String text) {
      Svg entry = svg.nested(x, 0);
      entry.rect(style, 0, 5, 14, 12);
      entry.text("c-text", "start", 20, 16, text);
      entry.close();
    }
  }
}
