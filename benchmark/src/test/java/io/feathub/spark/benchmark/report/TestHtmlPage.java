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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Sink;
import io.feathub.spark.benchmark.results.WorkloadResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestHtmlPage {
  private final Results results = SampleResults.all();
  private final String page = HtmlPage.of(results);

  @Test
  void hasTheSectionsInTheirOrder() {
    assertThat(page)
        .containsSubsequence(
            "<!DOCTYPE html>",
            "<dd>./feathub bench --rounds 3 --note '&lt;b&gt; &amp; \"quoted\"'</dd>",
            "<h2>Failed</h2>",
            "<h2>Where we lose</h2>",
            "<li>wide, checksum: cannot: made up: too wide</li>",
            "<div class=\"scroll lost\">",
            "<h2>Where we win</h2>",
            "<h2>Workloads</h2>",
            "<h3>main: as-of join and 2-minute window, 1,000 &lt; 2,000 items &amp; \"hot\" users",
            "<summary>Times, checksum: 1.00x = feathub</summary>",
            "<summary>Where the time goes: main, feathub, checksum</summary>",
            "window &lt;state&gt;",
            "<summary>Operators</summary>",
            "<h3>wide: 100 feature columns</h3>",
            "<h2>Growth</h2>",
            "<h2>Heaps</h2>",
            "OutOfMemoryError: &lt;heap&gt; \uFFFD &amp; more",
            "<h2>Kernels</h2>");
    assertThat(page).doesNotContain("not shown");
  }

  /** In the order of the text, which has no charts. */
  @Test
  void hasTheSameTablesAsTheText() {
    int tables = page.split("<table>", -1).length;
    String text = TextReport.of(results);
    assertThat(text.lines().filter(line -> line.startsWith("--") && line.contains("-  -")))
        .hasSize(tables - 1);
  }

  @Test
  void styleSheetsNeedNoEscapes() {
    assertThat(new Markup().style("page.css", "chart.css", "dark.css").finish())
        .contains("@media (prefers-color-scheme: dark) {")
        .doesNotContain("&");
  }

  @Test
  void marksBarsOfFeathubPeersWinnersAndFloorsDifferently() {
    Contest contest = Contest.of(results.workloads().get(0)).get(0);
    String chart = draw(new BarChart(contest));
    assertThat(chart.split("class=\"c-ours\"", -1)).hasSize(4);
    assertThat(chart.split("class=\"c-loss\"", -1)).hasSize(3);
    assertThat(chart.split("class=\"c-peer\"", -1)).hasSize(5);
    assertThat(chart.split("class=\"c-floor\"", -1)).hasSize(2);
    assertThat(chart.split("class=\"c-cut\"", -1)).as("40x does not fit").hasSize(2);
  }

  @Test
  void barsAreInProportionToRatios() {
    Contest contest =
        Contest.of(
                new WorkloadResult(
                    "main",
                    "two",
                    1,
                    null,
                    null,
                    List.of(
                        SampleResults.ours("us", Sink.CHECKSUM, 2.0),
                        SampleResults.peer("them", Sink.CHECKSUM, 5.0)),
                    List.of(),
                    List.of()))
            .get(0);
    assertThat(draw(new BarChart(contest)))
        .contains("class=\"c-ours\" x=\"0%\" y=\"22\" width=\"40%\"")
        .contains("class=\"c-peer\" x=\"0%\" y=\"64\" width=\"100%\"")
        .contains("x1=\"40%\"")
        .doesNotContain("c-whisker");
  }

  @Test
  void imagesHaveAPanelPerSinkAndNameTheMachine() {
    Map<String, String> images = Images.of(results);
    assertThat(images).containsOnlyKeys("main", "growth-rows", "growth-versions", "growth-keys");
    assertThat(images.get("main"))
        .contains("main into a checksum", "main into Parquet files", "Made-up CPU @ 1 GHz");
  }

  @Test
  void linesStopWhereAContenderHasNoTime() {
    Growth growth = Growth.of(results.workloads()).get(0);
    String chart = draw(new LineChart(growth, new LineStyles(results), 2));
    assertThat(chart.split("<text", -1)).hasSizeGreaterThan(15);
    // Seven contenders, 5 points each but for one with the first 3 and one with the last 3, and
    // the legend with a line for each.
    assertThat(chart.split("class=\"c-line\"", -1)).hasSize(1 + 5 * 4 + 2 * 2 + 7);
    // Single rounds are hollow: four peers.
    assertThat(chart.split("class=\"c-mark\"", -1)).hasSize(1 + 2 * 5 + 7);
    assertThat(chart.split("class=\"c-mark c-once\"", -1)).hasSize(1 + 3 * 5 + 2 * 3);
  }

  @Test
  void axesTakeASinglePoint() {
    assertThat(page).contains("Median seconds by versions per item; both axes are logarithmic.");
    for (Growth growth : Growth.of(results.workloads())) {
      assertThat(draw(new LineChart(growth, new LineStyles(results), 3)))
          .doesNotContain("NaN", "Infinity", "E-");
    }
  }

  @Test
  void logarithmicScaleHasRoundEndsAndTicks() {
    LogScale scale = LogScale.around(0.013, 7.1);
    assertThat(scale).isEqualTo(new LogScale(0.01, 10));
    assertThat(scale.ticks()).containsExactly(0.01, 0.1, 1.0, 10.0);
    assertThat(scale.position(0.01)).isZero();
    assertThat(scale.position(10)).isEqualTo(1);
    assertThat(LogScale.around(2, 30).ticks()).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0);
    assertThat(LogScale.around(1, 1)).isEqualTo(new LogScale(0.5, 2));
  }

  private static String draw(Panel panel) {
    Markup markup = new Markup().open("svg");
    panel.draw(new Svg(markup));
    return markup.finish();
  }
}
