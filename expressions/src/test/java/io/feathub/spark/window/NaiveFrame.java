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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/** A frame clause, and the rows that it means. */
record NaiveFrame(Unit unit, End from, End to) {
  enum Unit {
    ROWS,
    RANGE
  }

  enum Kind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /**
   * One end, itself in the frame.
   *
   * @param step how far from the current row, null where the kind does not ask for it
   */
  record End(Kind kind, Step step) {
    static final End FIRST = new End(Kind.UNBOUNDED_PRECEDING, null);
    static final End CURRENT = new End(Kind.CURRENT_ROW, null);
    static final End LAST = new End(Kind.UNBOUNDED_FOLLOWING, null);

    private int sign() {
      return switch (kind) {
        case PRECEDING -> -1;
        case FOLLOWING -> 1;
        default -> 0;
      };
    }

    private String sql() {
      return (step == null ? "" : step.sql() + " ") + kind.name().replace('_', ' ');
    }
  }

  /**
   * A distance.
   *
   * @param rows in ROWS
   * @param move in RANGE
   */
  record Step(String sql, int rows, Move move) {
    static Step ofRows(int rows) {
      return new Step(String.valueOf(rows), rows, null);
    }

    static Step of(String sql, Move move) {
      return new Step(sql, 0, move);
    }
  }

  /** Moves a value that is not null by a distance forwards (1), not at all (0) or backwards. */
  interface Move {
    Object by(Object time, int sign);
  }

  /** The column that rows are ordered by. */
  record Order(int column, String name, boolean descending, boolean nullsFirst) {
    Object time(Row row) {
      return NaiveOrder.plain(row.get(column));
    }

    int compare(Object left, Object right) {
      if (left == null || right == null) {
        int nullIsLess = left == right ? 0 : left == null ? -1 : 1;
        return nullsFirst ? nullIsLess : -nullIsLess;
      }
      int order = NaiveOrder.compare(left, right);
      return descending ? -order : order;
    }

    /** With what decides among equal times. */
    Comparator<Row> rows(Comparator<Row> ties) {
      Comparator<Row> byTime = (left, right) -> compare(time(left), time(right));
      return byTime.thenComparing(ties);
    }

    String sql() {
      return name + (descending ? " DESC" : " ASC") + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }
  }

  /**
   * Where the rows of the frame stand, by looking at all of them.
   *
   * @param ordered the rows of a partition in their order
   */
  List<Integer> rows(List<Row> ordered, int current, Order order) {
    List<Integer> rows = new ArrayList<>();
    for (int at = 0; at < ordered.size(); at++) {
      if (compare(ordered, at, from, current, order) >= 0
          && compare(ordered, at, to, current, order) <= 0) {
        rows.add(at);
      }
    }
    return rows;
  }

  /** Whether a row lies before (-1), at or after an end of the frame of the current row. */
  private int compare(List<Row> ordered, int at, End end, int current, Order order) {
    if (end.kind() == Kind.UNBOUNDED_PRECEDING) {
      return 1;
    }
    if (end.kind() == Kind.UNBOUNDED_FOLLOWING) {
      return -1;
    }
    if (unit == Unit.ROWS) {
      return Integer.compare(
          at, current + (end.step() == null ? 0 : end.sign() * end.step().rows()));
    }
    Object time = order.time(ordered.get(current));
    if (time != null && end.step() != null) {
      time = end.step().move().by(time, order.descending() ? -end.sign() : end.sign());
    }
    return order.compare(order.time(ordered.get(at)), time);
  }

  /** Whether it has no row after the current one, or after its peers. */
  boolean isOfThePast() {
    return to.kind() == Kind.PRECEDING || to.kind() == Kind.CURRENT_ROW;
  }

  String sql() {
    return unit + " BETWEEN " + from.sql() + " AND " + to.sql();
  }
}
