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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestBench {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsTheWorkloadsOfASuite() {
    assertThat(run("--list", "--suite", "FULL")).isZero();
    assertThat(out.toString().lines())
        .contains(
            "main", "main-hot", "asof-no-key", "rows-30000000", "versions-10000", "heap-one-key")
        .endsWith("kernels");
  }

  @Test
  void onlyChoosesByTheBeginningOfNames() {
    assertThat(run("--list", "--suite", "full", "--only", "frame-", "--only", "wide")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "wide", "frame-10", "frame-100", "frame-1000", "frame-10000", "frame-100000");
  }

  @Test
  void asOfJoinsAloneAreChosenTogether() {
    assertThat(run("--list", "--suite", "full", "--only", "main-asof", "--only", "asof")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "main-asof",
            "asof-one-key",
            "asof-no-key",
            "asof-square-100",
            "asof-square-10",
            "asof-square-no-key",
            "asof-rows-1000000",
            "asof-rows-3000000",
            "asof-heap");
  }

  @Test
  void windowsAloneAreChosenTogether() {
    assertThat(
            run(
                "--list",
                "--suite=full",
                "--only=main-window",
                "--only=main-window-sorted",
                "--only=frame",
                "--only=features",
                "--only=range",
                "--only=window"))
        .isZero();
    assertThat(out.toString().lines())
        .startsWith("main-window", "main-window-sorted", "frame-10")
        .contains("features-1", "features-5", "range-3600")
        .endsWith("window-one-key-50m");
  }

  @Test
  void aWholeNameIsThatWorkloadAlone() {
    assertThat(run("--list", "--only", "main")).isZero();
    assertThat(out.toString().lines()).containsExactly("main");
  }

  @Test
  void scaleMovesTheRows() {
    assertThat(run("--list", "--suite", "full", "--scale", "0.1")).isZero();
    assertThat(out.toString().lines()).contains("rows-300000", "versions-10000", "frame-10");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(Bench.commandLine(BenchmarkDirectories.MODULE).getCommandSpec().options())
        .hasSizeGreaterThan(8)
        .allSatisfy(option -> assertThat(out.toString()).contains(option.longestName()));
  }

  @Test
  void aWrongCommandLineIsAnsweredInTwoLines() {
    assertRefused("Invalid value for option '--suite'", "--suite=huge");
    assertRefused("--scale is 0.0. It multiplies rows: give a number above 0.", "--scale=0");
    assertRefused("--rounds is 0. Give 1 or more.", "--rounds=0");
    assertRefused("--only nope: the suite has only main, main-hot", "--only=nope");
    assertRefused(
        "--baseline: Cannot read the results file /no/such.json", "--baseline=/no/such.json");
    assertRefused("Unknown option: '--frobnicate'", "--frobnicate");
  }

  @Test
  void resultsThatCannotBeWrittenAreRefusedBeforeAnythingIsMeasured(@TempDir Path directory)
      throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path below = file.resolve("results");
    assertRefused(
        "--results: nothing can be written to " + below + " (",
        "--suite=quick",
        "--only=facts-3",
        "--results=" + below);
  }

  private void assertRefused(String message, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(1);
    assertThat(err.toString()).startsWith("Error: ").contains(message);
    assertThat(err.toString().lines().toList())
        .hasSizeLessThanOrEqualTo(2)
        .last()
        .isEqualTo("./feathub bench --help lists the options.");
  }

  private int run(String... arguments) {
    CommandLine commandLine =
        Bench.commandLine(BenchmarkDirectories.MODULE)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
