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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sets a table in characters; figures stand with their decimal points below each other. */
final class TextTable {
  private static final Pattern WHOLE_PART = Pattern.compile("[0-9,]+|" + Figures.NONE);
  private static final String GAP = "  ";

  private TextTable() {}

  /** Lines without blanks at their ends; headings that do not fit a column take several lines. */
  static <T> List<String> lines(Table<T> table) {
    int height = table.columns().stream().mapToInt(c -> heading(c).size()).max().orElseThrow();
    List<List<String>> columns =
        table.columns().stream().map(column -> lines(table, column, height)).toList();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i <= height + table.rows().size(); i++) {
      int index = i;
      lines.add(
          columns.stream()
              .map(column -> column.get(index))
              .collect(Collectors.joining(GAP))
              .stripTrailing());
    }
    return lines;
  }

  /** The lines of one column, all equally wide: the headings, a rule and the cells. */
  private static <T> List<String> lines(Table<T> table, Table.Column<T> column, int height) {
    List<String> lines = new ArrayList<>(heading(column));
    while (lines.size() < height) {
      lines.add(0, "");
    }
    List<String> cells = table.rows().stream().map(column.cell()).toList();
    int fraction = cells.stream().mapToInt(TextTable::fraction).max().orElse(0);
    for (String cell : cells) {
      lines.add(column.isFigure() ? cell + " ".repeat(fraction - fraction(cell)) : cell);
    }
    int width = lines.stream().mapToInt(String::length).max().orElseThrow();
    lines.add(height, "-".repeat(width));
    return lines.stream()
        .map(line -> column.isFigure() ? blanks(line, width) + line : line + blanks(line, width))
        .toList();
  }

  /** A column of figures with a long heading would be wide and mostly blank. */
  private static List<String> heading(Table.Column<?> column) {
    return column.isFigure() ? List.of(column.heading().split(" ", -1)) : List.of(column.heading());
  }

  /** What stands behind the whole part of a figure; nothing of a word such as "failed". */
  private static int fraction(String cell) {
    Matcher matcher = WHOLE_PART.matcher(cell);
    return matcher.lookingAt() ? cell.length() - matcher.end() : 0;
  }

  private static String blanks(String text, int width) {
    return " ".repeat(width - text.length());
  }
}
