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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table before it is text or a page. */
final class Table {
  /** How the cells of a column are set. */
  enum Column {
    TEXT,
    FIGURE
  }

  /** What a row is about, for its look. */
  enum Kind {
    PLAIN,
    OURS,
    LOSS,
    FLOOR
  }

  record Heading(String text, Column column) {}

  record Row(Kind kind, List<String> cells) {}

  private final List<Heading> headings = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  Table text(String heading) {
    headings.add(new Heading(heading, Column.TEXT));
    return this;
  }

  Table figure(String heading) {
    headings.add(new Heading(heading, Column.FIGURE));
    return this;
  }

  void row(Kind kind, List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(
          "%s cells under %s headings".formatted(cells.size(), headings.size()));
    }
    rows.add(new Row(kind, List.copyOf(cells)));
  }

  void row(Kind kind, String... cells) {
    row(kind, Arrays.asList(cells));
  }

  List<Heading> headings() {
    return headings;
  }

  List<Row> rows() {
    return rows;
  }
}
