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

import io.feathub.spark.features.expr.AnsiColumns;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.window.aggregate.OverflowMode;
import io.feathub.spark.window.recent.RecentAggregate;
import io.feathub.spark.window.recent.RecentKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The aggregates that windows need of the same rows, each computed once: windows over the
 * microseconds of the event time, so that a day is 24 hours whatever the calendar says. All of them
 * are added in one step, so that Spark makes one window of all that have the same group keys.
 */
final class WindowCalls {
  /** Keeps the lower bound of a window in the range of a long for each time in a file. */
  private static final long LONGEST_SIZE = Long.MAX_VALUE / 4;

  private final Dataset<Row> rows;
  private final StructType fields;
  private final Set<List<String>> groupsWithTimelessRows = new HashSet<>();
  private final Map<Call, String> columns = new LinkedHashMap<>();

  /** An aggregate; equal ones have equal values. */
  private record Call(RecentKind kind, Expression value, EventFrame frame, OverflowMode overflow) {}

  /**
   * @param rows with {@link FieldNames#EVENT_MICROS}
   * @param frames all frames that will be looked at
   */
  WindowCalls(Dataset<Row> rows, List<EventFrame> frames) {
    this.rows = rows;
    this.fields = rows.schema();
    if (fields.apply(FieldNames.EVENT_MICROS).nullable()) {
      // Nulls come first, so that only frames without a lower end reach them. One condition for all
      // frames of a group costs less than two kinds of them.
      frames.stream()
          .filter(EventFrame::isUnbounded)
          .map(EventFrame::groupByKeys)
          .forEach(groupsWithTimelessRows::add);
    }
  }

  /** The column that will have an aggregate. What rows without a time have in it means nothing. */
  String column(RecentKind kind, Column value, EventFrame frame) {
    return column(new Call(kind, ExpressionUtils.expression(value), frame, OverflowMode.ANSI));
  }

  /** The column that will have a sum, or null where its type does not hold it. */
  String sumOrNull(Column value, EventFrame frame) {
    return column(
        new Call(RecentKind.SUM, ExpressionUtils.expression(value), frame, OverflowMode.TRY));
  }

  private String column(Call call) {
    return columns.computeIfAbsent(
        call, missing -> "__feathub_window_" + fields.size() + "_" + columns.size() + "__");
  }

  /** The column that will have the number of rows of a frame. */
  String rowCount(EventFrame frame) {
    return column(RecentKind.COUNT, lit(1), frame);
  }

  /** The rows with the columns that were asked for, after all others. */
  Dataset<Row> addTo() {
    List<Column> all = new ArrayList<>();
    Arrays.stream(fields.fieldNames()).map(name -> col(FieldNames.quoted(name))).forEach(all::add);
    columns.forEach((call, name) -> all.add(windowed(call).as(name)));
    return rows.select(all.toArray(Column[]::new));
  }

  /** The names of the columns that were asked for. */
  String[] names() {
    return columns.values().toArray(String[]::new);
  }

  private Column windowed(Call call) {
    Column condition = condition(call.frame());
    Expression filter = condition == null ? null : ExpressionUtils.expression(condition);
    return ExpressionUtils.column(function(call).toAggregateExpression(false, Option.apply(filter)))
        .over(window(call.frame()));
  }

  /** Which rows are in the frame; null if all are. */
  private Column condition(EventFrame frame) {
    Column hasTime =
        groupsWithTimelessRows.contains(frame.groupByKeys())
            ? col(FieldNames.EVENT_MICROS).isNotNull()
            : null;
    if (frame.filter() == null) {
      return hasTime;
    }
    Column filter = AnsiColumns.of(frame.filter(), name -> fields.apply(name).dataType());
    return hasTime == null ? filter : hasTime.and(filter);
  }

  private static WindowSpec window(EventFrame frame) {
    Column[] groups =
        frame.groupByKeys().stream().map(key -> col(FieldNames.quoted(key))).toArray(Column[]::new);
    long start =
        frame.isUnbounded()
            ? Window.unboundedPreceding()
            : -Math.min(frame.sizeInMicros(), LONGEST_SIZE);
    return Window.partitionBy(groups)
        .orderBy(col(FieldNames.EVENT_MICROS))
        .rangeBetween(start, Window.currentRow());
  }

  /** Spark's own function where it is as good, which then needs no operator of ours. */
  private static AggregateFunction function(Call call) {
    Expression value = call.value();
    if (!call.frame().isStandardSql()) {
      return recent(call);
    }
    return switch (call.kind()) {
      case SUM ->
          call.overflow() == OverflowMode.TRY ? AnsiColumns.trySum(value) : AnsiColumns.sum(value);
      case AVG -> AnsiColumns.average(value);
      case MIN -> new Min(value);
      case MAX -> new Max(value);
      case COUNT -> new Count(ScalaCollections.seq(value));
      // Spark's own depend on the order in which rows of the same time arrive, or do not exist.
      case SUM_FLOAT, FIRST, LAST, LIST, VALUE_COUNTS -> recent(call);
    };
  }

  private static AggregateFunction recent(Call call) {
    EventFrame frame = call.frame();
    return new RecentAggregate(
        call.kind(),
        call.value(),
        Literal.create(frame.limit(), DataTypes.LongType),
        Literal.create(frame.exclude().exclusion().sqlName(), DataTypes.StringType),
        call.overflow());
  }
}
