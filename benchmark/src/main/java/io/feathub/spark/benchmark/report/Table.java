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
import java.util.function.Function;

/**
 * A table before it is text or a page: a line for each of the rows, and how to tell its cells.
 *
 * @param kind what a row is about, for its look
 */
record Table<T>(List<T> rows, Function<T, Kind> kind, List<Column<T>> columns) {
  enum Kind {
    PLAIN,
    OURS,
    LOSS,
    FLOOR
  }

  /**
   * A column of words, or of figures, which stand with their decimal points below each other.
   *
   * @param cell of a row
   */
  record Column<T>(String heading, boolean isFigure, Function<T, String> cell) {}

  static <T> Table<T> of(List<T> rows, Function<T, Kind> kind) {
    return new Table<>(rows, kind, new ArrayList<>());
  }

  static <T> Table<T> of(List<T> rows) {
    return of(rows, row -> Kind.PLAIN);
  }

  Table<T> text(String heading, Function<T, String> cell) {
    columns.add(new Column<>(heading, false, cell));
    return this;
  }

  Table<T> figure(String heading, Function<T, String> cell) {
    columns.add(new Column<>(heading, true, cell));
    return this;
  }
}
