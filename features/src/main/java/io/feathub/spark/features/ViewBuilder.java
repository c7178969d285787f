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
import static org.apache.spark.sql.functions.unix_micros;

import io.feathub.spark.features.ResolvedView.Computed;
import io.feathub.spark.features.ResolvedView.Joined;
import io.feathub.spark.features.ResolvedView.ResolvedFeature;
import io.feathub.spark.features.ResolvedView.Windowed;
import io.feathub.spark.features.expr.AnsiColumns;
import io.feathub.spark.features.expr.ExpressionTypes;
import io.feathub.spark.features.expr.ViewExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Turns a view into a DataFrame, feature by feature in declared order: each feature becomes a
 * column under its own name, which the later ones read. Windows wait for each other as long as
 * nothing that follows reads their results, and then run together. Columns that only the engine
 * needs have names that no user can give, and are not in the result.
 */
final class ViewBuilder {
  private final TableReader reader;
  private final ResolvedView view;
  private final AsOfJoiner joiner;
  private final ViewColumns columns;
  private final PendingWindows windows;

  ViewBuilder(TableReader reader, ResolvedView view) {
    this.reader = reader;
    this.view = view;
    this.joiner = new AsOfJoiner(reader);
    this.columns = new ViewColumns(view.source().schema().fieldNames().size());
    this.windows = new PendingWindows(columns);
  }

  Dataset<Row> build() {
    Dataset<Row> rows = source();
    for (ResolvedFeature feature : view.features()) {
      if (windows.comeBefore(feature)) {
        rows = windows.addTo(rows);
      }
      rows = add(rows, feature);
      joiner.replaced(feature.name());
    }
    return windows.addTo(rows).select(output());
  }

  private Dataset<Row> source() {
    List<String> fields = view.source().schema().fieldNames();
    if (!view.needsEventTime()) {
      return reader.fields(view.source(), fields);
    }
    return reader
        .fieldsAndEventTime(view.source(), fields)
        .withColumn(FieldNames.EVENT_MICROS, unix_micros(col(FieldNames.EVENT_TIME)));
  }

  private Dataset<Row> add(Dataset<Row> rows, ResolvedFeature feature) {
    if (feature.value() instanceof Joined joined) {
      return joined(rows, feature, joined);
    }
    if (feature.value() instanceof Windowed windowed) {
      windows.add(feature, windowed);
      return rows;
    }
    ViewExpression expression = ((Computed) feature.value()).expression();
    Column value = AnsiColumns.of(expression, fieldTypes(rows));
    DataType raw = type(rows, value);
    return with(rows, feature, value, raw, derived(rows, feature, expression).orElse(raw));
  }

  private Dataset<Row> joined(Dataset<Row> rows, ResolvedFeature feature, Joined joined) {
    TableDescriptor table = joined.table();
    Dataset<Row> wider = joiner.join(rows, feature.name(), table, view.joinedFields(table));
    DataType type = table.schema().fieldType(joined.field());
    return with(wider, feature, col(joiner.column(table, joined.field())), type, type);
  }

  private static DataType type(Dataset<Row> rows, Column value) {
    return rows.select(value).schema().apply(0).dataType();
  }

  private static Optional<DataType> derived(
      Dataset<Row> rows, ResolvedFeature feature, ViewExpression expression) {
    return ExpressionTypes.derive("feature " + feature.name(), expression, fieldTypes(rows));
  }

  private static Function<String, DataType> fieldTypes(Dataset<Row> rows) {
    StructType fields = rows.schema();
    return name -> fields.apply(name).dataType();
  }

  /** Adds a value of one type, in the declared type of the feature or else in the derived one. */
  private Dataset<Row> with(
      Dataset<Row> rows, ResolvedFeature feature, Column value, DataType raw, DataType derived) {
    DataType type = feature.dtype().orElse(derived);
    if (!Cast.canAnsiCast(raw, type)) {
      throw FeatureErrors.featureType(feature.name(), raw, type);
    }
    Column typed = type.equals(raw) ? value : AnsiColumns.cast(value, type);
    return columns.with(rows, Map.of(feature.name(), typed));
  }

  private Column[] output() {
    List<String> names = new ArrayList<>(view.keptFields());
    view.features().forEach(feature -> names.add(feature.name()));
    return names.stream().map(name -> col(FieldNames.quoted(name))).toArray(Column[]::new);
  }
}
