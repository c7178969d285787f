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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the project that ran to its end as a process of its own. */
record Launched(int exitCode, String out, String err) {
  static final Path ROOT = Path.of(System.getProperty("feathub.root"));

  /** Runs a program of the checkout from another directory and waits for its end. */
  static Launched run(Path from, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    words.set(0, ROOT.resolve(command[0]).toString());
    File out = File.createTempFile("launched", ".out");
    File err = File.createTempFile("launched", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(from.toFile()).redirectOutput(out).redirectError(err);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException(words + " does not end: " + text(err));
    }
    return new Launched(process.exitValue(), text(out), text(err));
  }

  private static String text(File file) throws IOException {
    String text = Files.readString(file.toPath(), StandardCharsets.UTF_8);
    Files.delete(file.toPath());
    return text;
  }

  /** The names of all files and directories below a directory, hidden ones too. */
  static List<String> namesBelow(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> !path.equals(directory))
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  /** The lines of the part files of an output, sorted. */
  static List<String> lines(Path output) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : namesBelow(output)) {
      if (name.startsWith("part-")) {
        lines.addAll(Files.readAllLines(output.resolve(name)));
      }
    }
    lines.sort(null);
    return lines;
  }

  static List<String> expectedLines() throws IOException {
    return Files.readAllLines(ROOT.resolve("data/expected_output.csv")).stream().sorted().toList();
  }
}
