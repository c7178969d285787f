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

import io.feathub.spark.features.ResolvedView.ResolvedFeature;
import io.feathub.spark.features.ResolvedView.Windowed;
import io.feathub.spark.features.WindowFeature.Operand;
import io.feathub.spark.features.expr.AnsiColumns;
import io.feathub.spark.features.expr.ExpressionTypes;
import io.feathub.spark.features.expr.ViewExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Window features that are declared but not computed yet, since more may follow that run in the
 * same pass over the rows. None of them reads another's result.
 */
final class PendingWindows {
  private final ViewColumns columns;
  private final List<Pending> pending = new ArrayList<>();

  private record Pending(ResolvedFeature feature, Windowed windowed) {
    boolean dependsOnTies() {
      return windowed.frame().limit() != null
          || switch (windowed.function()) {
            case FIRST_VALUE, LAST_VALUE, COLLECT_LIST -> true;
            case SUM, AVG, MIN, MAX, COUNT, ROW_NUMBER, VALUE_COUNTS -> false;
          };
    }
  }

  PendingWindows(ViewColumns columns) {
    this.columns = columns;
  }

  /** Whether these must be computed before a feature can be added. */
  boolean comeBefore(ResolvedFeature feature) {
    boolean isRead =
        pending.stream()
            .anyMatch(window -> feature.value().reads().contains(window.feature.name()));
    boolean replaces =
        !(feature.value() instanceof Windowed)
            && pending.stream()
                .anyMatch(window -> window.windowed.reads().contains(feature.name()));
    return isRead || replaces;
  }

  void add(ResolvedFeature feature, Windowed windowed) {
    pending.add(new Pending(feature, windowed));
  }

  /** The rows with all pending features, of which there are none then. */
  Dataset<Row> addTo(Dataset<Row> rows) {
    if (pending.isEmpty()) {
      return rows;
    }
    WindowCalls calls =
        new WindowCalls(rows, pending.stream().map(window -> window.windowed.frame()).toList());
    List<WindowFeature.Value> values = new ArrayList<>();
    for (Pending window : pending) {
      requireCondition(rows, window);
      Operand operand = operand(rows, window);
      values.add(new WindowFeature(window.feature, window.windowed, operand).plan(calls));
    }
    Dataset<Row> wider = calls.addTo();
    Map<String, Column> features = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Column value = values.get(i).in(wider.schema());
      features.put(
          pending.get(i).feature.name(),
          pending.get(i).dependsOnTies() ? RowOrderKept.of(value, columns.ofSource(wider)) : value);
    }
    pending.clear();
    return columns.with(wider, features).drop(calls.names());
  }

  private static void requireCondition(Dataset<Row> rows, Pending window) {
    ViewExpression filter = window.windowed.frame().filter();
    if (filter == null) {
      return;
    }
    String where = ViewResolver.filterOf(window.feature.name());
    Optional<DataType> type = ExpressionTypes.derive(where, filter, fieldTypes(rows));
    if (!type.equals(Optional.of(DataTypes.BooleanType))) {
      throw FeatureErrors.filterType(where, type.map(DataType::sql).orElse("DECIMAL"));
    }
  }

  private static Operand operand(Dataset<Row> rows, Pending window) {
    ViewExpression expression = window.windowed.expression();
    Column value = AnsiColumns.of(expression, fieldTypes(rows));
    DataType raw = rows.select(value).schema().apply(0).dataType();
    Optional<DataType> type =
        ExpressionTypes.derive("feature " + window.feature.name(), expression, fieldTypes(rows));
    return new Operand(value, raw, type.orElse(raw));
  }

  private static Function<String, DataType> fieldTypes(Dataset<Row> rows) {
    StructType fields = rows.schema();
    return name -> fields.apply(name).dataType();
  }
}
