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

import io.feathub.spark.features.DerivedFeatureView.Declaration;
import io.feathub.spark.features.DerivedFeatureView.Declared;
import io.feathub.spark.features.DerivedFeatureView.Shorthand;
import io.feathub.spark.features.ResolvedView.Computed;
import io.feathub.spark.features.ResolvedView.Joined;
import io.feathub.spark.features.ResolvedView.ResolvedFeature;
import io.feathub.spark.features.ResolvedView.Value;
import io.feathub.spark.features.ResolvedView.Windowed;
import io.feathub.spark.features.expr.ExpressionParser;
import io.feathub.spark.features.expr.ViewExpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what the names in a view mean, and refuses a view with a name that means nothing. */
final class ViewResolver {
  private final Map<String, TableDescriptor> tables;
  private final DerivedFeatureView view;
  private final TableDescriptor source;
  private final Set<String> laterFeatures = new HashSet<>();
  private final Set<String> visible;

  private ViewResolver(Map<String, TableDescriptor> tables, DerivedFeatureView view) {
    this.tables = tables;
    this.view = view;
    this.source =
        view.sourceTable()
            .orElseGet(() -> table(view.source(), "the source of view " + view.name()));
    this.visible = new LinkedHashSet<>(source.schema().fieldNames());
  }

  static ResolvedView resolve(Map<String, TableDescriptor> tables, DerivedFeatureView view) {
    return new ViewResolver(tables, view).resolve();
  }

  private ResolvedView resolve() {
    for (Declaration declaration : view.features()) {
      laterFeatures.add(
          declaration instanceof Declared declared
              ? declared.feature().name()
              : nameOf(((Shorthand) declaration).text()));
    }
    List<ResolvedFeature> features = new ArrayList<>();
    for (Declaration declaration : view.features()) {
      ResolvedFeature feature = resolve(declaration);
      features.add(feature);
      laterFeatures.remove(feature.name());
      visible.add(feature.name());
    }
    List<String> names = features.stream().map(ResolvedFeature::name).toList();
    FieldNames.requireDistinct("view " + view.name(), names);
    FieldNames.requireDistinct("view " + view.name() + " and its source", visible);
    return new ResolvedView(source, keptFields(features, names), features);
  }

  private List<String> keptFields(List<ResolvedFeature> features, List<String> names) {
    Set<String> kept = new HashSet<>();
    if (view.keepSourceFields()) {
      kept.addAll(source.schema().fieldNames());
    } else {
      source.timestampField().ifPresent(kept::add);
      features.forEach(feature -> kept.addAll(feature.keys()));
    }
    names.forEach(kept::remove);
    return source.schema().fieldNames().stream().filter(kept::contains).toList();
  }

  private ResolvedFeature resolve(Declaration declaration) {
    if (declaration instanceof Shorthand shorthand) {
      return shorthand(shorthand.text());
    }
    Feature feature = ((Declared) declaration).feature();
    Value value = value(feature);
    List<String> keys = feature.keys().orElseGet(() -> defaultKeys(value));
    String where = "the keys of feature " + feature.name();
    keys.forEach(key -> requireVisible(key, where));
    return new ResolvedFeature(feature.name(), value, feature.dtype(), keys);
  }

  private static List<String> defaultKeys(Value value) {
    if (value instanceof Joined joined) {
      return joined.table().keys();
    }
    return value instanceof Windowed windowed ? windowed.frame().groupByKeys() : List.of();
  }

  private Value value(Feature feature) {
    if (feature.transform() instanceof ExpressionTransform expression) {
      return new Computed(expression("feature " + feature.name(), expression.expr()));
    }
    if (feature.transform() instanceof JoinTransform join) {
      TableDescriptor table = table(join.tableName(), "feature " + feature.name());
      return join(feature.name(), table, joinedField(feature.name(), table, join.expr()));
    }
    return window(feature.name(), (OverWindowTransform) feature.transform());
  }

  /** A field of the source, or else {@code table.field}; names may have dots. */
  private ResolvedFeature shorthand(String text) {
    if (source.schema().contains(text)) {
      ViewExpression field = new ViewExpression.Field(text);
      return new ResolvedFeature(text, new Computed(field), Optional.empty(), source.keys());
    }
    String where = "view " + view.name();
    int dot = dotAfterTable(text);
    if (dot >= 0) {
      TableDescriptor table = tables.get(text.substring(0, dot));
      String field = requireField(table, text.substring(dot + 1), where);
      Joined joined = join(field, table, field);
      return new ResolvedFeature(field, joined, Optional.empty(), table.keys());
    }
    int first = text.indexOf('.');
    throw first < 0
        ? FeatureErrors.unknownField(text, where, source.schema().fieldNames())
        : FeatureErrors.unknownTable(text.substring(0, first), where, tables.keySet());
  }

  /** The name of the feature that a shorthand stands for. */
  private String nameOf(String shorthand) {
    return source.schema().contains(shorthand)
        ? shorthand
        : shorthand.substring(dotAfterTable(shorthand) + 1);
  }

  /** Where the name of a table ends in a text; -1 if it does not begin with one. */
  private int dotAfterTable(String text) {
    int dot = text.indexOf('.');
    while (dot >= 0 && !tables.containsKey(text.substring(0, dot))) {
      dot = text.indexOf('.', dot + 1);
    }
    return dot;
  }

  private Joined join(String feature, TableDescriptor table, String field) {
    if (table.keys().isEmpty()) {
      throw FeatureErrors.joinWithoutKeys(feature, table.name());
    }
    for (TableDescriptor side : List.of(table, source)) {
      if (side.timestampField().isEmpty()) {
        throw FeatureErrors.timestampFieldMissing(feature, "join", side.name());
      }
    }
    for (String key : table.keys()) {
      if (!visible.contains(key)) {
        throw FeatureErrors.joinKeyNotOnTheLeft(feature, table.name(), key, visible);
      }
    }
    return new Joined(table, field);
  }

  private String joinedField(String feature, TableDescriptor table, String expr) {
    if (table.schema().contains(expr)) {
      return expr;
    }
    String where = "feature " + feature;
    if (ExpressionParser.parse(where, expr) instanceof ViewExpression.Field field) {
      return requireField(table, field.name(), where);
    }
    throw FeatureErrors.notSupported(
        "Joining " + expr + " of table " + table.name() + ", which is not a field,");
  }

  private Windowed window(String feature, OverWindowTransform window) {
    if (source.timestampField().isEmpty()) {
      throw FeatureErrors.timestampFieldMissing(feature, "window", source.name());
    }
    String where = "the group_by_keys of feature " + feature;
    window.groupByKeys().forEach(key -> requireVisible(key, where));
    EventFrame frame =
        new EventFrame(
            window.windowSize().map(ViewResolver::micros).orElse(null),
            window.filterExpr().map(filter -> expression(filterOf(feature), filter)).orElse(null),
            window.limit().isPresent() ? (Long) window.limit().getAsLong() : null,
            window.exclude(),
            window.groupByKeys());
    boolean countsRows = window.aggFunc() == AggFunc.COUNT && window.expr().strip().equals("*");
    String expr = countsRows ? "1" : window.expr();
    return new Windowed(expression("feature " + feature, expr), window.aggFunc(), frame);
  }

  /** How errors call the filter of a window feature. */
  static String filterOf(String feature) {
    return "the filter_expr of feature " + feature;
  }

  /** More microseconds than a long holds are as good as the most that it holds. */
  private static long micros(Duration size) {
    try {
      return Math.addExact(
          Math.multiplyExact(size.getSeconds(), 1_000_000L), size.getNano() / 1000);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private ViewExpression expression(String where, String text) {
    ViewExpression expression = ExpressionParser.parse(where, text);
    expression.fields().forEach(field -> requireVisible(field, where));
    return expression;
  }

  private void requireVisible(String name, String where) {
    if (visible.contains(name)) {
      return;
    }
    throw laterFeatures.contains(name)
        ? FeatureErrors.laterFeature(name, where)
        : FeatureErrors.unknownField(name, where, visible);
  }

  private static String requireField(TableDescriptor table, String field, String where) {
    if (!table.schema().contains(field)) {
      throw FeatureErrors.unknownField(
          field, where + ", of table " + table.name(), table.schema().fieldNames());
    }
    return field;
  }

  private TableDescriptor table(String name, String where) {
    TableDescriptor table = tables.get(name);
    if (table == null) {
      throw FeatureErrors.unknownTable(name, where, tables.keySet());
    }
    return table;
  }
}
