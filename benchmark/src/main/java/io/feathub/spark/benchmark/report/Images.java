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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The charts of a report as images, by the ends of their file names. */
final class Images {
  private static final int LEGEND_COLUMNS = 3;

  private Images() {}

  static Map<String, String> of(Results results) {
    Map<String, String> images = new LinkedHashMap<>();
    List<String> footnotes =
        List.of(
            Sentences.machine(results.machine())
                + "; "
                + Sentences.java(results.machine())
                + "; "
                + Sentences.started(results)
                + ".");
    List<Panel> main = main(results);
    if (!main.isEmpty()) {
      images.put("main", SvgImage.of(main, footnotes));
    }
    LineStyles styles = new LineStyles(results);
    Map<String, List<LineChart>> curves = new LinkedHashMap<>();
    for (Growth growth : Growth.of(results.workloads())) {
      curves
          .computeIfAbsent("growth-" + growth.curve(), curve -> new ArrayList<>())
          .add(new LineChart(growth, styles, LEGEND_COLUMNS));
    }
    curves.forEach((curve, charts) -> images.put(curve, SvgImage.of(charts, footnotes)));
    return images;
  }

  private static List<Panel> main(Results results) {
    List<Panel> panels = new ArrayList<>();
    results.workloads().stream()
        .filter(Outline::isMain)
        .flatMap(workload -> Contest.of(workload).stream())
        .forEach(contest -> panels.add(new BarChart(contest, BarChart.Labels.BESIDE)));
    if (!panels.isEmpty()) {
      panels.add(0, new BarLegend());
    }
    return panels;
  }
}
