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
package io.feathub.spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell's way in. What it starts is tested elsewhere. */
class TestBenchLauncher {
  @TempDir private Path directory;

  /**
   * Maven has built what is tested just now, but compiles nothing again for a resource or the POM:
   * the launcher, which goes by the age of files, would start a Maven in this one.
   */
  @BeforeAll
  static void whatIsTestedIsUpToDate() throws IOException {
    Files.setLastModifiedTime(
        BenchmarkDirectories.CLASSES.resolve("io/feathub/spark/benchmark/Bench.class"),
        FileTime.from(Instant.now()));
  }

  @Test
  void passesItsArgumentsOnFromAnyDirectory() throws Exception {
    assertThat(exitCode("--suite", "quick", "--list")).as(err()).isZero();
    assertThat(Files.readString(directory.resolve("out"))).contains("main\nwide\nasof-one-key\n");
    assertThat(err()).doesNotContain("Building FeatHub");
  }

  @Test
  void exitsWithOneOnAWrongCommandLine() throws Exception {
    assertThat(exitCode("--only", "nothing")).isEqualTo(1);
    assertThat(err()).contains("Error: --only nothing: the suite has only main, ");
  }

  private int exitCode(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(System.getProperty("feathub.root") + "/feathub", "bench");
    builder.command().addAll(List.of(arguments));
    builder
        .directory(directory.toFile())
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String err() throws IOException {
    return Files.readString(directory.resolve("err"), StandardCharsets.UTF_8);
  }
}
