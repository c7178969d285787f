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
package io.feathub.spark.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.feathub.spark.features.ResolvedView.ResolvedFeature;
import io.feathub.spark.features.ResolvedView.Windowed;
import io.feathub.spark.features.expr.AnsiColumns;
import io.feathub.spark.window.aggregate.OverflowMode;
import io.feathub.spark.window.recent.Exclusion;
import io.feathub.spark.window.recent.RecentAggregate;
import io.feathub.spark.window.recent.RecentKind;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * A window feature: the aggregates that it needs and its value made of them.
 *
 * <p>A frame of a row without a time is empty, whatever the aggregates say of it.
 */
final class WindowFeature {
  private final ResolvedFeature feature;
  private final Windowed windowed;
  private final Operand operand;
  private final DataType result;

  /**
   * What is aggregated.
   *
   * @param raw the type in which Spark computes it
   * @param type FeatHub's type of it
   */
  record Operand(Column value, DataType raw, DataType type) {
    Column as(DataType wanted) {
      return wanted.equals(raw) ? value : AnsiColumns.cast(value, wanted);
    }

    /** As summed: a quotient of integers is an integer, which Spark computes as a double. */
    Operand exact() {
      return type instanceof IntegralType ? new Operand(as(type), type, type) : this;
    }
  }

  WindowFeature(ResolvedFeature feature, Windowed windowed, Operand operand) {
    this.feature = feature;
    this.windowed = windowed;
    this.operand = operand;
    this.result = feature.dtype().orElseGet(this::resultType);
    requireInput();
  }

  String name() {
    return feature.name();
  }

  /** The value of the feature in a row; asks for the aggregates that it needs. */
  interface Value {
    /** The value as a column of rows that have the aggregates. */
    Column in(StructType fields);
  }

  /** Asks for the aggregates that the feature needs. */
  Value plan(WindowCalls calls) {
    EventFrame frame = windowed.frame();
    if (windowed.function() == AggFunc.SUM) {
      WindowSum sum = WindowSum.of(feature.name(), operand.exact(), result, frame, calls);
      return fields -> withoutTimeEmpty(sum.in(fields));
    }
    String aggregate =
        windowed.function() == AggFunc.ROW_NUMBER
            ? calls.rowCount(frame)
            : calls.column(kind(), value(), frame);
    return fields -> {
      DataType type = fields.apply(aggregate).dataType();
      requireCast(type);
      return withoutTimeEmpty(cast(col(aggregate), type));
    };
  }

  private Column cast(Column value, DataType from) {
    return from.equals(result) ? value : AnsiColumns.cast(value, result);
  }

  private Column withoutTimeEmpty(Column value) {
    return when(col(FieldNames.EVENT_MICROS).isNull(), AnsiColumns.cast(ofNoRows(), result))
        .otherwise(value);
  }

  private void requireCast(DataType from) {
    if (!Cast.canAnsiCast(from, result)) {
      throw FeatureErrors.featureType(feature.name(), from, result);
    }
  }

  private RecentKind kind() {
    return switch (windowed.function()) {
      case SUM -> RecentKind.SUM;
      case AVG -> RecentKind.AVG;
      case MIN -> RecentKind.MIN;
      case MAX -> RecentKind.MAX;
      case COUNT, ROW_NUMBER -> RecentKind.COUNT;
      case FIRST_VALUE -> RecentKind.FIRST;
      case LAST_VALUE -> RecentKind.LAST;
      case VALUE_COUNTS -> RecentKind.VALUE_COUNTS;
      case COLLECT_LIST -> RecentKind.LIST;
    };
  }

  private Column value() {
    return switch (windowed.function()) {
      case SUM, AVG -> operand.exact().value();
      case COUNT, ROW_NUMBER -> operand.value();
      case MIN, MAX, FIRST_VALUE, LAST_VALUE, COLLECT_LIST -> operand.as(operand.type());
      case VALUE_COUNTS -> countedValue();
    };
  }

  /** Values are counted in the type that they have in the result: it may make two of them equal. */
  private Column countedValue() {
    if (result instanceof MapType map && !map.keyType().equals(operand.type())) {
      if (!Cast.canAnsiCast(operand.type(), map.keyType())) {
        throw FeatureErrors.featureType(feature.name(), operand.type(), map.keyType());
      }
      return AnsiColumns.cast(operand.as(operand.type()), map.keyType());
    }
    return operand.as(operand.type());
  }

  private DataType resultType() {
    return switch (windowed.function()) {
      case COUNT, ROW_NUMBER -> DataTypes.LongType;
      case AVG -> DataTypes.DoubleType;
      case SUM, MIN, MAX, FIRST_VALUE, LAST_VALUE -> operand.type();
      case COLLECT_LIST -> DataTypes.createArrayType(operand.type());
      case VALUE_COUNTS -> DataTypes.createMapType(operand.type(), DataTypes.LongType, false);
    };
  }

  private Column ofNoRows() {
    return switch (windowed.function()) {
      case SUM, COUNT, ROW_NUMBER -> lit(0);
      case COLLECT_LIST -> array();
      case AVG, MIN, MAX, FIRST_VALUE, LAST_VALUE, VALUE_COUNTS -> lit(null);
    };
  }

  private void requireInput() {
    switch (windowed.function()) {
      case SUM, AVG -> requireInput(operand.type() instanceof NumericType, "a number");
      case MIN, MAX -> requireInput(isAccepted(), "a type that can be ordered");
      case VALUE_COUNTS ->
          requireInput(isAccepted(), "a type that can be ordered and be the key of a map");
      case COUNT, ROW_NUMBER, FIRST_VALUE, LAST_VALUE, COLLECT_LIST -> {
        // Any value will do.
      }
    }
  }

  private void requireInput(boolean accepted, String needs) {
    if (!accepted) {
      throw FeatureErrors.aggregateType(
          feature.name(), windowed.function().name(), needs, operand.type());
    }
  }

  private boolean isAccepted() {
    return new RecentAggregate(
            kind(),
            Literal.create(null, operand.type()),
            Literal.create(null, DataTypes.LongType),
            Literal.create(Exclusion.NONE.sqlName(), DataTypes.StringType),
            OverflowMode.ANSI)
        .checkInputDataTypes()
        .isSuccess();
  }
}
