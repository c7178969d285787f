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
import io.feathub.spark.window.aggregate.OverflowMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.DecimalAddNoOverflowCheck;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalDays;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NthValue;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.TimestampAddInterval;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import scala.Option;
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

  static boolean isTimestamp(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  static boolean isPlainNumber(DataType type) {
    return NUMBERS.contains(type);
  }

  /** Text or bytes, which are ordered by their bytes. */
  static boolean isText(DataType type) {
    return type instanceof StringType || type instanceof BinaryType;
  }

  /** Whether Spark adds values of the second type to values of the first in RANGE frames. */
  static boolean isDistance(DataType order, DataType offset) {
    if (offset instanceof CalendarIntervalType) {
      return false;
    }
    if (isTimestamp(order)) {
      return offset instanceof DayTimeIntervalType || offset instanceof YearMonthIntervalType;
    }
    if (order instanceof DateType) {
      return offset instanceof IntegerType
          || offset instanceof DayTimeIntervalType
          || offset instanceof YearMonthIntervalType;
    }
    return order.equals(offset) || (order instanceof DecimalType && offset instanceof DecimalType);
  }

  /** The sign of an offset, or null if it is no number. */
  static Integer sign(Object offset) {
    if (offset instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal().signum();
    }
    if (offset instanceof Double || offset instanceof Float) {
      double number = ((Number) offset).doubleValue();
      return Double.isNaN(number) ? null : (Integer) (int) Math.signum(number);
    }
    return offset instanceof Number number ? (Integer) Long.signum(number.longValue()) : null;
  }

  /** The number of a ROWS offset. */
  static long rows(Expression offset) {
    return ((Number) offset.eval(null)).longValue();
  }

  /** The expression by which Spark's own operator makes the bound of a RANGE frame. */
  static Expression bound(Expression order, Expression offset, boolean ascending, String timeZone) {
    Expression distance = ascending ? offset : new UnaryMinus(offset, SQLConf.get().ansiEnabled());
    DataType type = order.dataType();
    DataType offsetType = distance.dataType();
    if (type instanceof DateType) {
      if (offsetType instanceof IntegerType) {
        return new DateAdd(order, distance);
      }
      return offsetType instanceof YearMonthIntervalType
          ? new DateAddYMInterval(order, distance)
          : new DateAdd(order, new ExtractANSIIntervalDays(distance));
    }
    if (isTimestamp(type)) {
      return offsetType instanceof YearMonthIntervalType
          ? new TimestampAddYMInterval(order, distance, Option.apply(timeZone))
          : new TimestampAddInterval(order, distance, Option.apply(timeZone));
    }
    return type instanceof DecimalType
        ? new DecimalAddNoOverflowCheck(order, distance, type)
        : new Add(order, distance);
  }

  /** What becomes of a sum that does not fit, by Catalyst's evaluation mode. */
  static OverflowMode overflow(Object mode) {
    if (EvalMode.ANSI().equals(mode)) {
      return OverflowMode.ANSI;
    }
    return EvalMode.TRY().equals(mode) ? OverflowMode.TRY : OverflowMode.LEGACY;
  }

  /** Whether it is the first value that is wanted, of a type that can be held. */
  static boolean isFirst(NthValue value) {
    return value.offset().foldable()
        && value.offset().eval(null) instanceof Number offset
        && offset.longValue() == 1
        && value.input().deterministic()
        && ValueType.of(value.input().dataType()) != null;
  }

  /** A function's name and the types of its inputs. */
  static String signature(Expression function) {
    return ScalaCollections.list(function.children()).stream()
        .map(child -> child.dataType().catalogString())
        .collect(Collectors.joining(", ", function.prettyName() + "(", ")"));
  }

  /** The name of the function that a column of a window is made by. */
  static String functionName(NamedExpression named) {
    if (named instanceof Alias alias && alias.child() instanceof WindowExpression window) {
      return window.windowFunction().prettyName();
    }
    return ((Expression) named).sql();
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
   * ORDER BY. The keys may come in any order and direction.
   */
  static boolean isSorted(List<SortOrder> ordering, Seq<Expression> keys, Seq<SortOrder> orderBy) {
    List<Expression> missing = new ArrayList<>(ScalaCollections.list(keys));
    int sorted = 0;
    while (!missing.isEmpty()) {
      if (sorted == ordering.size() || !removeKey(missing, ordering.get(sorted++))) {
        return false;
      }
    }
    for (SortOrder wanted : ScalaCollections.list(orderBy)) {
      if (sorted == ordering.size() || !ordering.get(sorted++).satisfies(wanted)) {
        return false;
      }
    }
    return true;
  }

  private static boolean removeKey(List<Expression> keys, SortOrder sorted) {
    return keys.removeIf(key -> isBy(sorted, key));
  }

  private static boolean isBy(SortOrder sorted, Expression key) {
    return sorted.children().exists(key::semanticEquals);
  }
}
