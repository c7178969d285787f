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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** DuckDB's explained plan as JSON. */
final class DuckDbPlan {
  private DuckDbPlan() {}

  /** The names of all operators, each once, from the top down. */
  static List<String> operators(String json) {
    try {
      Set<String> names = new LinkedHashSet<>();
      collect(new JsonMapper().readTree(json), names);
      return new ArrayList<>(names);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("DuckDB's plan is not JSON: " + json, malformed);
    }
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, names));
      return;
    }
    names.add(node.path("name").asText().strip());
    collect(node.path("children"), names);
  }
}
