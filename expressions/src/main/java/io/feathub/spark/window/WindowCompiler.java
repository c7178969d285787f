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

import io.feathub.spark.interop.WindowFrames;
import io.feathub.spark.window.recent.Exclusion;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.types.StructType;

/** Makes the plan of a window: which lanes there are, what they keep, and who looks at it. */
final class WindowCompiler {
  private final List<WindowFunction> functions;
  private final StructType results;
  private final SortOrder order;
  private final Distances distances;
  private final List<Expression> columns = new ArrayList<>();
  private final List<LaneBuilder> lanes = new ArrayList<>();
  private final Pace pace;

  /**
   * @param results the columns that the functions give, in their order
   * @param distances makes distances; null if there is not one ORDER BY column
   */
  WindowCompiler(
      List<WindowFunction> functions, StructType results, SortOrder order, Distances distances) {
    this.functions = functions;
    this.results = results;
    this.order = order;
    this.distances = distances;
    this.pace = pace(functions);
  }

  /**
   * What was compiled.
   *
   * @param columns the columns that are read; null if these are the input's own
   */
  record Compiled(WindowPlan plan, List<Expression> columns) {}

  /** Compiles for an input with these columns. */
  Compiled compile(List<Attribute> input) {
    for (int i = 0; i < functions.size(); i++) {
      add(functions.get(i), i);
    }
    boolean byDistance = lanes.stream().anyMatch(LaneBuilder::goesByDistance);
    int orderAt = byDistance ? column(order.child()) : LaneLayout.NONE;
    ColumnPlaces places = new ColumnPlaces(columns, input);
    OrderColumn orderColumn =
        byDistance
            ? new OrderColumn(
                places.of(orderAt),
                OrderValue.of(order.dataType()),
                !WindowFrames.isAscending(order),
                WindowFrames.isNullsFirst(order))
            : null;
    List<LanePlan> plans = lanes.stream().map(lane -> lane.build(places::of)).toList();
    return new Compiled(
        new WindowPlan(orderColumn, pace, plans, results),
        places.areInput() ? null : List.copyOf(columns));
  }

  private static Pace pace(List<WindowFunction> functions) {
    if (functions.stream().anyMatch(WindowFunction::looksAhead) || mayWrapAround(functions)) {
      return Pace.AHEAD;
    }
    return functions.stream().anyMatch(function -> function.frame().range())
        ? Pace.PEERS
        : Pace.ROW;
  }

  /**
   * Whether a bound before the current row may wrap around, at the ends of the type, to one after
   * it. Where rows are cut it is not looked for: such frames are of the past.
   */
  private static boolean mayWrapAround(List<WindowFunction> functions) {
    return functions.stream().noneMatch(WindowFunction::isCut)
        && functions.stream()
            .map(WindowFunction::frame)
            .anyMatch(frame -> frame.range() && frame.upper().sign() < 0);
  }

  private void add(WindowFunction function, int result) {
    SupportedFunction supported = function.function();
    int condition = function.condition() == null ? LaneLayout.NONE : column(function.condition());
    int required = supported.ignoresNulls() ? column(supported.input()) : LaneLayout.NONE;
    LaneBuilder lane = lane(condition, required);
    int input =
        supported.input() == null
            ? LaneLayout.NONE
            : lane.input(
                column(supported.input()),
                supported.type(),
                supported.input().nullable() && !supported.ignoresNulls());
    Exclusion exclude = function.effectiveExclude();
    Bound upper = bound(function.frame(), function.frame().upper());
    boolean entersAtOnce = !exclude.keepsPeersOut() && entersAtOnce(upper);
    lane.add(
        new FramePlan(
            bound(function.frame(), function.frame().lower()),
            upper,
            exclude,
            function.limit(),
            entersAtOnce,
            List.of()),
        new FunctionPlan(
            supported.computation(),
            input,
            supported.type(),
            supported.input() == null ? null : supported.input().dataType(),
            result));
  }

  /** Whether a row that has been read is within the upper bound of all rows that are ready. */
  private boolean entersAtOnce(Bound upper) {
    return switch (pace) {
      case ROW -> upper instanceof Bound.Rows rows && rows.offset() == 0;
      case PEERS -> upper instanceof Bound.Peers;
      case AHEAD -> upper instanceof Bound.Unbounded;
    };
  }

  private Bound bound(WindowFunction.FrameBounds frame, WindowFunction.Edge edge) {
    if (edge.isUnbounded()) {
      return new Bound.Unbounded();
    }
    if (!frame.range()) {
      return new Bound.Rows(edge.isCurrentRow() ? 0 : CatalystWindows.rows(edge.offset()));
    }
    return edge.isCurrentRow()
        ? new Bound.Peers()
        : new Bound.Range(distances.of(order, edge.offset()));
  }

  private LaneBuilder lane(int condition, int required) {
    for (LaneBuilder lane : lanes) {
      if (lane.takes(condition, required)) {
        return lane;
      }
    }
    boolean orderIsNullable = order != null && order.child().nullable();
    LaneBuilder lane = new LaneBuilder(condition, required, orderIsNullable);
    lanes.add(lane);
    return lane;
  }

  private int column(Expression expression) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).semanticEquals(expression)) {
        return i;
      }
    }
    columns.add(expression);
    return columns.size() - 1;
  }
}
