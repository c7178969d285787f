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
package io.feathub.spark.window;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the cases of a batch have in common. */
record RandomSetting(
    RandomOrder type,
    NaiveFrame.Order order,
    Layout layout,
    boolean adaptive,
    boolean ansi,
    String codegen,
    boolean segmentTree) {

  /** How the rows come to the operator. */
  enum Layout {
    ANY(""),
    SORTED(" DISTRIBUTE BY c, k SORT BY c, k, %s"),
    /** With equal times in the order that they have by all columns. */
    SORTED_BY_ALL(" DISTRIBUTE BY c, k SORT BY c, k, %s, a, id");

    private final String sql;

    Layout(String sql) {
      this.sql = sql;
    }
  }

  /** The batches of a run go through all types and all layouts. */
  static RandomSetting next(int batch, Random random) {
    RandomOrder[] types = RandomOrder.values();
    Layout[] layouts = Layout.values();
    return new RandomSetting(
        types[batch % types.length],
        new NaiveFrame.Order(RandomTable.TIME, "t", random.nextBoolean(), random.nextBoolean()),
        layouts[batch % layouts.length],
        random.nextBoolean(),
        random.nextBoolean(),
        List.of("stages", "stages", "expressions", "none").get(random.nextInt(4)),
        random.nextBoolean());
  }

  Map<String, String> conf() {
    return Map.of(
        "spark.sql.adaptive.enabled", String.valueOf(adaptive),
        "spark.sql.ansi.enabled", String.valueOf(ansi),
        "spark.sql.codegen.wholeStage", String.valueOf(codegen.equals("stages")),
        "spark.sql.codegen.factoryMode", codegen.equals("none") ? "NO_CODEGEN" : "CODEGEN_ONLY");
  }

  String streamingSource() {
    return source(layout);
  }

  /** Spark leaves equal times in the order in which they come. */
  String sparksSource() {
    return source(Layout.SORTED_BY_ALL);
  }

  private String source(Layout of) {
    return "SELECT * FROM events" + of.sql.formatted(order.sql());
  }
}
