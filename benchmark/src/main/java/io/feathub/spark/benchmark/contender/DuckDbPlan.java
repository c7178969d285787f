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
package io.feathub.spark.benchmark.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Profile.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** DuckDB's plans as JSON, explained or with the times that it measured. */
final class DuckDbPlan {
  private static final JsonMapper JSON = new JsonMapper();

  private DuckDbPlan() {}

  /** The names of all operators of an explained plan, each once, from the top down. */
  static List<String> operators(String json) {
    Set<String> names = new LinkedHashSet<>();
    read(json).forEach(root -> addNames(root, names));
    return new ArrayList<>(names);
  }

  /** What the operators of an analysed plan took; those of one type are taken together. */
  static Profile profile(String json, double wallSeconds) {
    JsonNode root = read(json);
    Map<String, Double> seconds = new TreeMap<>();
    root.path("operator").forEach(operator -> addSeconds(operator, seconds));
    double total = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    List<Share> shares =
        seconds.entrySet().stream()
            .map(
                type ->
                    new Share(
                        type.getKey(),
                        type.getValue(),
                        total == 0 ? 0 : type.getValue() / total,
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
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("DuckDB's plan is not JSON: " + json, malformed);
    }
  }

  private static void addNames(JsonNode operator, Set<String> names) {
    names.add(operator.path("name").asText().strip());
    operator.path("children").forEach(child -> addNames(child, names));
  }

  private static void addSeconds(JsonNode operator, Map<String, Double> seconds) {
    seconds.merge(operator.path("type").asText(), operator.path("timing").asDouble(), Double::sum);
    operator.path("children").forEach(child -> addSeconds(child, seconds));
  }
}
