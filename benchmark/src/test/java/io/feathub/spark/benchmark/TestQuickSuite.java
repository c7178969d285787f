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

import static io.feathub.spark.benchmark.contender.Contenders.DUCKDB;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_AS_OF_JOIN;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_BROADCAST;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_SHUFFLED;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_AS_OF_JOIN;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_ROW_NUMBER;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_SEGMENT_TREE;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.report.Comparison;
import io.feathub.spark.benchmark.results.ResultFiles;
import io.feathub.spark.benchmark.results.Results;
import io.feathub.spark.benchmark.results.Timing;
import io.feathub.spark.benchmark.results.WorkloadResult;
import io.feathub.spark.benchmark.workload.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of workload on few rows: do all contenders answer alike, by the operators under test?
 */
class TestQuickSuite {
  @TempDir private static Path directory;
  private static String output;
  private static int exitCode;
  private static Results results;

  @BeforeAll
  static void run() {
    StringWriter out = new StringWriter();
    exitCode =
        Bench.commandLine(BenchmarkDirectories.MODULE)
            .setOut(new PrintWriter(out))
            .execute("--suite", "quick", "--results", directory.toString());
    output = out.toString();
    results = ResultFiles.read(directory.resolve("quick.json"));
  }

  @Test
  void everyAnswerIsRight() {
    assertThat(exitCode).as(output).isZero();
    assertThat(results.workloads())
        .extracting(WorkloadResult::name)
        .containsExactlyElementsOf(Suite.QUICK.plan(1).names());
    assertThat(results.workloads())
        .allSatisfy(
            workload -> {
              assertThat(workload.failures()).isEmpty();
              assertThat(workload.answer().exactRows()).isEqualTo(workload.rows());
              assertThat(workload.answer().contenders()).contains(FEATHUB, DUCKDB, SPARK_UNION);
            });
  }

  @Test
  void everyContenderThatNeedsNoPythonTakesPart() {
    Set<String> timed =
        results.workloads().stream()
            .flatMap(workload -> workload.timings().stream())
            .map(Timing::contender)
            .collect(Collectors.toSet());
    assertThat(timed)
        .contains(
            FEATHUB,
            FEATHUB_BROADCAST,
            FEATHUB_SHUFFLED,
            FEATHUB_AS_OF_JOIN,
            SPARK_UNION,
            SPARK_ROW_NUMBER,
            SPARK_SEGMENT_TREE,
            SPARK_AS_OF_JOIN,
            DUCKDB,
            "floor: spark",
            "floor: duckdb");
  }

  @Test
  void operatorsAreRecorded() {
    assertThat(timing("main", FEATHUB_BROADCAST).operators())
        .contains("BroadcastAsOfJoinExec", "StreamingWindowExec")
        .doesNotContain("WindowExec", "SortExec");
    assertThat(timing("main", FEATHUB_SHUFFLED).operators()).contains("ShuffledAsOfJoinExec");
    assertThat(timing("main", SPARK_UNION).operators())
        .contains("WindowExec", "UnionExec")
        .noneMatch(name -> name.contains("AsOf") || name.contains("Streaming"));
    assertThat(timing("main", DUCKDB).operators()).contains("ASOF_JOIN", "WINDOW");
  }

  /** The same call plans our operator with FeatHub's extension, and Spark's rewriting without. */
  @Test
  void sparksOwnNodeIsPlannedAsItsSessionSays() {
    for (String workload : List.of("asof-square-10", "asof-square-no-key")) {
      assertThat(timing(workload, FEATHUB_AS_OF_JOIN).operators())
          .contains("BroadcastAsOfJoinExec")
          .noneMatch(name -> name.matches(".*(HashJoin|NestedLoopJoin|SortAggregate)Exec"));
      assertThat(timing(workload, SPARK_AS_OF_JOIN).operators())
          .contains("SortAggregateExec")
          .noneMatch(name -> name.contains("AsOf"));
    }
    assertThat(timing("asof-square-no-key", SPARK_AS_OF_JOIN).operators())
        .contains("BroadcastNestedLoopJoinExec");
  }

  @Test
  void withoutAKeyBoundsAreBroadcastAndNoSide() {
    assertThat(timing("asof-no-key", FEATHUB_SHUFFLED).operators())
        .contains("ShuffledAsOfJoinExec", "BroadcastNestedLoopJoinExec with one row")
        .doesNotContain("BroadcastNestedLoopJoinExec");
  }

  @Test
  void resultsAreWrittenAndComparable() {
    assertThat(output).contains("Where we lose", "Written: ");
    assertThat(directory.resolve("quick.html")).isNotEmptyFile();
    assertThat(directory.resolve("quick-main.svg")).isNotEmptyFile();
    assertThat(Comparison.text(results, results)).contains("main");
  }

  @Test
  void resumingMeasuresNothingAgain() {
    assertThat(resume(new StringWriter())).isZero();
    Results resumed = ResultFiles.read(directory.resolve("quick.json"));
    assertThat(resumed.workloads()).isEqualTo(results.workloads());
    assertThat(resumed.started()).isEqualTo(results.started());
    assertThat(resumed.command()).isEqualTo("./feathub bench --suite quick");
    assertThat(resumed.missing()).isEmpty();
  }

  @Test
  void resultsOfAnotherCommandAreNotResumed() {
    StringWriter err = new StringWriter();
    assertThat(resume(err, "--rounds", "2")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("Error: --resume: ")
        .contains("quick.json is of the command ./feathub bench --suite quick, and this is")
        .contains("--rounds 2. Give the same options, or leave --resume out");
  }

  @Test
  void resultsOfAnotherMachineAreNotResumed() throws IOException {
    Path json = directory.resolve("quick.json");
    String own = Files.readString(json);
    Files.writeString(json, own.replaceFirst("\"cpu\" : \"", "\"cpu\" : \"other "));
    StringWriter err = new StringWriter();
    try {
      assertThat(resume(err)).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("Error: --resume: The earlier results are of another machine")
          .contains("(CPU: now ", ", then other ")
          .doesNotContain("\tat ");
    } finally {
      Files.writeString(json, own);
    }
  }

  private static int resume(StringWriter err, String... further) {
    List<String> arguments = new ArrayList<>(List.of("--suite", "quick", "--resume"));
    arguments.addAll(List.of("--results", directory.toString()));
    arguments.addAll(List.of(further));
    return Bench.commandLine(BenchmarkDirectories.MODULE)
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void nothingIsLeftOfItsTemporaryFiles() {
    String own = Long.toString(ProcessHandle.current().pid());
    assertThat(BenchmarkDirectories.MODULE.resolve("target/work")).isDirectory();
    assertThat(BenchmarkDirectories.MODULE.resolve("target/work").resolve(own)).doesNotExist();
  }

  private static Timing timing(String workload, String contender) {
    return results.workloads().stream()
        .filter(result -> result.name().equals(workload))
        .flatMap(result -> result.timings().stream())
        .filter(timing -> timing.contender().equals(contender))
        .findFirst()
        .orElseThrow();
  }
}
