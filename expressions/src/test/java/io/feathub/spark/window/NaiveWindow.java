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
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/**
 * Which rows feed a function at a row, found in the slowest and plainest way: the rows of the
 * frame, of these what the filter lets through, of these what is not excluded, of these the last
 * ones.
 *
 * @param filter what FILTER (WHERE ..) says
 * @param limit how many rows at the end are left; null for all
 */
record NaiveWindow(
    NaiveFrame frame, NaiveFrame.Order order, Filter filter, Exclude exclude, Integer limit) {

  /** A condition on a row; what is null does not hold. */
  record Filter(String sql, Predicate<Row> holds) {
    static final Filter NONE = new Filter(null, row -> true);
  }

  enum Exclude {
    NONE,
    CURRENT_ROW,
    /** The peers of the current row but not itself. */
    CURRENT_TIME,
    /** The current row and its peers. */
    CURRENT_GROUP
  }

  /**
   * The rows that feed the function.
   *
   * @param ordered the rows of a partition in their order
   */
  List<Row> rows(List<Row> ordered, int current) {
    List<Row> left =
        frame.rows(ordered, current, order).stream()
            .filter(at -> !isExcluded(ordered, at, current))
            .map(ordered::get)
            .filter(filter.holds())
            .toList();
    return limit == null || left.size() <= limit
        ? left
        : left.subList(left.size() - limit, left.size());
  }

  private boolean isExcluded(List<Row> ordered, int at, int current) {
    Object time = order.time(ordered.get(current));
    boolean peer = order.compare(order.time(ordered.get(at)), time) == 0;
    return switch (exclude) {
      case NONE -> false;
      case CURRENT_ROW -> at == current;
      case CURRENT_TIME -> peer && at != current;
      case CURRENT_GROUP -> peer;
    };
  }
}
