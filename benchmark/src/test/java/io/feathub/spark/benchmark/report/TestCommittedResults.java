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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the repository says about speed is what was measured: {@code benchmark/results/full.json},
 * which nobody writes by hand. -Dregenerate.golden.files=true writes all that is made from it.
 */
class TestCommittedResults {
  private static final Path DIRECTORY = BenchmarkDirectories.MODULE.resolve("results");
  private static final String NAME = "full";
  private static final Path README = BenchmarkDirectories.MODULE.resolveSibling("README.md");
  private static final String BEGIN = "<!-- benchmark:begin -->\n";
  private static final String END = "<!-- benchmark:end -->\n";

  private final Results results = ResultFiles.read(DIRECTORY.resolve(NAME + ".json"));

  @TempDir private Path rendered;

  @BeforeEach
  void regenerate() throws IOException {
    if (Boolean.getBoolean("regenerate.golden.files")) {
      ReportFiles.write(results, DIRECTORY, NAME);
      Files.writeString(README, readmeWithFigures());
    }
  }

  @Test
  void areOfARunWithoutFailures() {
    assertThat(results.failed()).isFalse();
    assertThat(results.command()).isEqualTo("./feathub bench --suite full --profile");
  }

  @Test
  void areShownAsTheyWereMeasured() throws IOException {
    for (Path file : ReportFiles.write(results, rendered, NAME)) {
      assertThat(DIRECTORY.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void areInTheReadme() throws IOException {
    assertThat(README).hasContent(readmeWithFigures());
  }

  private String readmeWithFigures() throws IOException {
    String readme = Files.readString(README);
    assertThat(readme).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    return readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length())
        + MarkdownSummary.of(results)
        + readme.substring(readme.indexOf(END));
  }
}
