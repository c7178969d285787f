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

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Builds the views of a case, and brings its values into a form in which they compare. */
final class CaseViews {
  private CaseViews() {}

  static DerivedFeatureView view(JsonNode definition) {
    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder(definition.get("name").asText())
            .source(definition.get("source").asText())
            .keepSourceFields(definition.get("keep_source_fields").asBoolean());
    for (JsonNode feature : definition.get("features")) {
      if (feature.isTextual()) {
        view.feature(feature.asText());
      } else {
        view.feature(feature(feature));
      }
    }
    return view.build();
  }

  static Feature feature(JsonNode definition) {
    JsonNode transform = definition.get("transform");
    Feature.Builder feature =
        Feature.builder(definition.get("name").asText(), transform(transform));
    if (definition.hasNonNull("dtype")) {
      feature.dtype(definition.get("dtype").asText());
    }
    if (definition.hasNonNull("keys")) {
      feature.keys(CaseTables.strings(definition.get("keys")));
    }
    return feature.build();
  }

  private static Transform transform(JsonNode transform) {
    String expr = transform.get("expr").asText();
    return switch (transform.get("type").asText()) {
      case "expression" -> ExpressionTransform.of(expr);
      case "join" -> JoinTransform.of(transform.get("table_name").asText(), expr);
      case "over_window" -> window(expr, transform);
      default -> throw new IllegalArgumentException("unknown transform " + transform);
    };
  }

  private static OverWindowTransform window(String expr, JsonNode transform) {
    OverWindowTransform.Builder window =
        OverWindowTransform.builder(expr, AggFunc.of(transform.get("agg_func").asText()))
            .groupByKeys(CaseTables.strings(transform.get("group_by_keys")));
    if (transform.hasNonNull("window_size_ms")) {
      window.windowSize(Duration.ofMillis(transform.get("window_size_ms").asLong()));
    }
    if (transform.hasNonNull("limit")) {
      window.limit(transform.get("limit").asLong());
    }
    if (transform.hasNonNull("filter_expr")) {
      window.filterExpr(transform.get("filter_expr").asText());
    }
    return window.build();
  }

  /** A type as a case writes it. */
  static DataType type(JsonNode type) {
    if (type.has("map")) {
      JsonNode map = type.get("map");
      return DataTypes.createMapType(type(map.get(0)), type(map.get(1)));
    }
    return type.has("vector")
        ? DataTypes.createArrayType(type(type.get("vector")))
        : FieldTypes.parse(type.asText());
  }

  /** A value of a case: numbers as doubles, the keys of maps as texts. */
  static Object plain(JsonNode value) {
    if (value.isArray()) {
      List<Object> list = new ArrayList<>();
      value.forEach(element -> list.add(plain(element)));
      return list;
    }
    if (value.isObject()) {
      Map<String, Object> map = new TreeMap<>();
      value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    return value.isNull() ? null : value.isNumber() ? (Object) value.doubleValue() : value.asText();
  }

  /** A value of a row, likewise. */
  static Object plain(Row row, int column) {
    return plain(Rows.value(row, column));
  }

  private static Object plain(Object value) {
    if (value instanceof List<?> elements) {
      List<Object> list = new ArrayList<>();
      elements.forEach(element -> list.add(plain(element)));
      return list;
    }
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> map = new TreeMap<>();
      entries.forEach((key, count) -> map.put(key.toString(), plain(count)));
      return map;
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }
}
