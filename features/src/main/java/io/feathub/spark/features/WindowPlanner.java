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

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.when;

import io.feathub.spark.features.ResolvedView.ResolvedFeature;
import io.feathub.spark.features.ResolvedView.Windowed;
import io.feathub.spark.features.expr.AnsiColumns;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * Adds a window feature: a standard SQL window over the microseconds of the event time, so that a
 * day is 24 hours whatever the calendar says.
 *
 * <p>A row with a time is in its own window. So no window of such a row is empty, and only rows
 * without a time, which SQL would make a window of their own, need the value of an empty one.
 */
final class WindowPlanner {
  private static final DataType LONG_AS_DECIMAL = DataTypes.createDecimalType(19, 0);

  /** Keeps the lower bound of a window in the range of a long for each time in a file. */
  private static final long LONGEST_SIZE = Long.MAX_VALUE / 4;

  private final ResolvedFeature feature;
  private final Windowed windowed;
  private final DataType input;
  private final DataType result;

  /** {@code input} is the type of the expression that is aggregated. */
  WindowPlanner(ResolvedFeature feature, Windowed windowed, DataType input) {
    this.feature = feature;
    this.windowed = windowed;
    this.input = input;
    this.result = feature.dtype().orElseGet(this::resultType);
  }

  /** The rows with the feature, which aggregates {@code value}. */
  Dataset<Row> add(Dataset<Row> rows, Column value) {
    requireNumberIfNeeded();
    String aggregate = "__feathub_window_" + rows.columns().length + "__";
    Dataset<Row> wider =
        windowed.function() == AggFunc.SUM && input.equals(DataTypes.LongType)
            ? withSumOfLongs(rows, aggregate, value)
            : rows.withColumn(aggregate, aggregate(value).over(window()));
    DataType raw = wider.schema().apply(aggregate).dataType();
    if (!Cast.canAnsiCast(raw, result)) {
      throw FeatureErrors.featureType(feature.name(), raw, result);
    }
    Column typed =
        windowed.function() == AggFunc.SUM
            ? SumFit.cast(feature.name(), col(aggregate), raw, result)
            : AnsiColumns.cast(col(aggregate), result);
    Column withoutTime = AnsiColumns.cast(emptyWindow(), result);
    return wider
        .withColumn(
            feature.name(),
            when(col(FieldNames.EVENT_MICROS).isNull(), withoutTime).otherwise(typed))
        .drop(aggregate);
  }

  private WindowSpec window() {
    Column[] groups =
        windowed.groupByKeys().stream()
            .map(key -> col(FieldNames.quoted(key)))
            .toArray(Column[]::new);
    return Window.partitionBy(groups)
        .orderBy(col(FieldNames.EVENT_MICROS))
        .rangeBetween(-Math.min(windowed.sizeInMicros(), LONGEST_SIZE), Window.currentRow());
  }

  private Column aggregate(Column value) {
    return switch (windowed.function()) {
      case SUM -> AnsiColumns.sum(value);
      case AVG -> avg(value);
      case MIN -> min(value);
      case MAX -> max(value);
      case COUNT -> count(value);
      case ROW_NUMBER, FIRST_VALUE, LAST_VALUE, VALUE_COUNTS, COLLECT_LIST ->
          throw FeatureErrors.notSupported("The aggregate function " + windowed.function());
    };
  }

  /**
   * The sum of longs as a decimal. The upper and the lower halves are summed apart, which no window
   * makes too large for a long; a sum of decimals would keep a decimal per row.
   */
  private Dataset<Row> withSumOfLongs(Dataset<Row> rows, String aggregate, Column value) {
    String high = aggregate + "high__";
    String low = aggregate + "low__";
    Column unit = AnsiColumns.cast(lit(1L << 32), DataTypes.createDecimalType(10, 0));
    return rows.withColumns(
            Map.of(
                high, AnsiColumns.sum(shiftright(value, 32)).over(window()),
                low, AnsiColumns.sum(value.bitwiseAND((1L << 32) - 1)).over(window())))
        .withColumn(
            aggregate,
            AnsiColumns.cast(col(high), LONG_AS_DECIMAL)
                .multiply(unit)
                .plus(AnsiColumns.cast(col(low), LONG_AS_DECIMAL)))
        .drop(high, low);
  }

  private DataType resultType() {
    return switch (windowed.function()) {
      case COUNT -> DataTypes.LongType;
      case AVG -> DataTypes.DoubleType;
      default -> input;
    };
  }

  private Column emptyWindow() {
    return switch (windowed.function()) {
      case SUM, COUNT -> lit(0);
      default -> lit(null);
    };
  }

  private void requireNumberIfNeeded() {
    boolean needed = windowed.function() == AggFunc.SUM || windowed.function() == AggFunc.AVG;
    if (needed && !(input instanceof NumericType)) {
      throw FeatureErrors.aggregateOfNoNumber(feature.name(), windowed.function().name(), input);
    }
  }
}
