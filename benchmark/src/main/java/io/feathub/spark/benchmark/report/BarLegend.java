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

/** What the kinds of bars mean. */
record BarLegend() implements Panel {
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
