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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets a table in characters; figures stand with their decimal points below each other. */
final class TextTable {
  private static final Pattern WHOLE_PART = Pattern.compile("[0-9,]+|" + Figures.NONE);
  private static final String GAP = "  ";

  private TextTable() {}

  /** Lines without blanks at their ends; headings that do not fit a column take several lines. */
  static List<String> lines(Table table) {
    List<List<String>> columns = new ArrayList<>();
    for (int i = 0; i < table.headings().size(); i++) {
      columns.add(column(table, i));
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < columns.get(0).size(); i++) {
      StringBuilder line = new StringBuilder();
      for (List<String> column : columns) {
        line.append(column.get(i)).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The lines of one column, all equally wide: the headings, a rule and the cells. */
  private static List<String> column(Table table, int index) {
    Table.Heading heading = table.headings().get(index);
    boolean figure = heading.column() == Table.Column.FIGURE;
    List<String> cells = table.rows().stream().map(row -> row.cells().get(index)).toList();
    List<String> body = figure ? aligned(cells) : cells;
    int height =
        table.headings().stream().mapToInt(other -> headingLines(other).size()).max().orElse(0);
    List<String> above = headingLines(heading);
    List<String> lines = new ArrayList<>();
    for (int i = above.size(); i < height; i++) {
      lines.add("");
    }
    lines.addAll(above);
    lines.addAll(body);
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    lines.add(height, "-".repeat(width));
    return lines.stream().map(line -> figure ? right(line, width) : left(line, width)).toList();
  }

  /** A column of figures with a long heading would be wide and mostly blank. */
  private static List<String> headingLines(Table.Heading heading) {
    return heading.column() == Table.Column.FIGURE
        ? Arrays.asList(heading.text().split(" ", -1))
        : List.of(heading.text());
  }

  private static List<String> aligned(List<String> cells) {
    int fraction = cells.stream().mapToInt(cell -> cell.length() - wholePart(cell)).max().orElse(0);
    return cells.stream()
        .map(cell -> cell + " ".repeat(fraction - (cell.length() - wholePart(cell))))
        .toList();
  }

  /** Words such as "failed" count as whole parts. */
  private static int wholePart(String cell) {
    Matcher matcher = WHOLE_PART.matcher(cell);
    return matcher.lookingAt() ? matcher.end() : cell.length();
  }

  private static String left(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }
}
