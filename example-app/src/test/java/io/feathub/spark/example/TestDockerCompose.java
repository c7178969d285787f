package io.feathub.spark.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.package$;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestDockerCompose {
  private JsonNode services;

  @BeforeEach
  void read() throws IOException {
    services =
        new ObjectMapper(new YAMLFactory())
            .readTree(Launched.ROOT.resolve("docker-compose.yml").toFile())
            .get("services");
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
          .isEqualTo(
              "apache/spark:" + package$.MODULE$.SPARK_VERSION() + "-scala2.13-java17-ubuntu");
    }
  }

  @Test
  void allSeeTheSameFilesAtOnePath() {
    JsonNode volumes = services.get("master").get("volumes");
    assertThat(volumes).isNotEmpty();
    for (JsonNode service : services) {
      assertThat(service.get("volumes")).isEqualTo(volumes);
    }
    assertThat(volumes)
        .allMatch(volume -> volume.asText().matches("\\./[^:]+:/opt/feathub/[^:]+(:ro)?"));
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
  }
}
