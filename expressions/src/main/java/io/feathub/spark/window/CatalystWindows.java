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
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.collection.immutable.Seq;

/** The one place of this package that reads Catalyst's Scala objects. */
final class CatalystWindows {
  private static final List<DataType> NUMBERS =
      List.of(
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType);

  private CatalystWindows() {}

  /** Whether rows can be streamed in an order: ascending, by a type that times are held in. */
  static boolean isStreamOrder(SortOrder order) {
    DataType type = order.dataType();
    return WindowFrames.isAscending(order)
        && order.child().deterministic()
        && (isTimestamp(type) || type instanceof LongType);
  }

  static boolean isTimestamp(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  static boolean isPlainNumber(DataType type) {
    return NUMBERS.contains(type);
  }

  /**
   * What is added to a row's time to get the start of its frame, of a frame {@code RANGE BETWEEN n
   * PRECEDING AND CURRENT ROW}; empty for any other frame.
   */
  static Optional<Long> precedingOffset(WindowFrame frame, DataType timeType) {
    if (!(frame instanceof SpecifiedWindowFrame range)
        || !WindowFrames.isRangeToCurrentRow(range)
        || !range.lower().foldable()) {
      return Optional.empty();
    }
    DataType lowerType = range.lower().dataType();
    boolean fits =
        isTimestamp(timeType)
            ? lowerType instanceof DayTimeIntervalType
            : lowerType instanceof LongType;
    if (fits && range.lower().eval(null) instanceof Long offset && offset <= 0) {
      return Optional.of(offset);
    }
    return Optional.empty();
  }

  static boolean isAnsi(Sum sum) {
    return EvalMode.ANSI().equals(sum.evalContext().evalMode());
  }

  static boolean isTry(Sum sum) {
    return EvalMode.TRY().equals(sum.evalContext().evalMode());
  }

  static boolean isTry(Average average) {
    return EvalMode.TRY().equals(average.evalMode());
  }

  /** An expression that is true if no operand is null, and null otherwise. */
  static Expression trueIfNoneIsNull(List<Expression> operands) {
    Expression anyNull = new IsNull(operands.get(0));
    for (Expression operand : operands.subList(1, operands.size())) {
      anyNull = new Or(anyNull, new IsNull(operand));
    }
    return new If(
        anyNull,
        Literal.create(null, DataTypes.BooleanType),
        Literal.create(true, DataTypes.BooleanType));
  }

  /**
   * Whether an ordering brings the rows of each key together and those of a key in the order of
   * time. The keys may come in any order and direction.
   */
  static boolean isSorted(List<SortOrder> ordering, Seq<Expression> keys, SortOrder time) {
    List<Expression> missing =
        new java.util.ArrayList<>(io.feathub.spark.interop.ScalaCollections.list(keys));
    for (SortOrder sorted : ordering) {
      if (missing.isEmpty()) {
        return sorted.satisfies(time);
      }
      if (!missing.removeIf(key -> isBy(sorted, key))) {
        return false;
      }
    }
    return false;
  }

  private static boolean isBy(SortOrder sorted, Expression key) {
    return sorted.children().exists(key::semanticEquals);
  }
}
