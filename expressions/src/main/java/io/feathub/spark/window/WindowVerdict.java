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

import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.interop.WindowFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NthValue;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import scala.collection.immutable.Seq;

/**
 * Whether the streaming operator can run a window, and if not, why.
 *
 * @param functions in the order of the window's expressions; empty if it cannot
 * @param refusal what stands in the way; null if nothing does
 */
record WindowVerdict(List<WindowFunction> functions, String refusal) {
  /** Lanes, and the inputs of a lane, are numbered by the bits of a long. */
  private static final int MOST = Long.SIZE;

  /**
   * Judges a window.
   *
   * @param windowExpressions aliases of window expressions
   */
  static WindowVerdict of(
      Seq<NamedExpression> windowExpressions, Seq<Expression> keys, Seq<SortOrder> orders) {
    String refusal = refusalOfOrder(keys, orders);
    List<WindowFunction> functions = new ArrayList<>();
    for (NamedExpression expression : ScalaCollections.list(windowExpressions)) {
      if (refusal == null) {
        refusal = add(expression, orders, functions);
      }
    }
    if (refusal == null) {
      refusal = refusalOfAll(functions);
    }
    return refusal == null
        ? new WindowVerdict(List.copyOf(functions), null)
        : new WindowVerdict(List.of(), refusal);
  }

  private static String refusalOfOrder(Seq<Expression> keys, Seq<SortOrder> orders) {
    for (Expression key : ScalaCollections.list(keys)) {
      if (!key.deterministic() || !UnsafeRowUtils.isBinaryStable(key.dataType())) {
        return "keys of type " + key.dataType().catalogString() + " (" + key.sql() + ")";
      }
    }
    for (SortOrder order : ScalaCollections.list(orders)) {
      if (!order.child().deterministic() || !RowOrdering.isOrderable(order.dataType())) {
        return "ORDER BY " + order.child().sql();
      }
    }
    return null;
  }

  private static String refusalOfAll(List<WindowFunction> functions) {
    if (functions.stream().anyMatch(WindowFunction::isCut)
        && functions.stream().anyMatch(WindowFunction::looksAhead)) {
      return "a frame that reaches beyond the current row beside recent_* functions";
    }
    if (distinct(functions, WindowFunction::input) > MOST) {
      return "more than " + MOST + " inputs of functions";
    }
    return distinct(functions, WindowFunction::rows) > MOST
        ? "more than " + MOST + " conditions of functions"
        : null;
  }

  private static long distinct(
      List<WindowFunction> functions, Function<WindowFunction, Object> property) {
    return functions.stream().map(property).distinct().count();
  }

  boolean isSupported() {
    return refusal == null;
  }

  /** Whether results depend on the order of rows that are equal by ORDER BY. */
  boolean dependsOnTies() {
    return functions.stream().anyMatch(WindowFunction::dependsOnTies);
  }

  /** Adds the function of an expression, or says why it is not supported. */
  private static String add(
      NamedExpression named, Seq<SortOrder> orders, List<WindowFunction> functions) {
    if (!(named instanceof Alias alias) || !(alias.child() instanceof WindowExpression window)) {
      return "the function " + CatalystWindows.functionName(named);
    }
    if (window.windowFunction() instanceof NthValue first && CatalystWindows.isFirst(first)) {
      // What the optimizer makes of FIRST_VALUE.
      return add(SupportedFunction.first(first), null, window, orders, functions);
    }
    if (!(window.windowFunction() instanceof AggregateExpression aggregate)) {
      return "the function " + CatalystWindows.functionName(named);
    }
    if (aggregate.isDistinct()) {
      return aggregate.aggregateFunction().prettyName() + "(DISTINCT ..)";
    }
    Expression condition = aggregate.filter().isDefined() ? aggregate.filter().get() : null;
    if (condition != null && !condition.deterministic()) {
      return "the condition " + condition.sql();
    }
    Optional<SupportedFunction> function = SupportedFunction.of(aggregate.aggregateFunction());
    if (function.isEmpty()) {
      return "the function " + CatalystWindows.signature(aggregate.aggregateFunction());
    }
    return add(function.get(), aggregate, window, orders, functions);
  }

  private static String add(
      SupportedFunction function,
      AggregateExpression aggregate,
      WindowExpression window,
      Seq<SortOrder> orders,
      List<WindowFunction> functions) {
    if (!(window.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame)) {
      return "a frame that is not specified";
    }
    Optional<WindowFunction.FrameBounds> bounds = bounds(frame, orders);
    if (bounds.isEmpty()) {
      return "the frame " + frame.sql();
    }
    functions.add(
        aggregate == null
            ? WindowFunction.plain(function, bounds.get())
            : WindowFunction.of(function, aggregate, bounds.get()));
    return null;
  }

  private static Optional<WindowFunction.FrameBounds> bounds(
      SpecifiedWindowFrame frame, Seq<SortOrder> orders) {
    boolean range = WindowFrames.isRange(frame);
    WindowFunction.Edge lower = edge(frame.lower(), range, orders);
    WindowFunction.Edge upper = edge(frame.upper(), range, orders);
    return lower == null || upper == null
        ? Optional.empty()
        : Optional.of(new WindowFunction.FrameBounds(range, lower, upper));
  }

  private static WindowFunction.Edge edge(Expression bound, boolean range, Seq<SortOrder> orders) {
    if (WindowFrames.isUnbounded(bound)) {
      return WindowFunction.Edge.UNBOUNDED;
    }
    if (WindowFrames.isCurrentRow(bound)) {
      return new WindowFunction.Edge(bound, 0);
    }
    Integer sign = bound.foldable() ? CatalystWindows.sign(bound.eval(null)) : null;
    if (sign == null || (range && !isDistance(bound, orders))) {
      return null;
    }
    return new WindowFunction.Edge(bound, sign);
  }

  private static boolean isDistance(Expression bound, Seq<SortOrder> orders) {
    return orders.size() == 1
        && OrderValue.of(orders.head().dataType()) != null
        && CatalystWindows.isDistance(orders.head().dataType(), bound.dataType());
  }
}
