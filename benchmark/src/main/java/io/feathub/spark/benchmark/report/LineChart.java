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

  /** Between the ends of the x axis and the first and last point. */
  private static final double INSET = 0.04;

  private static final int TOP = 26;
  private static final int BOTTOM = 296;
  private static final int LEGEND_TOP = 352;
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
    return "Median seconds by %s; both axes are logarithmic. Hollow: %s."
        .formatted(growth.axis(), Sentences.ONCE);
  }

  @Override
  public int height() {
    int rows = (growth.contenders().size() + legendColumns - 1) / legendColumns;
    return LEGEND_TOP + rows * LEGEND_ROW;
  }

  @Override
  public void draw(Svg svg) {
    LogScale y = seconds();
    yAxis(svg, y);
    xAxis(svg);
    growth.contenders().forEach(contender -> curve(svg, contender, y));
    legend(svg);
  }

  private void yAxis(Svg svg, LogScale y) {
    svg.text("c-text c-muted", "start", 0, 14, "seconds");
    for (double tick : y.ticks()) {
      double at = top(y, tick);
      svg.line("c-grid", LEFT, at, RIGHT, at);
      svg.text("c-text c-muted", "end", LEFT - 0.015, at + 4, Figures.compact(tick));
    }
  }

  private void xAxis(Svg svg) {
    svg.line("c-axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    double free = 0;
    for (WorkloadResult point : growth.points()) {
      double at = left(point);
      svg.line("c-axis", at, BOTTOM, at, BOTTOM + 5);
      if (at >= free) {
        String tick = Figures.compact((double) point.point().x());
        svg.text("c-text c-muted", "middle", at, BOTTOM + 20, tick);
        free = at + TICK_WIDTH;
      }
    }
    svg.text("c-text c-muted", "middle", (LEFT + RIGHT) / 2, BOTTOM + 40, growth.axis());
  }

  private void curve(Svg svg, String contender, LogScale y) {
    LineStyles.LineStyle style = styles.of(contender);
    svg.group(style.style(), style.dashes());
    Timing before = null;
    double xBefore = 0;
    for (WorkloadResult point : growth.points()) {
      Timing timing = growth.timing(point, contender);
      double x = left(point);
      if (timing != null) {
        double median = top(y, timing.median());
        if (before != null) {
          svg.line("c-line", xBefore, top(y, before.median()), x, median);
        }
        svg.line("c-range", x, top(y, timing.min()), x, top(y, timing.max()));
        Svg mark = svg.nested(x, median);
        mark.path(timing.once() ? "c-mark c-once" : "c-mark", style.mark());
        mark.close();
      }
      before = timing;
      xBefore = x;
    }
    svg.close();
  }

  /** The slowest at the right end first, as the lines are there. */
  private void legend(Svg svg) {
    List<String> entries =
        growth.contenders().stream()
            .sorted(Comparator.comparingDouble(this::lastSeconds).reversed())
            .toList();
    for (int i = 0; i < entries.size(); i++) {
      LineStyles.LineStyle style = styles.of(entries.get(i));
      double y = LEGEND_TOP + i / legendColumns * LEGEND_ROW + 6;
      Svg entry = svg.nested((double) (i % legendColumns) / legendColumns, y);
      entry.group(style.style(), style.dashes());
      entry.line("c-line", 0, 0, 28, 0);
      Svg mark = entry.nested(14, 0);
      mark.path("c-mark", style.mark());
      mark.close();
      entry.close();
      entry.text("c-text c-small", "start", 34, 4, entries.get(i));
      entry.close();
    }
  }

  private LogScale seconds() {
    double margin = 1.2;
    return LogScale.around(
        seconds(growth.timings().stream().mapToDouble(Timing::min)).min().orElseThrow() / margin,
        seconds(growth.timings().stream().mapToDouble(Timing::max)).max().orElseThrow() * margin);
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
    return BOTTOM - (BOTTOM - TOP) * y.position(Math.max(seconds, SHORTEST_SECONDS));
  }

  /** A single point is in the middle. */
  private double left(WorkloadResult point) {
    List<WorkloadResult> points = growth.points();
    double first = points.get(0).point().x();
    double last = points.get(points.size() - 1).point().x();
    double x = point.point().x();
    double position = first == last ? 0.5 : new LogScale(first, last).position(x);
    return LEFT + INSET + position * (RIGHT - LEFT - 2 * INSET);
  }
}
