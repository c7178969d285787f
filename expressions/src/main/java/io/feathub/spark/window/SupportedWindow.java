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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import scala.collection.immutable.Seq;

/**
 * A window that the streaming operator can run, recognised from Catalyst's expressions: all of its
 * functions and frames are supported. Anything else is left to Spark.
 *
 * @param offsets the distinct distances of the frames' starts, negative or zero
 * @param inputs the distinct inputs of the functions
 * @param types how the inputs are held
 */
record SupportedWindow(
    SortOrder order,
    List<Long> offsets,
    List<Expression> inputs,
    List<ValueType> types,
    List<WindowFunction> functions) {

  static Optional<SupportedWindow> of(
      Seq<NamedExpression> windowExpressions, Seq<Expression> keys, Seq<SortOrder> orders) {
    if (orders.size() != 1
        || !CatalystWindows.isStreamOrder(orders.head())
        || !ScalaCollections.list(keys).stream().allMatch(SupportedWindow::isKey)) {
      return Optional.empty();
    }
    Builder builder = new Builder(orders.head());
    for (NamedExpression expression : ScalaCollections.list(windowExpressions)) {
      if (!builder.add(expression)) {
        return Optional.empty();
      }
    }
    return builder.build();
  }

  /** Keys are compared by the bytes of their row. */
  private static boolean isKey(Expression key) {
    return key.deterministic() && UnsafeRowUtils.isBinaryStable(key.dataType());
  }

  /** Collects the functions of a window; frames and inputs that are equal are shared. */
  private static final class Builder {
    private final SortOrder order;
    private final List<Long> offsets = new ArrayList<>();
    private final List<Expression> inputs = new ArrayList<>();
    private final List<ValueType> types = new ArrayList<>();
    private final List<WindowFunction> functions = new ArrayList<>();

    Builder(SortOrder order) {
      this.order = order;
    }

    /** Whether the expression is supported. */
    boolean add(NamedExpression named) {
      if (!(named instanceof Alias alias)
          || !(alias.child() instanceof WindowExpression window)
          || !(window.windowFunction() instanceof AggregateExpression aggregate)
          || aggregate.isDistinct()
          || aggregate.filter().isDefined()) {
        return false;
      }
      Optional<Long> offset =
          CatalystWindows.precedingOffset(
              window.windowSpec().frameSpecification(), order.dataType());
      Optional<SupportedFunction> function = SupportedFunction.of(aggregate.aggregateFunction());
      if (offset.isEmpty() || function.isEmpty()) {
        return false;
      }
      functions.add(function.get().bind(frame(offset.get()), this::input));
      return true;
    }

    Optional<SupportedWindow> build() {
      if (functions.isEmpty() || inputs.size() > RowReader.MAX_INPUTS) {
        return Optional.empty();
      }
      return Optional.of(
          new SupportedWindow(
              order,
              List.copyOf(offsets),
              List.copyOf(inputs),
              List.copyOf(types),
              List.copyOf(functions)));
    }

    private int frame(long offset) {
      if (!offsets.contains(offset)) {
        offsets.add(offset);
      }
      return offsets.indexOf(offset);
    }

    private int input(Expression input, ValueType type) {
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i).semanticEquals(input)) {
          return i;
        }
      }
      inputs.add(input);
      types.add(type);
      return inputs.size() - 1;
    }
  }
}
