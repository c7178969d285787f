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
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A growth curve on logarithmic axes. A line ends or is broken where its contender has no time.
 *
 * @param legendColumns as many as the width has room for
 */
record LineChart(Growth growth, LineStyles styles, int legendColumns) implements Panel {
  private static final double LEFT = 0.125;
  private static final double RIGHT = 0.975;
  private static final int TOP = 26;
  private static final int PLOT = 270;
  private static final int BOTTOM = 56;
  private static final int LEGEND_ROW = 21;

  /** What a label of the x axis needs, as a share of the width of a phone. */
  private static final double TICK_WIDTH = 0.11;

  /** Guards the logarithm against a clock that did not move. */
  private static final double SHORTEST_SECONDS = 1e-6;

  @Override
  public String title() {
    return growth.title();
  }

  @Override
  public String subtitle() {
    return "Median seconds by %s; %s."
        .formatted(
            growth.axis(), isEven() ? "seconds are logarithmic" : "both axes are logarithmic");
  }

  @Override
  public int height() {
    int rows = (growth.contenders().size() + legendColumns - 1) / legendColumns;
    return TOP + PLOT + BOTTOM + rows * LEGEND_ROW;
  }

  @Override
  public void draw(Markup markup) {
    LogScale y = seconds();
    yAxis(markup, y);
    xAxis(markup);
    growth.contenders().forEach(contender -> curve(markup, contender, y));
    legend(markup);
  }

  private void yAxis(Markup markup, LogScale y) {
    text(markup, "seconds", "c-text c-muted", 0, 14, "start");
    for (double tick : y.ticks()) {
      double at = top(y, tick);
      line(markup, "c-grid", LEFT, at, RIGHT, at).close();
      text(markup, Figures.compact(tick), "c-text c-muted", LEFT - 0.015, at + 4, "end");
    }
  }

  private void xAxis(Markup markup) {
    double bottom = TOP + PLOT;
    line(markup, "c-axis", LEFT, bottom, RIGHT, bottom).close();
    double free = 0;
    for (WorkloadResult point : growth.points()) {
      double at = left(point);
      line(markup, "c-axis", at, bottom, at, bottom + 5).close();
      if (at >= free) {
        text(
            markup,
            Figures.compact((double) point.point().x()),
            "c-text c-muted",
            at,
            bottom + 20,
            "middle");
        free = at + TICK_WIDTH;
      }
    }
    double middle = (LEFT + RIGHT) / 2;
    text(markup, growth.axis(), "c-text c-muted", middle, bottom + 40, "middle");
  }

  private void curve(Markup markup, String contender, LogScale y) {
    LineStyles.LineStyle style = styles.of(contender);
    markup.open("g", "class", style.style());
    WorkloadResult before = null;
    for (WorkloadResult point : growth.points()) {
      Timing timing = growth.timing(point, contender);
      if (timing == null) {
        before = null;
        continue;
      }
      if (before != null) {
        double from = top(y, growth.timing(before, contender).median());
        String[] dashes = {"stroke-dasharray", style.dashes()};
        line(markup, "c-line", left(before), from, left(point), top(y, timing.median()), dashes)
            .close();
      }
      line(markup, "c-range", left(point), top(y, timing.min()), left(point), top(y, timing.max()))
          .close();
      mark(markup, style, left(point), top(y, timing.median()));
      before = point;
    }
    markup.close();
  }

  /** The slowest at the right end first, as the lines are there. */
  private void legend(Markup markup) {
    List<String> entries =
        growth.contenders().stream()
            .sorted(Comparator.comparingDouble(this::lastSeconds).reversed())
            .toList();
    for (int i = 0; i < entries.size(); i++) {
      LineStyles.LineStyle style = styles.of(entries.get(i));
      double x = (double) (i % legendColumns) / legendColumns;
      int row = i / legendColumns;
      double y = TOP + PLOT + BOTTOM + row * LEGEND_ROW + 6;
      markup.open("g", "class", style.style());
      markup
          .open(
              "svg",
              "x",
              Panel.percent(x),
              "y",
              Figures.coordinate(y - 1),
              "width",
              "28",
              "height",
              "2",
              "overflow",
              "visible")
          .open("path", "class", "c-line", "d", "M0 1 H28", "stroke-dasharray", style.dashes())
          .close()
          .open("path", "class", "c-mark", "d", style.mark(), "transform", "translate(9 -4)")
          .close()
          .close();
      markup.close();
      markup
          .open(
              "text",
              "class",
              "c-text c-small",
              "x",
              Panel.percent(x),
              "dx",
              "34",
              "y",
              Figures.coordinate(y + 4))
          .text(entries.get(i))
          .close();
    }
  }

  private static void mark(Markup markup, LineStyles.LineStyle style, double x, double y) {
    markup
        .open(
            "svg",
            "x",
            Panel.percent(x),
            "y",
            Figures.coordinate(y),
            "width",
            "10",
            "height",
            "10",
            "overflow",
            "visible")
        .open("path", "class", "c-mark", "d", style.mark(), "transform", "translate(-5 -5)")
        .close()
        .close();
  }

  private static Markup line(
      Markup markup, String style, double x1, double y1, double x2, double y2, String... more) {
    String[] attributes = {
      "class", style,
      "x1", Panel.percent(x1),
      "y1", Figures.coordinate(y1),
      "x2", Panel.percent(x2),
      "y2", Figures.coordinate(y2)
    };
    String[] all = new String[attributes.length + more.length];
    System.arraycopy(attributes, 0, all, 0, attributes.length);
    System.arraycopy(more, 0, all, attributes.length, more.length);
    return markup.open("line", all);
  }

  private static void text(
      Markup markup, String text, String style, double x, double y, String anchor) {
    markup.leaf(
        "text",
        text,
        "class",
        style,
        "x",
        Panel.percent(x),
        "y",
        Figures.coordinate(y),
        "text-anchor",
        anchor);
  }

  private LogScale seconds() {
    List<Timing> timings = growth.timings();
    double margin = 1.2;
    return LogScale.around(
        seconds(timings.stream().mapToDouble(Timing::min)).min().orElseThrow() / margin,
        seconds(timings.stream().mapToDouble(Timing::max)).max().orElseThrow() * margin);
  }

  private static DoubleStream seconds(DoubleStream seconds) {
    return seconds.map(value -> Math.max(value, SHORTEST_SECONDS));
  }

  private double lastSeconds(String contender) {
    double last = 0;
    for (WorkloadResult point : growth.points()) {
      Timing timing = growth.timing(point, contender);
      last = timing == null ? last : timing.median();
    }
    return last;
  }

  private static double top(LogScale y, double seconds) {
    return TOP + PLOT * (1 - y.position(Math.max(seconds, SHORTEST_SECONDS)));
  }

  private double left(WorkloadResult point) {
    double inset = 0.04;
    return LEFT + inset + positionX(point) * (RIGHT - LEFT - 2 * inset);
  }

  private double positionX(WorkloadResult point) {
    List<WorkloadResult> points = growth.points();
    long first = points.get(0).point().x();
    long last = points.get(points.size() - 1).point().x();
    if (first == last) {
      return 0.5;
    }
    return isEven()
        ? (double) points.indexOf(point) / (points.size() - 1)
        : new LogScale(first, last).position((double) point.point().x());
  }

  /** Points are evenly spaced if one has no logarithm, such as no keys at all. */
  private boolean isEven() {
    return growth.points().get(0).point().x() <= 0;
  }
}
