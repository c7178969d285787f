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
import io.feathub.spark.window.WindowFunction.Kind;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;

/**
 * An aggregate function of Spark's that the streaming operator knows.
 *
 * @param input null if only rows are counted
 * @param type how the input is held; null if only rows are counted
 */
record SupportedFunction(Kind kind, Expression input, ValueType type) {

  static Optional<SupportedFunction> of(AggregateFunction function) {
    if (!function.deterministic()) {
      return Optional.empty();
    }
    if (function instanceof Count count) {
      return Optional.of(count(ScalaCollections.list(count.children())));
    }
    if (function instanceof Sum sum && !CatalystWindows.isTry(sum)) {
      return number(
          sum.child(),
          CatalystWindows.isAnsi(sum) ? Kind.SUM_LONG_OR_FAIL : Kind.SUM_LONG_WRAPPING,
          Kind.SUM_DOUBLE);
    }
    if (function instanceof Average average && !CatalystWindows.isTry(average)) {
      return number(average.child(), Kind.AVERAGE_LONG, Kind.AVERAGE_DOUBLE);
    }
    if (function instanceof Min min) {
      return extreme(min.child(), Kind.MIN);
    }
    return function instanceof Max max ? extreme(max.child(), Kind.MAX) : Optional.empty();
  }

  private static SupportedFunction count(List<Expression> counted) {
    List<Expression> nullable = counted.stream().filter(Expression::nullable).toList();
    if (nullable.isEmpty()) {
      return new SupportedFunction(Kind.COUNT_ROWS, null, null);
    }
    // Values of any type are counted, so that only whether they are there is read.
    return new SupportedFunction(
        Kind.COUNT_VALUES, CatalystWindows.trueIfNoneIsNull(nullable), ValueType.BOOLEAN);
  }

  private static Optional<SupportedFunction> number(
      Expression input, Kind integers, Kind floatingPoints) {
    ValueType type = ValueType.of(input.dataType());
    if (type == null || !CatalystWindows.isPlainNumber(input.dataType())) {
      return Optional.empty();
    }
    return Optional.of(
        new SupportedFunction(type.isFloatingPoint() ? floatingPoints : integers, input, type));
  }

  private static Optional<SupportedFunction> extreme(Expression input, Kind kind) {
    ValueType type = ValueType.of(input.dataType());
    return type == null ? Optional.empty() : Optional.of(new SupportedFunction(kind, input, type));
  }

  /** The function over a frame, its input having a place among those of the window. */
  WindowFunction bind(int frame, InputPlaces places) {
    return new WindowFunction(kind, frame, input == null ? -1 : places.placeOf(input, type), type);
  }

  /** Gives each distinct input a place. */
  interface InputPlaces {
    int placeOf(Expression input, ValueType type);
  }
}
