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

/** What the kinds of bars mean. */
record BarLegend() implements Panel {
  private record Entry(String style, String text, double x) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("c-ours", "FeatHub", 0),
          new Entry("c-peer", "peer", 0.27),
          new Entry("c-loss", "faster than us", 0.47),
          new Entry("c-floor", "floor", 0.82));

  @Override
  public String title() {
    return "Time relative to FeatHub's fastest form: shorter is faster";
  }

  @Override
  public String subtitle() {
    return "";
  }

  @Override
  public int height() {
    return 22;
  }

  @Override
  public void draw(Markup markup) {
    for (Entry entry : ENTRIES) {
      markup
          .open(
              "rect",
              "class",
              entry.style(),
              "x",
              Panel.percent(entry.x()),
              "y",
              "5",
              "width",
              "14",
              "height",
              "12")
          .close();
      markup
          .open("text", "class", "c-text", "x", Panel.percent(entry.x()), "dx", "20", "y", "16")
          .text(entry.text())
          .close();
    }
  }
}
