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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What needs no Python packages; most of it no Python either. The tests have threads of their own
 * because nothing interrupts one that reads from a process.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class TestPythonWorker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Path SCRIPT =
      Path.of(System.getProperty("feathub.module.directory"), "python", "worker.py");

  @TempDir private Path directory;

  @Test
  void answersEachCommand() throws IOException {
    try (PythonWorker worker = shell("while read x; do echo '{\"ok\":true}'; done", LONG)) {
      assertThat(worker.call(command("any")).path("ok").asBoolean()).isTrue();
      assertThat(worker.call(command("another")).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void showsTheEndOfTheLogOfAProcessThatDies() {
    try (PythonWorker worker = shell("read x; echo 'out of memory' >&2; exit 3", LONG)) {
      assertThatThrownBy(() -> worker.call(command("any")))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("died with exit code 3")
          .hasMessageContaining("out of memory");
    }
  }

  @Test
  void startsAgainAfterAProcessDied() {
    String failsOnce = "if [ -e f ]; then read x; echo '{\"ok\":true}'; else touch f; exit 3; fi";
    try (PythonWorker worker = shell(failsOnce, LONG)) {
      assertThatThrownBy(() -> worker.call(command("any"))).isInstanceOf(PythonFailure.class);
      assertThat(worker.call(command("any")).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void keepsTheLogOfTheProcessBefore() throws IOException {
    String failsOnce =
        "if [ -e f ]; then read x; echo second >&2; echo '{\"ok\":true}';"
            + " else touch f; echo first >&2; exit 3; fi";
    try (PythonWorker worker = shell(failsOnce, LONG)) {
      assertThatThrownBy(() -> worker.call(command("any"))).isInstanceOf(PythonFailure.class);
      worker.call(command("any"));
    }
    assertThat(directory.resolve("log")).hasContent("first\nsecond");
  }

  @Test
  void stopsAProcessThatTakesTooLong() {
    try (PythonWorker worker = shell("sleep 600", Duration.ofMillis(100))) {
      assertThatThrownBy(() -> worker.call(command("any")))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("took longer than");
    }
  }

  @Test
  void refusesAnAnswerThatIsNoJson() {
    try (PythonWorker worker = shell("read x; echo hello", LONG)) {
      assertThatThrownBy(() -> worker.call(command("any")))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("something else than JSON: hello");
    }
  }

  @Test
  void namesAProgramThatCannotBeStarted() {
    List<String> nowhere = List.of(directory.resolve("nowhere").toString());
    try (PythonWorker worker =
        new PythonWorker("polars", nowhere, directory.resolve("log"), directory, LONG)) {
      assertThatThrownBy(() -> worker.call(command("any")))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("polars cannot be started")
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void leavesNoProcessBehindWhenClosed() throws Exception {
    String script =
        "read x; sleep 600 & echo \"{\\\"ok\\\":true,\\\"own\\\":$$,\\\"child\\\":$!}\"; read y";
    JsonNode pids;
    try (PythonWorker worker = shell(script, LONG)) {
      pids = worker.call(command("any"));
    }
    for (String pid : List.of("own", "child")) {
      assertThat(ProcessHandle.of(pids.path(pid).asLong()).filter(ProcessHandle::isAlive))
          .as(pid)
          .isEmpty();
    }
  }

  @Test
  void staysInThePreparedProcess() throws Exception {
    try (PythonWorker worker = shell("while read x; do echo '{\"ok\":true}'; done", LONG)) {
      Process prepared = worker.prepare();
      assertThat(worker.callIn(prepared, command("any")).path("ok").asBoolean()).isTrue();
      assertThat(worker.prepare()).isSameAs(prepared);
      assertThat(worker.callIn(prepared, command("any")).path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void startsNoOtherProcessThanThePreparedOne() throws Exception {
    try (PythonWorker worker = shell("while read x; do echo '{\"ok\":true}'; done", LONG)) {
      Process first = worker.prepare();
      assertThat(first.destroyForcibly().onExit()).succeedsWithin(LONG);
      assertIsGone(worker, first);
      Process second = worker.prepare();
      assertIsGone(worker, first);
      assertThat(worker.callIn(second, command("any")).path("ok").asBoolean()).isTrue();
    }
  }

  private static void assertIsGone(PythonWorker worker, Process process) {
    assertThatThrownBy(() -> worker.callIn(process, command("any")))
        .isInstanceOf(PythonFailure.class)
        .hasMessageContaining("died or was stopped after it had been prepared");
  }

  @Test
  void answersUnknownCommandsWithAnError() {
    try (PythonWorker worker = python("polars")) {
      assertThatThrownBy(() -> worker.call(command("dance")))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("unknown command 'dance'");
    }
  }

  @Test
  void saysWhichPackageIsMissing() {
    try (PythonWorker worker = python("pandas")) {
      assertThatThrownBy(() -> worker.call(PythonCommands.prepare()))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("ModuleNotFoundError: No module named");
    }
  }

  @Test
  void refusesAnUnknownContender() {
    try (PythonWorker worker = python("abacus")) {
      assertThatThrownBy(() -> worker.call(PythonCommands.prepare()))
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("usage: worker.py polars|pandas|tempo");
    }
  }

  @Test
  void survivesALineThatIsNoJson() throws IOException {
    Process process = new ProcessBuilder(pythonCommand("polars")).start();
    try (Writer commands = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
      commands.write("{\"command\": \n[1]\n");
      commands.flush();
      assertThat(JSON.readTree(answers.readLine()).path("error").asText()).contains("no JSON");
      assertThat(JSON.readTree(answers.readLine()).path("error").asText())
          .contains("unknown command None");
    } finally {
      process.destroyForcibly();
    }
  }

  private PythonWorker shell(String script, Duration limit) {
    List<String> command = List.of("/bin/sh", "-c", script);
    return new PythonWorker("shell", command, directory.resolve("log"), directory, limit);
  }

  private PythonWorker python(String contender) {
    return new PythonWorker(
        contender, pythonCommand(contender), directory.resolve("log"), directory, LONG);
  }

  /** A Python that sees no packages, whatever is installed. */
  private static List<String> pythonCommand(String contender) {
    assumeTrue(hasPython(), "there is no python3");
    List<String> command = new ArrayList<>(List.of("python3", "-E", "-s", "-S", "-B"));
    command.addAll(List.of(SCRIPT.toString(), contender, "2", "1g"));
    return command;
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode command(String name) {
    return JSON.createObjectNode().put("command", name);
  }
}
