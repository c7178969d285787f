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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The example on a master and two workers, each a process of its own, as dev/ starts them. */
class TestStandaloneCluster {
  @TempDir private static Path directory;
  private static Map<String, String> environment;

  @BeforeAll
  static void startCluster() throws Exception {
    environment =
        Map.of(
            "MASTER_PORT", Integer.toString(freePort()),
            "MASTER_UI_PORT", Integer.toString(freePort()),
            "CLUSTER_DIR", directory.resolve("cluster").toString());
    Launched start = cluster("start");
    assertThat(start.exitCode()).as(start.err()).isZero();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    Launched stop = cluster("stop");
    assertThat(stop.exitCode()).as(stop.err()).isZero();
    assertThat(cluster("status").out()).contains("master does not run");
  }

  private static Launched cluster(String command) throws Exception {
    return Launched.run(directory, environment, "dev/standalone-cluster.sh", command);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static JsonNode masterState() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + environment.get("MASTER_UI_PORT") + "/json/");
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body();
    return new ObjectMapper().readTree(body);
  }

  @Test
  void theExampleRunsOnTwoWorkersAndCommitsItsOutput() throws Exception {
    Path output = directory.resolve("output");
    int completedBefore = masterState().get("completedapps").size();

    assertThat(cluster("start").exitCode()).as("starting twice changes nothing").isZero();
    Launched example = example(output.toString());

    assertThat(example.exitCode()).as(example.err()).isZero();
    assertThat(Launched.lines(output)).isEqualTo(Launched.expectedLines());
    assertThat(Launched.namesBelow(output))
        .allMatch(name -> name.matches("_SUCCESS|part-[^/]+\\.csv"))
        .contains("_SUCCESS");
    assertThat(Launched.namesBelow(directory)).noneMatch(name -> name.contains("_temporary"));

    JsonNode state = masterState();
    assertThat(state.get("aliveworkers").asInt()).isEqualTo(2);
    assertThat(state.get("activeapps")).isEmpty();
    assertThat(state.get("completedapps")).hasSize(completedBefore + 1);
    JsonNode application = state.get("completedapps").get(completedBefore);
    assertThat(application.get("name").asText()).isEqualTo("feathub-example");
    assertThat(application.get("state").asText()).isEqualTo("FINISHED");
  }

  /** Through the link each process sees its own directory, as on machines that share no disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void itFailsLoudlyWhenDriverAndWorkersSeeDifferentFiles() throws Exception {
    Launched example = example("/proc/self/cwd/unshared");

    assertThat(example.exitCode()).isEqualTo(1);
    assertThat(example.err())
        .contains("[FEATHUB_OUTPUT_NOT_SHARED]")
        .contains("driver")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("unshared")).doesNotExist();
  }

  private static Launched example(String output) throws Exception {
    return Launched.run(
        directory,
        Map.of(),
        "feathub",
        "example",
        "--master",
        "spark://127.0.0.1:" + environment.get("MASTER_PORT"),
        "--output",
        output);
  }
}
