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

import static io.feathub.spark.FeathubErrors.failure;
import static io.feathub.spark.FeathubErrors.invalid;

import io.feathub.spark.FeathubException;
import io.feathub.spark.Suggestions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;

/** The errors in views and their tables. */
final class FeatureErrors {
  private FeatureErrors() {}

  static RuntimeException extensionMissing() {
    return invalid("FEATHUB_EXTENSION_MISSING", Map.of());
  }

  static RuntimeException unknownAggFunc(String name, List<String> candidates) {
    return invalid(
        "FEATHUB_UNKNOWN_AGG_FUNC",
        Map.of("name", name, "suggestion", Suggestions.closestOrAll(name, candidates)));
  }

  static RuntimeException notSupported(String what) {
    return invalid("FEATHUB_VIEW_NOT_SUPPORTED", Map.of("what", what));
  }

  static RuntimeException invalidWindowSize(Duration size, String problem) {
    return invalid(
        "FEATHUB_INVALID_WINDOW_SIZE", Map.of("size", size.toString(), "problem", problem));
  }

  static RuntimeException invalidWindowLimit(long limit) {
    return invalid("FEATHUB_INVALID_WINDOW_LIMIT", Map.of("limit", Long.toString(limit)));
  }

  static RuntimeException reservedName(String what, String name) {
    return invalid("FEATHUB_RESERVED_NAME", Map.of("what", what, "name", name));
  }

  static RuntimeException duplicateName(String where, String name) {
    return invalid("FEATHUB_DUPLICATE_NAME", Map.of("where", where, "name", name));
  }

  static RuntimeException keysWithoutGroup(String feature, List<String> keys, List<String> group) {
    return invalid(
        "FEATHUB_FEATURE_KEYS",
        Map.of("feature", feature, "keys", keys.toString(), "group", group.toString()));
  }

  static RuntimeException unknownType(String name) {
    return invalid("FEATHUB_UNKNOWN_TYPE", Map.of("name", name));
  }

  static RuntimeException unknownTable(String name, String where, Collection<String> candidates) {
    return invalid(
        "FEATHUB_UNKNOWN_TABLE",
        Map.of(
            "name",
            name,
            "where",
            where,
            "suggestion",
            Suggestions.closestOrAll(name, candidates)));
  }

  static RuntimeException unknownField(String name, String where, Collection<String> candidates) {
    return invalid(
        "FEATHUB_UNKNOWN_FIELD",
        Map.of(
            "name",
            name,
            "where",
            where,
            "suggestion",
            Suggestions.closestOrAll(name, candidates)));
  }

  static RuntimeException laterFeature(String name, String where) {
    return invalid("FEATHUB_FEATURE_ORDER", Map.of("name", name, "where", where));
  }

  static RuntimeException joinWithoutKeys(String feature, String table) {
    return invalid("FEATHUB_JOIN_KEYS_MISSING", Map.of("feature", feature, "table", table));
  }

  static RuntimeException joinKeyNotOnTheLeft(
      String feature, String table, String key, Collection<String> candidates) {
    return invalid(
        "FEATHUB_JOIN_KEY_NOT_FOUND",
        Map.of(
            "feature",
            feature,
            "table",
            table,
            "key",
            key,
            "suggestion",
            Suggestions.closestOrAll(key, candidates)));
  }

  static RuntimeException joinKeyType(
      String feature, String key, DataType left, String table, DataType right) {
    return invalid(
        "FEATHUB_JOIN_KEY_TYPE",
        Map.of(
            "feature",
            feature,
            "key",
            key,
            "left",
            left.sql(),
            "table",
            table,
            "right",
            right.sql()));
  }

  static RuntimeException timestampFieldMissing(String feature, String operation, String table) {
    return invalid(
        "FEATHUB_TIMESTAMP_FIELD_MISSING",
        Map.of("feature", feature, "operation", operation, "table", table));
  }

  static RuntimeException timestampFieldType(String table, String field, String type) {
    return invalid(
        "FEATHUB_TIMESTAMP_FIELD_TYPE", Map.of("table", table, "field", field, "type", type));
  }

  static RuntimeException featureType(String feature, DataType from, DataType to) {
    return invalid(
        "FEATHUB_FEATURE_TYPE", Map.of("feature", feature, "from", from.sql(), "to", to.sql()));
  }

  static RuntimeException aggregateType(
      String feature, String function, String needs, DataType type) {
    return invalid(
        "FEATHUB_AGGREGATE_TYPE",
        Map.of("feature", feature, "function", function, "needs", needs, "type", type.sql()));
  }

  static RuntimeException filterType(String where, String type) {
    return invalid("FEATHUB_FILTER_TYPE", Map.of("where", where, "type", type));
  }

  static FeathubException sumDoesNotFit(String feature, String sum, String type) {
    return failure(
        "FEATHUB_SUM_DOES_NOT_FIT", Map.of("feature", feature, "sum", sum, "type", type));
  }

  static RuntimeException unknownSinkFormat(String format) {
    return invalid("FEATHUB_UNKNOWN_SINK_FORMAT", Map.of("format", format));
  }
}
