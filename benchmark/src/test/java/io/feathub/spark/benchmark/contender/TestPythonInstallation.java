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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The script that installs the contenders, and how an installation is judged. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class TestPythonInstallation {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("feathub.module.directory"), "python");

  @TempDir private Path venv;

  @Test
  void saysThatThereIsNoPython() throws Exception {
    assertThat(install(Map.of("PYTHON", "/nowhere/python3")))
        .containsExactly(
            "install.sh: there is no /nowhere/python3; install Python 3.11 or newer, or name one by"
                + " PYTHON=/path/to/python3");
  }

  @Test
  void saysThatThePythonDoesNotWork() throws Exception {
    assertThat(install(Map.of("PYTHON", "false")))
        .containsExactly(
            "install.sh: false is no working Python 3.11 or newer; name one by"
                + " PYTHON=/path/to/python3");
  }

  @Test
  void saysThatThereIsNoModuleForEnvironments() throws Exception {
    Path python = venv.resolve("python-without-venv");
    Files.writeString(python, "#!/bin/sh\ncase \"$2\" in *venv*) exit 1 ;; esac\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    assertThat(install(Map.of("PYTHON", python.toString())))
        .singleElement()
        .asString()
        .contains("cannot make virtual environments; install its venv module");
  }

  @Test
  void takesNoArguments() throws Exception {
    assertThat(install(Map.of(), "--help"))
        .singleElement()
        .asString()
        .startsWith("install.sh: takes no arguments");
  }

  @Test
  void thereAreNoContendersWithoutAnEnvironment() {
    try (PythonContenders contenders = open()) {
      assertThat(contenders.all()).isEmpty();
      assertThat(contenders.unavailable())
          .hasValueSatisfying(r -> assertThat(r).contains("not installed; run"));
    }
  }

  @Test
  void thereAreNoContendersInAnIncompleteOrOutdatedEnvironment() throws IOException {
    Files.createDirectories(venv.resolve("bin"));
    Files.createFile(venv.resolve("bin/python"));
    assertThat(venv.resolve("bin/python").toFile().setExecutable(true)).isTrue();
    try (PythonContenders contenders = open()) {
      assertThat(contenders.unavailable())
          .hasValueSatisfying(reason -> assertThat(reason).contains("not installed to the end"));
    }
    Files.writeString(venv.resolve("installed-requirements.txt"), "polars==0.1\n");
    try (PythonContenders contenders = open()) {
      assertThat(contenders.unavailable())
          .hasValueSatisfying(reason -> assertThat(reason).contains("outdated"));
      assertThat(contenders.all()).isEmpty();
    }
  }

  private PythonContenders open() {
    return PythonContenders.open(
        null,
        new PythonContenders.Setup(
            venv, SCRIPTS.resolve("worker.py"), venv, venv, 2, "1g", Duration.ofMinutes(1)));
  }

  /** Runs the script, which has to fail, for its lines of output. */
  private List<String> install(Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve("install.sh").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VENV", venv.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    return output.lines().toList();
  }
}
