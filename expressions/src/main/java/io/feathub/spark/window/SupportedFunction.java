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
import io.feathub.spark.window.aggregate.LoneSample;
import io.feathub.spark.window.aggregate.OverflowMode;
import io.feathub.spark.window.recent.RecentAggregate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NthValue;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * An aggregate function of Spark's that the streaming operator knows.
 *
 * @param input null if only rows are counted
 * @param type how the input is held; null if only rows are counted
 * @param ignoresNulls whether rows without input are left out beforehand
 */
record SupportedFunction(
    Computation computation, Expression input, ValueType type, boolean ignoresNulls) {

  private static SupportedFunction plain(FunctionKind kind, Expression input, ValueType type) {
    return new SupportedFunction(Computation.of(kind), input, type, false);
  }

  static Optional<SupportedFunction> of(AggregateFunction function) {
    if (!function.deterministic()) {
      return Optional.empty();
    }
    if (function instanceof Count count) {
      return Optional.of(count(ScalaCollections.list(count.children())));
    }
    if (function instanceof Sum sum) {
      return sum(
          sumKind(sum.child().dataType()),
          sum.child(),
          CatalystWindows.overflow(sum.evalContext().evalMode()),
          sum.origin().context());
    }
    if (function instanceof Average average) {
      return sum(
          averageKind(average.child().dataType()),
          average.child(),
          CatalystWindows.overflow(average.evalMode()),
          average.origin().context());
    }
    if (function instanceof CentralMomentAgg moment) {
      return moment(moment);
    }
    return function instanceof RecentAggregate recent ? recent(recent) : value(function);
  }

  /** The first value of a frame. */
  static SupportedFunction first(NthValue first) {
    return any(FunctionKind.FIRST, first.input(), first.ignoreNulls()).orElseThrow();
  }

  private static Optional<SupportedFunction> recent(RecentAggregate recent) {
    Expression input = recent.input();
    DataType type = input.dataType();
    return switch (recent.kind()) {
      case SUM -> sum(sumKind(type), input, recent.overflow(), recent.origin().context());
      case SUM_FLOAT -> Optional.of(plain(FunctionKind.SUM_OF_FLOATS, input, ValueType.of(type)));
      case AVG -> sum(averageKind(type), input, recent.overflow(), recent.origin().context());
      case MIN -> comparing(FunctionKind.MIN, input);
      case MAX -> comparing(FunctionKind.MAX, input);
      case COUNT -> Optional.of(count(List.of(input)));
      case FIRST -> any(FunctionKind.FIRST, input, false);
      case LAST -> any(FunctionKind.LAST, input, false);
      case LIST -> any(FunctionKind.LIST, input, false);
      case VALUE_COUNTS -> comparing(FunctionKind.VALUE_COUNTS, input);
    };
  }

  private static SupportedFunction count(List<Expression> counted) {
    List<Expression> nullable = counted.stream().filter(Expression::nullable).toList();
    if (nullable.isEmpty()) {
      return plain(FunctionKind.COUNT_ROWS, null, null);
    }
    // Values of any type are counted, so that only whether they are there is read.
    Expression input =
        nullable.size() == 1 ? nullable.get(0) : CatalystWindows.trueIfNoneIsNull(nullable);
    return plain(FunctionKind.COUNT_VALUES, input, ValueType.PRESENCE);
  }

  private static Optional<SupportedFunction> sum(
      FunctionKind kind, Expression input, OverflowMode overflow, QueryContext context) {
    return kind == null
        ? Optional.empty()
        : Optional.of(
            new SupportedFunction(
                new Computation(kind, overflow, LoneSample.NULL, context),
                input,
                ValueType.of(input.dataType()),
                false));
  }

  private static FunctionKind sumKind(DataType type) {
    if (type instanceof DecimalType) {
      return FunctionKind.SUM_OF_DECIMALS;
    }
    if (type instanceof DayTimeIntervalType) {
      return FunctionKind.SUM_OF_DAY_TIME;
    }
    if (type instanceof YearMonthIntervalType) {
      return FunctionKind.SUM_OF_YEAR_MONTH;
    }
    if (!CatalystWindows.isPlainNumber(type)) {
      return null;
    }
    return isFloatingPoint(type) ? FunctionKind.SUM_OF_DOUBLES : FunctionKind.SUM_OF_LONGS;
  }

  private static FunctionKind averageKind(DataType type) {
    if (type instanceof DecimalType) {
      return FunctionKind.AVERAGE_OF_DECIMALS;
    }
    if (type instanceof DayTimeIntervalType) {
      return FunctionKind.AVERAGE_OF_DAY_TIME;
    }
    if (type instanceof YearMonthIntervalType) {
      return FunctionKind.AVERAGE_OF_YEAR_MONTH;
    }
    if (!CatalystWindows.isPlainNumber(type)) {
      return null;
    }
    return isFloatingPoint(type) ? FunctionKind.AVERAGE_OF_DOUBLES : FunctionKind.AVERAGE_OF_LONGS;
  }

  private static boolean isFloatingPoint(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }

  private static Optional<SupportedFunction> moment(CentralMomentAgg moment) {
    FunctionKind kind = null;
    boolean nullOnDivideByZero = true;
    if (moment instanceof VariancePop) {
      kind = FunctionKind.VARIANCE_OF_POPULATION;
    } else if (moment instanceof StddevPop) {
      kind = FunctionKind.DEVIATION_OF_POPULATION;
    } else if (moment instanceof VarianceSamp variance) {
      kind = FunctionKind.VARIANCE_OF_SAMPLE;
      nullOnDivideByZero = variance.nullOnDivideByZero();
    } else if (moment instanceof StddevSamp deviation) {
      kind = FunctionKind.DEVIATION_OF_SAMPLE;
      nullOnDivideByZero = deviation.nullOnDivideByZero();
    }
    Expression input = moment.children().head();
    return kind == null
        ? Optional.empty()
        : Optional.of(
            new SupportedFunction(
                new Computation(
                    kind,
                    OverflowMode.ANSI,
                    nullOnDivideByZero ? LoneSample.NULL : LoneSample.NAN,
                    null),
                input,
                ValueType.of(input.dataType()),
                false));
  }

  private static Optional<SupportedFunction> value(AggregateFunction function) {
    if (function instanceof Min min) {
      return comparing(FunctionKind.MIN, min.child());
    }
    if (function instanceof Max max) {
      return comparing(FunctionKind.MAX, max.child());
    }
    if (function instanceof First first) {
      return any(FunctionKind.FIRST, first.child(), first.ignoreNulls());
    }
    if (function instanceof Last last) {
      return any(FunctionKind.LAST, last.child(), last.ignoreNulls());
    }
    return function instanceof CollectList list
        ? any(FunctionKind.LIST, list.child(), list.ignoreNulls())
        : Optional.empty();
  }

  /** A function of values that are compared. */
  private static Optional<SupportedFunction> comparing(FunctionKind kind, Expression input) {
    ValueType type = ValueType.of(input.dataType());
    boolean isComparable =
        type != null
            && (!type.isBytes()
                || (CatalystWindows.isText(input.dataType())
                    && UnsafeRowUtils.isBinaryStable(input.dataType())));
    return isComparable ? Optional.of(plain(kind, input, type)) : Optional.empty();
  }

  private static Optional<SupportedFunction> any(
      FunctionKind kind, Expression input, boolean ignoresNulls) {
    ValueType type = ValueType.of(input.dataType());
    return type == null
        ? Optional.empty()
        : Optional.of(
            new SupportedFunction(
                Computation.of(kind), input, type, ignoresNulls && input.nullable()));
  }
}
