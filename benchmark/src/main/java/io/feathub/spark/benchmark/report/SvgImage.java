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

import java.util.List;

/**
 * Charts below each other as an image of its own, on a white card that is legible in pages of any
 * colour.
 */
final class SvgImage {
  static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private static final int WIDTH = 760;
  private static final int MARGIN = 20;
  private static final int LINE = 20;

  /** How many letters of the title's and the text's size fit into the width. */
  private static final int TITLE_LETTERS = 90;

  private static final int TEXT_LETTERS = 108;

  private final Markup markup = new Markup();
  private int y = MARGIN;

  private SvgImage() {}

  static String of(List<? extends Panel> panels, List<String> footnotes) {
    int height = height(panels, footnotes);
    SvgImage image = new SvgImage();
    image.frame(panels, height);
    for (Panel panel : panels) {
      image.panel(panel);
    }
    for (String footnote : footnotes) {
      image.lines(Paragraph.lines(footnote, TEXT_LETTERS), "c-text c-muted c-small");
    }
    return image.markup.finish();
  }

  private void frame(List<? extends Panel> panels, int height) {
    String width = Integer.toString(WIDTH);
    String all = Integer.toString(height);
    String title = String.join("; ", panels.stream().map(Panel::title).distinct().toList());
    markup.open(
        "svg",
        "xmlns",
        NAMESPACE,
        "width",
        width,
        "height",
        all,
        "viewBox",
        "0 0 %s %s".formatted(width, all),
        "role",
        "img",
        "aria-label",
        title);
    markup.leaf("title", title);
    markup.leaf("style", "\n" + StyleSheet.ofImage());
    markup.open("rect", "width", width, "height", all, "rx", "8", "fill", "#ffffff").close();
  }

  private void panel(Panel panel) {
    lines(Paragraph.lines(panel.title(), TITLE_LETTERS), "c-text c-title");
    if (!panel.subtitle().isEmpty()) {
      lines(Paragraph.lines(panel.subtitle(), TEXT_LETTERS), "c-text c-muted c-small");
    }
    y += MARGIN / 2;
    markup.open(
        "svg",
        "x",
        Integer.toString(MARGIN),
        "y",
        Integer.toString(y),
        "width",
        Integer.toString(WIDTH - 2 * MARGIN),
        "height",
        Integer.toString(panel.height()));
    panel.draw(markup);
    markup.close();
    y += panel.height() + MARGIN;
  }

  private void lines(List<String> lines, String style) {
    for (String line : lines) {
      y += LINE;
      markup.leaf(
          "text",
          line,
          "class",
          style,
          "x",
          Integer.toString(MARGIN),
          "y",
          Integer.toString(y - LINE / 4));
    }
  }

  private static int height(List<? extends Panel> panels, List<String> footnotes) {
    int height = 2 * MARGIN;
    for (Panel panel : panels) {
      height += Paragraph.lines(panel.title(), TITLE_LETTERS).size() * LINE;
      height +=
          panel.subtitle().isEmpty()
              ? 0
              : Paragraph.lines(panel.subtitle(), TEXT_LETTERS).size() * LINE;
      height += MARGIN / 2 + panel.height() + MARGIN;
    }
    for (String footnote : footnotes) {
      height += Paragraph.lines(footnote, TEXT_LETTERS).size() * LINE;
    }
    return height;
  }
}
