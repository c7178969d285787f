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
import io.feathub.spark.benchmark.results.Role;
import io.feathub.spark.benchmark.results.Timing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The look of each contender's lines, the same in all charts of a report. */
final class LineStyles {
  private static final int COLOURS = 8;
  private static final List<String> PEER_DASHES = List.of("none", "7 3", "2 3", "9 3 2 3");

  /** Shapes within a square of 10 by 10 whose middle is the point. */
  private static final List<String> MARKS =
      List.of(
          "M5 0.5 A4.5 4.5 0 1 0 5 9.5 A4.5 4.5 0 1 0 5 0.5 Z",
          "M1 1 H9 V9 H1 Z",
          "M5 0.5 L9.8 9 H0.2 Z",
          "M5 0 L10 5 L5 10 L0 5 Z",
          "M5 9.5 L9.8 1 H0.2 Z",
          "M3.5 0.5 H6.5 V3.5 H9.5 V6.5 H6.5 V9.5 H3.5 V6.5 H0.5 V3.5 H3.5 Z",
          "M0 2 L2 0 L5 3 L8 0 L10 2 L7 5 L10 8 L8 10 L5 7 L2 10 L0 8 L3 5 Z");

  /**
   * How a contender is drawn.
   *
   * @param style class names: the colour and the weight
   * @param dashes lengths for stroke-dasharray
   * @param mark path of the shape at a point
   */
  record LineStyle(String style, String dashes, String mark) {}

  private final Map<String, LineStyle> styles = new LinkedHashMap<>();

  LineStyles(Results results) {
    for (Role role : Role.values()) {
      List<String> contenders =
          results.workloads().stream()
              .flatMap(workload -> workload.timings().stream())
              .filter(timing -> timing.role() == role)
              .map(Timing::contender)
              .distinct()
              .toList();
      for (int i = 0; i < contenders.size(); i++) {
        styles.put(contenders.get(i), style(role, i, styles.size()));
      }
    }
  }

  LineStyle of(String contender) {
    return styles.get(contender);
  }

  private static LineStyle style(Role role, int number, int mark) {
    String shape = MARKS.get(mark % MARKS.size());
    return switch (role) {
      case OURS -> new LineStyle("c-bold c-o" + number % 3, "none", shape);
      case PEER ->
          new LineStyle(
              "c-p" + number % COLOURS, PEER_DASHES.get(number % PEER_DASHES.size()), shape);
      case FLOOR -> new LineStyle("c-f", "1 4", shape);
    };
  }
}
