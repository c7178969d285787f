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
package io.feathub.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkBuildInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class TestDockerCompose {
  private static final String VERSION = System.getProperty("feathub.version");

  private JsonNode services;

  @BeforeEach
  void read() throws IOException {
    // SnakeYAML resolves anchors and merge keys, which Jackson's own reader does not.
    try (Reader file = Files.newBufferedReader(Launched.ROOT.resolve("docker-compose.yml"))) {
      Map<String, Object> document = new Yaml().load(file);
      services = new ObjectMapper().valueToTree(document.get("services"));
    }
  }

  @Test
  void thereAreAMasterTwoWorkersAndTheExample() {
    List<String> names = new ArrayList<>();
    services.fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactlyInAnyOrder("master", "worker-1", "worker-2", "example");
  }

  @Test
  void allRunTheVersionOfSparkThatTheProjectIsBuiltFor() {
    for (JsonNode service : services) {
      assertThat(service.get("image").asText())
          .isEqualTo("apache/spark:" + SparkBuildInfo.spark_version() + "-scala2.13-java17-ubuntu");
    }
  }

  @Test
  void allSeeTheSameFilesAtOnePath() {
    for (JsonNode service : services) {
      assertThat(service.get("volumes"))
          .extracting(JsonNode::asText)
          .containsExactly(".:/opt/feathub");
      assertThat(service.get("user")).isEqualTo(services.get("master").get("user"));
    }
  }

  @Test
  void theMasterIsReachableFromOutside() {
    assertThat(services.get("master").get("ports"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("8080:8080", "7077:7077");
  }

  @Test
  void theExampleWaitsForTheClusterAndUsesIt() {
    JsonNode example = services.get("example");
    assertThat(example.get("depends_on").toString()).contains("worker-1", "worker-2");
    assertThat(example.get("command").toString())
        .contains(
            "spark://master:7077",
            "io.feathub.spark.example.ExampleApp",
            "/opt/feathub/data",
            "/opt/feathub/output");
    for (JsonNode word : example.get("command")) {
      if (word.asText().endsWith(".jar")) {
        Path jar = Path.of("/opt/feathub").relativize(Path.of(word.asText()));
        assertThat(jar.getFileName().toString()).endsWith("-" + VERSION + ".jar");
        assertThat(Launched.ROOT.resolve(jar).getParent()).isDirectory();
      }
    }
  }
}
