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
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process that answers each line of JSON by one, as {@code worker.py} does. It is started by the
 * first command, and again by the next one after it has died or was too slow; it ends at the latest
 * with this JVM.
 *
 * <p>Its standard error goes to a file, whose end is part of the message when it dies.
 */
final class PythonWorker implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(5);
  private static final int LOG_LINES_IN_MESSAGE = 15;

  /** What would make Python or PySpark use something else than what is installed for them. */
  private static final List<String> FOREIGN_SETTINGS =
      List.of("SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR", "PYSPARK_SUBMIT_ARGS");

  private final String name;
  private final List<String> command;
  private final Path log;
  private final Path directory;
  private final Duration limit;
  private final Thread exitHook = new Thread(() -> stop(PATIENCE_AT_CLOSE));
  private final ExecutorService exchanging =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "answers of a Python worker");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Process process;
  private BufferedReader answers;

  /**
   * @param command the program and its arguments
   * @param log the file for standard error, to which each process adds
   * @param directory where the process works and leaves temporary files
   * @param limit how long a command may take
   */
  PythonWorker(String name, List<String> command, Path log, Path directory, Duration limit) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.directory = directory;
    this.limit = limit;
    Runtime.getRuntime().addShutdownHook(exitHook);
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @throws PythonFailure if the answer is an error, or none comes
   */
  synchronized JsonNode call(JsonNode request) {
    if (process == null || !process.isAlive()) {
      start();
    }
    return answered(request);
  }

  /** Makes the process ready for runs, with a start if need be. */
  synchronized Process prepare() {
    call(PythonCommands.prepare());
    return process;
  }

  /**
   * Sends a command to this very process: nothing is started, so that no start is timed.
   *
   * @param prepared from {@link #prepare}
   * @throws PythonFailure if the process is gone; also as {@link #call} does
   */
  synchronized JsonNode callIn(Process prepared, JsonNode request) {
    if (process != prepared || !prepared.isAlive()) {
      throw new PythonFailure(
          name + " died or was stopped after it had been prepared; prepare it again");
    }
    return answered(request);
  }

  private JsonNode answered(JsonNode request) {
    JsonNode answer = parse(exchange(request));
    if (!answer.path("ok").asBoolean()) {
      throw new PythonFailure(
          name + " failed: " + answer.path("error").asText() + "; more is in " + log);
    }
    return answer;
  }

  /** Ends the process, and all that it started. */
  @Override
  public void close() {
    stop(PATIENCE_AT_CLOSE);
    exchanging.shutdownNow();
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      // The JVM is going down already, and the hook does what is left to do.
      return;
    }
  }

  private void start() {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.createDirectories(directory);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      FOREIGN_SETTINGS.forEach(builder.environment()::remove);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
      process = builder.start();
      answers = process.inputReader(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PythonFailure(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private String exchange(JsonNode request) {
    try {
      Process asked = process;
      BufferedReader source = answers;
      Future<String> answering =
          exchanging.submit(
              () -> {
                send(asked, request);
                return source.readLine();
              });
      String answer = answering.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw died();
      }
      return answer;
    } catch (TimeoutException e) {
      stop(Duration.ZERO);
      throw new PythonFailure(
          name + " was stopped: it took longer than " + limit.toSeconds() + " s for a command", e);
    } catch (ExecutionException e) {
      throw died();
    } catch (InterruptedException e) {
      stop(Duration.ZERO);
      Thread.currentThread().interrupt();
      throw new PythonFailure(name + " was stopped: interrupted", e);
    }
  }

  private static void send(Process process, JsonNode request) throws IOException {
    // Not closed: the worker ends with its standard input.
    process.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private JsonNode parse(String answer) {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new PythonFailure(name + " answered with something else than JSON: " + answer, e);
    }
  }

  private PythonFailure died() {
    stop(PATIENCE_AT_CLOSE);
    return new PythonFailure(
        String.format(
            "%s died with exit code %d; the end of its log %s:%n%s",
            name, process.exitValue(), log, endOfLog()));
  }

  private String endOfLog() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - LOG_LINES_IN_MESSAGE);
      return String.join(System.lineSeparator(), lines.subList(from, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the process end by itself first, so that a Spark in it removes its files. */
  private void stop(Duration patience) {
    Process stopped = process;
    if (stopped == null) {
      return;
    }
    List<ProcessHandle> started = stopped.descendants().toList();
    try {
      stopped.getOutputStream().close();
    } catch (IOException e) {
      // The process is gone, or does not read: it is destroyed below.
      stopped.destroy();
    }
    try {
      if (!stopped.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        stopped.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      stopped.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    started.forEach(ProcessHandle::destroyForcibly);
    // Their files are deleted next, so they have to be gone. What is killed ends soon.
    CompletableFuture.allOf(
            Stream.concat(started.stream(), Stream.of(stopped.toHandle()))
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, PATIENCE_AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
