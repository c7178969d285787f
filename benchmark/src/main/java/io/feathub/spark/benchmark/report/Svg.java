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

/**
 * Writes the shapes of a chart. Heights are pixels. Widths are shares of the whole width, or pixels
 * too in a nested part.
 */
final class Svg {
  static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final Markup markup;
  private final boolean isNested;

  Svg(Markup markup) {
    this(markup, false);
  }

  private Svg(Markup markup, boolean isNested) {
    this.markup = markup;
    this.isNested = isNested;
  }

  /** Around shapes in pixels, whose origin is at a place here. */
  Svg nested(double x, double y) {
    markup.open("svg", "x", width(x), "y", pixels(y), "overflow", "visible");
    return new Svg(markup, true);
  }

  /** Around shapes that have a colour and a kind of line in common. */
  void group(String style, String dashes) {
    markup.open("g", "class", style, "stroke-dasharray", dashes);
  }

  /** Of the group or nested part that was opened last. */
  void close() {
    markup.close();
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    markup.open("line", "class", style, "x1", width(x1), "y1", pixels(y1));
    markup.attributes("x2", width(x2), "y2", pixels(y2)).close();
  }

  void rect(String style, double x, double y, double width, double height) {
    markup.open("rect", "class", style, "x", width(x), "y", pixels(y));
    markup.attributes("width", width(width), "height", pixels(height)).close();
  }

  /** The letters start, end or have their middle at x, as the anchor says. */
  void text(String style, String anchor, double x, double y, String text) {
    String at = width(x);
    markup.leaf("text", text, "class", style, "text-anchor", anchor, "x", at, "y", pixels(y));
  }

  /** In pixels whatever is around it. */
  void path(String style, String path) {
    markup.open("path", "class", style, "d", path).close();
  }

  private String width(double width) {
    return isNested ? pixels(width) : pixels(width * 100) + "%";
  }

  private static String pixels(double pixels) {
    return Figures.coordinate(pixels);
  }
}
