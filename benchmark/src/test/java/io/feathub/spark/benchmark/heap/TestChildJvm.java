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
package io.feathub.spark.benchmark.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestChildJvm {
  @Test
  void inheritsNeitherHeapNorAgents() {
    assertThat(
            ChildJvm.inherited(
                List.of(
                    "-Xmx4g",
                    "-Xms1g",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "-XX:MaxRAMPercentage=50",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:StartFlightRecording=filename=x.jfr",
                    "-javaagent:x.jar",
                    "-agentlib:jdwp=transport=dt_socket",
                    "-XX:+UseParallelGC",
                    "-Duser.timezone=UTC")))
        .containsExactly(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-XX:+UseParallelGC",
            "-Duser.timezone=UTC");
  }

  @Test
  void opensWhatSparkNeedsAsThisJvmDoes() {
    List<String> command = ChildJvm.command(TestChildJvm.class, 64, Path.of("t"), List.of("a"));

    assertThat(command)
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx64m", "-Djava.io.tmpdir=t")
        .doesNotContain("-Xmx3g")
        .endsWith(TestChildJvm.class.getName(), "a");
  }
}
