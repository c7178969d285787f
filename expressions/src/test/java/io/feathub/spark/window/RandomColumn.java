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

import io.feathub.spark.window.NaiveFrame.End;
import io.feathub.spark.window.NaiveFrame.Kind;
import io.feathub.spark.window.NaiveFrame.Step;
import io.feathub.spark.window.NaiveFrame.Unit;
import io.feathub.spark.window.NaiveWindow.Exclude;
import io.feathub.spark.window.NaiveWindow.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * A random function over a random window.
 *
 * @param argument the name of the column that it reads
 */
record RandomColumn(NaiveFunction function, String argument, NaiveWindow window, boolean recent) {
  private static final List<String> ALL =
      List.of(
          "t", "a", "y", "h", "i", "l", "e", "f", "d", "m", "w", "s", "x", "b", "dt", "ts", "n",
          "iv", "ym");
  private static final List<String> NUMBERS =
      List.of("y", "h", "i", "l", "e", "f", "d", "d", "m", "w");
  private static final List<Filter> FILTERS =
      List.of(
          filter("i > 0", "i", value -> (Integer) value > 0),
          filter("a = 1", "a", value -> (Integer) value == 1),
          filter("d > 0", "d", value -> NaiveOrder.compare(value, 0.0) > 0),
          filter("b", "b", value -> (Boolean) value),
          filter("s IS NOT NULL", "s", value -> true),
          filter("id % 3 = 0", "id", value -> (Long) value % 3 == 0),
          filter("i > 100", "i", value -> false));

  /** A condition on a value that does not hold if that is null. */
  private interface Condition {
    boolean holds(Object value);
  }

  private static Filter filter(String sql, String name, Condition condition) {
    int column = RandomTable.column(name);
    return new Filter(
        sql, row -> !row.isNullAt(column) && condition.holds(NaiveOrder.plain(row.get(column))));
  }

  /**
   * @param wraps whether a sum that does not fit is no error
   */
  static RandomColumn next(RandomOrder type, NaiveFrame.Order order, boolean wraps, Random random) {
    boolean recent = random.nextInt(3) == 0;
    NaiveFunction function = function(recent, random);
    NaiveFrame frame = frame(type, random);
    while (recent && !frame.isOfThePast()) {
      frame = frame(type, random);
    }
    boolean losesFilter = !recent && losesFilter(function, frame);
    Filter filter = losesFilter || random.nextInt(3) > 0 ? Filter.NONE : pick(FILTERS, random);
    Exclude exclude = recent ? pick(List.of(Exclude.values()), random) : Exclude.NONE;
    Integer limit = recent && random.nextInt(3) > 0 ? Integer.valueOf(1 + random.nextInt(5)) : null;
    return new RandomColumn(
        function,
        argument(function, wraps, random),
        new NaiveWindow(frame, order, filter, exclude, limit),
        recent);
  }

  /** Spark's optimizer makes nth_value of it, and forgets the FILTER. */
  private static boolean losesFilter(NaiveFunction function, NaiveFrame frame) {
    return (function == NaiveFunction.FIRST || function == NaiveFunction.FIRST_NOT_NULL)
        && frame.sql().startsWith("ROWS BETWEEN UNBOUNDED PRECEDING");
  }

  private static NaiveFunction function(boolean recent, Random random) {
    NaiveFunction function = pick(List.of(NaiveFunction.values()), random);
    while (recent ? !function.isRecent() : !function.isSql()) {
      function = pick(List.of(NaiveFunction.values()), random);
    }
    return function;
  }

  private static String argument(NaiveFunction function, boolean wraps, Random random) {
    if (function.isVariance()) {
      return pick(NUMBERS, random);
    }
    if (!function.isSum()) {
      return pick(ALL, random);
    }
    int interval = random.nextInt(10);
    String number = interval == 0 ? "iv" : interval == 1 ? "ym" : pick(NUMBERS, random);
    return number.equals("e") && function == NaiveFunction.SUM && !wraps ? "l" : number;
  }

  private static NaiveFrame frame(RandomOrder type, Random random) {
    Unit unit = pick(List.of(Unit.values()), random);
    List<Step> steps =
        unit == Unit.RANGE
            ? type.steps(random)
            : List.of(Step.ofRows(0), Step.ofRows(1), Step.ofRows(3), Step.ofRows(7));
    List<End> ends = new ArrayList<>(List.of(End.FIRST));
    for (int step = steps.size() - 1; step >= 0; step--) {
      ends.add(new End(Kind.PRECEDING, steps.get(step)));
    }
    ends.add(End.CURRENT);
    steps.forEach(step -> ends.add(new End(Kind.FOLLOWING, step)));
    ends.add(End.LAST);
    int from = random.nextInt(ends.size() - 1);
    int to = random.nextInt(3) == 0 ? ends.indexOf(End.CURRENT) : random.nextInt(ends.size());
    if (from > to || to == 0) {
      return frame(type, random);
    }
    return new NaiveFrame(unit, ends.get(from), ends.get(to));
  }

  private static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  /** A query that gives each row and column: among equal times the order of columns decides. */
  static String query(List<RandomColumn> columns, String source) {
    return IntStream.range(0, columns.size())
        .mapToObj(at -> columns.get(at).sql() + " AS w" + at)
        .collect(Collectors.joining(", ", "SELECT *, ", " FROM (" + source + ")"));
  }

  String sql() {
    String filter = window.filter().sql();
    return (recent ? recentSql() : function.sql(argument))
        + (filter == null ? "" : " FILTER (WHERE " + filter + ")")
        + " OVER (PARTITION BY c, k ORDER BY "
        + window.order().sql()
        + " "
        + window.frame().sql()
        + ")";
  }

  private String recentSql() {
    String exclude =
        window.exclude() == Exclude.NONE
            ? ""
            : ", '" + window.exclude().name().toLowerCase(Locale.ROOT) + "'";
    String limit = window.limit() == null ? "NULL" : window.limit().toString();
    return function.recent() + "(" + argument + ", " + limit + exclude + ")";
  }

  /** The values that feed the function at a row, nulls among them. */
  List<Object> values(List<Row> ordered, int current) {
    int column = RandomTable.column(argument);
    List<Object> values = new ArrayList<>();
    window.rows(ordered, current).forEach(row -> values.add(NaiveOrder.plain(row.get(column))));
    return values;
  }

  Object expected(List<Object> values, DataType type) {
    return function.of(values, type);
  }
}
