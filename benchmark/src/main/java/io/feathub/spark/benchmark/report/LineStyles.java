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
  private static final int COLOURS_OF_OURS = 3;
  private static final int COLOURS_OF_PEERS = 8;
  private static final List<String> PEER_DASHES = List.of("none", "7 3", "2 3", "9 3 2 3");

  /** Shapes within 5 pixels of the point, which is at 0. */
  private static final List<String> MARKS =
      List.of(
          "M0 -4.5 a4.5 4.5 0 1 0 0 9 a4.5 4.5 0 1 0 0 -9 Z",
          "M-4 -4 h8 v8 h-8 Z",
          "M0 -4.5 L4.8 4 H-4.8 Z",
          "M0 -5 L5 0 L0 5 L-5 0 Z",
          "M0 4.5 L4.8 -4 H-4.8 Z",
          "M-1.5 -4.5 h3 v3 h3 v3 h-3 v3 h-3 v-3 h-3 v-3 h3 Z",
          "M-5 -3 L-3 -5 L0 -2 L3 -5 L5 -3 L2 0 L5 3 L3 5 L0 2 L-3 5 L-5 3 L-2 0 Z");

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
        styles.put(contenders.get(i), style(role, i, MARKS.get(styles.size() % MARKS.size())));
      }
    }
  }

  LineStyle of(String contender) {
    return styles.get(contender);
  }

  private static LineStyle style(Role role, int number, String mark) {
    String dashes = PEER_DASHES.get(number % PEER_DASHES.size());
    return switch (role) {
      case OURS -> new LineStyle("c-bold c-o" + number % COLOURS_OF_OURS, "none", mark);
      case PEER -> new LineStyle("c-p" + number % COLOURS_OF_PEERS, dashes, mark);
      case FLOOR -> new LineStyle("c-f", "1 4", mark);
    };
  }
}
