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

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A case of a window, and the query that answers it from a view {@code events}. */
record WindowCase(JsonNode found) {
  /** The least step of a time or a date, by which an open end is moved to a closed one. */
  private static final Map<String, BigDecimal> LEAST =
      Map.of("seconds", new BigDecimal("0.000001"), "days", BigDecimal.ONE);

  String name() {
    return found.get("name").asText();
  }

  boolean hasTag(String tag) {
    for (JsonNode text : found.get("tags")) {
      if (text.asText().equals(tag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether SQL cannot say it without our functions. */
  boolean needsOurFunctions() {
    for (JsonNode function : found.get("aggs")) {
      if (isRecent(function)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRecent(JsonNode function) {
    return function.has("limit")
        || function.has("exclude")
        || function.get("func").asText().equals("value_counts");
  }

  String sql() {
    Map<String, String> functions = new HashMap<>();
    for (JsonNode function : found.get("aggs")) {
      functions.put(function.get("name").asText(), function(function));
    }
    List<String> columns = new ArrayList<>();
    for (JsonNode column : found.get("expected").get("columns")) {
      String name = column.get("name").asText();
      columns.add(functions.getOrDefault(name, name) + " AS " + name);
    }
    return "SELECT " + String.join(", ", columns) + " FROM events";
  }

  private String function(JsonNode function) {
    String called = isRecent(function) ? recent(function) : plain(function);
    String filter =
        function.has("filter_sql")
            ? " FILTER (WHERE " + function.get("filter_sql").asText() + ")"
            : "";
    String sql = called + filter + " OVER (" + window() + ")";
    return function.has("empty_value")
        ? "coalesce(" + sql + ", " + function.get("empty_value").asText() + "D)"
        : sql;
  }

  private static String plain(JsonNode function) {
    return function.get("func").asText() + "(" + function.get("col").asText() + ")";
  }

  /** The row number within a frame is the number of its rows. */
  private static String recent(JsonNode function) {
    boolean rows = function.get("func").asText().equals("row_number");
    String called = rows ? "count" : function.get("func").asText();
    String limit = function.has("limit") ? function.get("limit").asText() : "NULL";
    String exclude = function.has("exclude") ? ", '" + function.get("exclude").asText() + "'" : "";
    String argument = rows ? "1" : function.get("col").asText();
    return "recent_" + called + "(" + argument + ", " + limit + exclude + ")";
  }

  private String window() {
    List<String> keys = new ArrayList<>();
    found.get("partition_by").forEach(key -> keys.add(key.asText()));
    JsonNode frame = found.get("frame");
    return (keys.isEmpty() ? "" : "PARTITION BY " + String.join(", ", keys))
        + " ORDER BY "
        + found.get("order_by").asText()
        + (found.get("order_desc").asBoolean() ? " DESC " : " ")
        + frame.get("kind").asText()
        + " BETWEEN "
        + end(-1)
        + " AND "
        + end(1);
  }

  /**
   * @param side -1 for the lower end, 1 for the upper one
   */
  private String end(int side) {
    JsonNode frame = found.get("frame");
    JsonNode distance = frame.get(side < 0 ? "preceding" : "following");
    String outwards = side < 0 ? "PRECEDING" : "FOLLOWING";
    if (distance.isNull()) {
      return "UNBOUNDED " + outwards;
    }
    BigDecimal size = new BigDecimal(distance.asText());
    if (frame.path(side < 0 ? "lower_open" : "upper_open").asBoolean()) {
      size = size.subtract(LEAST.get(frame.get("unit").asText()));
    }
    if (size.signum() == 0) {
      return "CURRENT ROW";
    }
    String inwards = side < 0 ? "FOLLOWING" : "PRECEDING";
    return distance(size.abs()) + " " + (size.signum() > 0 ? outwards : inwards);
  }

  private String distance(BigDecimal size) {
    String text = size.stripTrailingZeros().toPlainString();
    return found.get("frame").get("unit").asText().equals("seconds")
        ? "INTERVAL '" + text + "' SECOND"
        : text;
  }
}
