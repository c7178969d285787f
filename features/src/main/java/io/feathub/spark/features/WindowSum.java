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

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.when;

import io.feathub.spark.features.WindowFeature.Operand;
import io.feathub.spark.features.expr.AnsiColumns;
import io.feathub.spark.window.recent.RecentKind;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructType;

/**
 * A sum over a frame in the type of its feature: 0 over no rows, null over nulls only, an error
 * that names the feature if it does not fit.
 */
final class WindowSum {
  private static final DataType LONG_AS_DECIMAL = DataTypes.createDecimalType(19, 0);

  /** A sum of decimals of as many digits always fits: its type has ten more. */
  private static final int EXTENDED = DecimalType.MAX_PRECISION() - 10;

  /** Holds the sum of as many longs as there can be. */
  private static final DataType SUM_OF_LONGS = DataTypes.createDecimalType(38, 0);

  private final DataType result;
  private final WindowFeature.Value sum;

  /** The column with the number of rows in the frame; null if there always is one. */
  private final String rowCount;

  private WindowSum(DataType result, WindowFeature.Value sum, String rowCount) {
    this.result = result;
    this.sum = sum;
    this.rowCount = rowCount;
  }

  /** Asks for the aggregates that the sum needs. */
  static WindowSum of(
      String feature, Operand operand, DataType result, EventFrame frame, WindowCalls calls) {
    String rowCount = frame.mayBeEmpty() ? calls.rowCount(frame) : null;
    return new WindowSum(result, sum(feature, operand, result, frame, calls), rowCount);
  }

  private static WindowFeature.Value sum(
      String feature, Operand operand, DataType result, EventFrame frame, WindowCalls calls) {
    if (operand.raw() instanceof LongType) {
      Column sum = sumOfLongs(operand.value(), frame, calls);
      return fields -> fitted(feature, sum, SUM_OF_LONGS, result);
    }
    if (operand.raw() instanceof DecimalType decimal && decimal.precision() > EXTENDED) {
      return sumOfWideDecimals(feature, operand.value(), result, frame, calls);
    }
    String sum = calls.column(RecentKind.SUM, operand.value(), frame);
    if (operand.raw() instanceof FloatType && result instanceof FloatType) {
      String rounded = calls.column(RecentKind.SUM_FLOAT, operand.value(), frame);
      return fields -> SumFit.floats(feature, col(rounded), col(sum));
    }
    return fields -> fitted(feature, col(sum), fields.apply(sum).dataType(), result);
  }

  private static WindowFeature.Value sumOfWideDecimals(
      String feature, Column value, DataType result, EventFrame frame, WindowCalls calls) {
    String sum = calls.sumOrNull(value, frame);
    String summands = calls.column(RecentKind.COUNT, value, frame);
    return fields ->
        when(
                col(sum).isNull().and(col(summands).gt(0)),
                SumFit.refused(feature, lit("of more than 38 digits"), result))
            .otherwise(fitted(feature, col(sum), fields.apply(sum).dataType(), result));
  }

  private static Column fitted(String feature, Column sum, DataType from, DataType to) {
    if (!Cast.canAnsiCast(from, to)) {
      throw FeatureErrors.featureType(feature, from, to);
    }
    return SumFit.cast(feature, sum, from, to);
  }

  /**
   * The sum of longs as a decimal. The upper and the lower halves are summed apart, which no window
   * makes too large for a long; a sum of decimals would keep a decimal per row.
   */
  private static Column sumOfLongs(Column value, EventFrame frame, WindowCalls calls) {
    Column high = col(calls.column(RecentKind.SUM, shiftright(value, 32), frame));
    Column low = col(calls.column(RecentKind.SUM, value.bitwiseAND(lit((1L << 32) - 1)), frame));
    Column unit = AnsiColumns.cast(lit(1L << 32), DataTypes.createDecimalType(10, 0));
    return AnsiColumns.cast(
        AnsiColumns.cast(high, LONG_AS_DECIMAL)
            .multiply(unit)
            .plus(AnsiColumns.cast(low, LONG_AS_DECIMAL)),
        SUM_OF_LONGS);
  }

  /** The sum as a column of rows that have the aggregates. */
  Column in(StructType fields) {
    Column value = sum.in(fields);
    return rowCount == null
        ? value
        : when(col(rowCount).equalTo(0), AnsiColumns.cast(lit(0), result)).otherwise(value);
  }
}
