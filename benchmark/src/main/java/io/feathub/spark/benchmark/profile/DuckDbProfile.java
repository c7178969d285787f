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
package io.feathub.spark.benchmark.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Profile.Share;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks DuckDB how long the operators of a query take; it measures each of them itself. */
public final class DuckDbProfile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DuckDbProfile() {}

  /**
   * Runs a query under DuckDB's profiler.
   *
   * @param sql a query or a COPY, which is executed
   */
  public static Profile of(Connection connection, String sql) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)) {
      if (!plan.next()) {
        throw new SQLException("DuckDB explains nothing about " + sql);
      }
      return parse(plan.getString("explain_value"), (System.nanoTime() - start) / 1e9);
    }
  }

  static Profile parse(String json, double wallSeconds) throws SQLException {
    try {
      JsonNode root = JSON.readTree(json);
      Map<String, Double> seconds = new TreeMap<>();
      root.path("operator").forEach(operator -> add(operator, seconds));
      if (seconds.isEmpty()) {
        throw new SQLException("DuckDB's profile names no operators: " + json);
      }
      double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
      List<Share> shares =
          seconds.entrySet().stream()
              .map(
                  entry ->
                      new Share(
                          entry.getKey(),
                          entry.getValue(),
                          total == 0 ? 0 : entry.getValue() / total,
                          0,
                          List.of()))
              .sorted(Comparator.comparingDouble(Share::seconds).reversed())
              .toList();
      return new Profile(
          "DuckDB's own times of threads",
          0,
          wallSeconds,
          root.path("query").path("cpu_time").asDouble(),
          0,
          shares);
    } catch (JsonProcessingException e) {
      throw new SQLException("DuckDB's profile is not JSON: " + json, e);
    }
  }

  /** Operators of one type are taken together. */
  private static void add(JsonNode operator, Map<String, Double> seconds) {
    seconds.merge(operator.path("type").asText(), operator.path("timing").asDouble(), Double::sum);
    operator.path("children").forEach(child -> add(child, seconds));
  }
}
