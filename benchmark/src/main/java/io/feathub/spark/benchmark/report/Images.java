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
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The charts of a report as images of their own, on white cards that are legible in pages of any
 * colour.
 */
final class Images {
  private static final int WIDTH = 760;
  private static final int MARGIN = 20;
  private static final int LINE = 20;

  /** How many letters of the title's and the text's size fit into the width. */
  private static final int TITLE_LETTERS = 90;

  private static final int TEXT_LETTERS = 108;

  /** What is to be drawn, each at the height known when it was added. */
  private final List<Consumer<Markup>> parts = new ArrayList<>();

  private final String title;
  private int y = MARGIN;

  private Images(String title) {
    this.title = title;
  }

  /** By the ends of their file names. */
  static Map<String, String> of(Results results) {
    Map<String, Images> images = new LinkedHashMap<>();
    Panel legend = new BarChart.Legend();
    for (WorkloadResult workload : results.workloads()) {
      if (MarkdownSummary.isMain(workload)) {
        Images image = images.computeIfAbsent("main", name -> new Images(legend.title()));
        if (image.parts.isEmpty()) {
          image.panel(legend);
        }
        image.lines(workload.name() + ": " + workload.title(), TITLE_LETTERS, "c-text c-title");
        Contest.of(workload).forEach(contest -> image.panel(new BarChart(contest)));
      }
    }
    LineStyles styles = new LineStyles(results);
    for (Growth growth : Growth.of(results.workloads())) {
      images
          .computeIfAbsent("growth-" + growth.curve(), name -> new Images(growth.title()))
          .panel(new LineChart(growth, styles, 3));
    }
    Map<String, String> finished = new LinkedHashMap<>();
    images.forEach((name, image) -> finished.put(name, image.finish(results)));
    return finished;
  }

  private void panel(Panel panel) {
    lines(panel.title(), TITLE_LETTERS, "c-text c-title");
    lines(panel.subtitle(), TEXT_LETTERS, "c-text c-muted c-small");
    String x = Integer.toString(MARGIN);
    String top = Integer.toString(y + MARGIN / 2);
    String width = Integer.toString(WIDTH - 2 * MARGIN);
    String height = Integer.toString(panel.height());
    parts.add(
        markup -> {
          markup.open("svg", "x", x, "y", top, "width", width, "height", height);
          panel.draw(new Svg(markup));
          markup.close();
        });
    y += panel.height() + MARGIN * 3 / 2;
  }

  private void lines(String text, int letters, String style) {
    for (String line : Sentences.lines(text, letters)) {
      y += LINE;
      String x = Integer.toString(MARGIN);
      String base = Integer.toString(y - LINE / 4);
      parts.add(markup -> markup.leaf("text", line, "class", style, "x", x, "y", base));
    }
  }

  private String finish(Results results) {
    String footnote =
        "%s; %s; %s."
            .formatted(
                Sentences.machine(results.machine()),
                Sentences.java(results.machine()),
                results.started());
    lines(footnote, TEXT_LETTERS, "c-text c-muted c-small");
    String width = Integer.toString(WIDTH);
    String height = Integer.toString(y + MARGIN);
    Markup markup = new Markup();
    markup.open("svg", "xmlns", Svg.NAMESPACE, "width", width, "height", height);
    markup.attributes("viewBox", "0 0 " + width + " " + height, "role", "img");
    markup.attributes("aria-label", title).leaf("title", title).style("chart.css");
    markup.open("rect", "width", width, "height", height, "rx", "8", "fill", "#ffffff").close();
    parts.forEach(part -> part.accept(markup));
    return markup.finish();
  }
}
