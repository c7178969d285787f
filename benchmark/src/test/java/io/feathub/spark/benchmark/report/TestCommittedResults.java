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
package io.feathub.spark.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.results.ResultFiles;
import io.feathub.spark.benchmark.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the repository says about speed is what was measured: the JSON files of {@code
 * benchmark/results}, which nobody writes by hand. -Dregenerate.golden.files=true writes all that
 * is made from them.
 */
class TestCommittedResults {
  private static final Path DIRECTORY = BenchmarkDirectories.MODULE.resolve("results");
  private static final Path README = BenchmarkDirectories.MODULE.resolveSibling("README.md");
  private static final Path DOCUMENT =
      BenchmarkDirectories.MODULE.resolveSibling("docs/benchmarks.md");
  private static final String SECTION = "## The results in this repository\n";
  private static final String BEGIN = "<!-- benchmark:begin -->\n";
  private static final String END = "<!-- benchmark:end -->\n";

  @TempDir private Path rendered;

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @BeforeAll
  static void regenerate() throws IOException {
    if (Boolean.getBoolean("regenerate.golden.files")) {
      names().forEach(name -> ReportFiles.write(results(name), DIRECTORY, name));
      Files.writeString(README, readmeWithFigures());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void areOfARunWithoutFailures(String name) {
    assertThat(results(name).failed()).isFalse();
    assertThat(results(name).command()).startsWith("./feathub bench --suite full");
  }

  @ParameterizedTest
  @MethodSource("names")
  void areShownAsTheyWereMeasured(String name) throws IOException {
    for (Path file : ReportFiles.write(results(name), rendered, name)) {
      assertThat(DIRECTORY.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void nothingElseIsThere() throws IOException {
    Set<String> made = new TreeSet<>();
    for (String name : names().toList()) {
      ReportFiles.write(results(name), rendered, name)
          .forEach(file -> made.add(file.getFileName().toString()));
    }
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(made);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatTheyLackIsInTheDocuments(String name) throws IOException {
    String document = Files.readString(DOCUMENT);
    assertThat(document).containsOnlyOnce(SECTION);
    String section = document.substring(document.indexOf(SECTION) + SECTION.length());
    assertThat(results(name).missing())
        .allSatisfy(part -> assertThat(section.split("\n## ", -1)[0]).contains("`" + part + "`"));
  }

  @Test
  void areInTheReadme() throws IOException {
    assertThat(README).hasContent(readmeWithFigures());
  }

  private static Results results(String name) {
    return ResultFiles.read(DIRECTORY.resolve(name + ".json"));
  }

  private static String readmeWithFigures() throws IOException {
    String readme = Files.readString(README);
    assertThat(readme).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    return readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
        + MarkdownSummary.of(results("full"))
        + readme.substring(readme.indexOf(END));
  }
}
