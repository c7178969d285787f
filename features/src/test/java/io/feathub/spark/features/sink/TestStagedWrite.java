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
package io.feathub.spark.features.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestStagedWrite {
  private static final SparkSession SESSION = TestSession.stock();

  @TempDir private Path directory;
  private String lastFailure = "";

  @BeforeAll
  static void registerFaultyFileSystem() {
    SESSION.conf().set("fs.faulty.impl", FaultyFileSystem.class.getName());
    SESSION.conf().set("fs.faulty.impl.disable.cache", "true");
  }

  @AfterEach
  void noMoreFaults() {
    FaultyFileSystem.failCall(0);
  }

  private static Dataset<Row> numbers(int from, int to, int partitions) {
    return SESSION.range(from, to, 1, partitions).toDF("n");
  }

  private static void write(Dataset<Row> rows, String path, String format, boolean replace) {
    StagedWrite.to(SESSION, path, replace).run(rows, format, Map.of());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> lines(Path output) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : names(output)) {
      lines.addAll(Files.readAllLines(output.resolve(name)));
    }
    lines.sort(null);
    return lines;
  }

  @Test
  void outputIsPartFilesAndTheMarkerAndNothingElse() throws IOException {
    Path target = directory.resolve("a b/out put");

    write(numbers(0, 6, 3), target.toString(), "csv", false);

    assertThat(names(target))
        .hasSize(4)
        .allMatch(name -> name.equals("_SUCCESS") || name.matches("part-0000[0-2]-\\d+-c000.csv"));
    assertThat(lines(target)).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(names(target.getParent())).containsExactly("out put");
  }

  @Test
  void anEmptyResultIsAValidOutputInEachFormat() throws IOException {
    for (String format : List.of("csv", "json", "parquet")) {
      for (Dataset<Row> rows :
          List.of(
              numbers(0, 0, 2),
              numbers(0, 4, 2).where("n < 0"),
              SESSION.createDataFrame(List.<Row>of(), numbers(0, 1, 1).schema()))) {
        Path target = directory.resolve(format);
        write(rows, target.toString(), format, true);

        assertThat(names(target)).contains("_SUCCESS").hasSizeGreaterThan(1);
        assertThat(
                SESSION
                    .read()
                    .format(format)
                    .schema("n BIGINT")
                    .load(target.toString())
                    .collectAsList())
            .isEmpty();
      }
    }
    assertThat(SESSION.read().parquet(directory.resolve("parquet").toString()).columns())
        .containsExactly("n");
  }

  @Test
  void anExistingPathIsRefusedBeforeAnyWork() throws IOException {
    Path target = directory.resolve("out");
    Files.createDirectory(target);

    assertThatThrownBy(() -> StagedWrite.to(SESSION, target.toString(), false))
        .hasMessageContaining("FEATHUB_PATH_EXISTS")
        .hasMessageContaining(target.toString());
    assertThatThrownBy(() -> StagedWrite.to(SESSION, "/", true))
        .hasMessageContaining("FEATHUB_PATH_EXISTS");
    assertThat(names(directory)).containsExactly("out");
  }

  @Test
  void aPathThatAppearsDuringTheWorkIsNotMixedWithTheOutput() throws IOException {
    Path target = directory.resolve("out");
    StagedWrite write = StagedWrite.to(SESSION, target.toString(), false);
    Files.createDirectory(target);
    Files.writeString(target.resolve("other"), "theirs");

    assertThatThrownBy(() -> write.run(numbers(0, 3, 1), "csv", Map.of()))
        .hasMessageContaining("FEATHUB_PATH_EXISTS");
    assertThat(names(target)).containsExactly("other");
    assertThat(names(directory)).containsExactly("out");
  }

  @Test
  void whatIsReplacedIsReadableUntilTheNewIsReady() throws IOException {
    Path target = directory.resolve("out");
    write(numbers(0, 3, 2), target.toString(), "csv", false);

    // Reads what it replaces.
    Dataset<Row> old = SESSION.read().schema("n BIGINT").csv(target.toString());
    write(old.selectExpr("n + 10 AS n"), target.toString(), "csv", true);

    assertThat(lines(target)).containsExactly("10", "11", "12");
    assertThat(names(directory)).containsExactly("out");
  }

  @Test
  void aFailedJobLeavesNothing() throws IOException {
    Path target = directory.resolve("out");

    assertThatThrownBy(
            () ->
                write(
                    numbers(0, 9, 3).selectExpr("1 / (n - 7) AS n"),
                    target.toString(),
                    "csv",
                    false))
        .hasStackTraceContaining("DIVIDE_BY_ZERO");
    assertThat(names(directory)).isEmpty();
  }

  @Test
  void theSessionOfTheRowsStaysAsItIs() {
    String before = SESSION.conf().get("spark.sql.sources.commitProtocolClass");
    write(numbers(0, 3, 1), directory.resolve("out").toString(), "csv", false);

    assertThat(SESSION.conf().get("spark.sql.sources.commitProtocolClass")).isEqualTo(before);
  }

  @Test
  void whicheverCallFailsTheTargetIsAbsentOrComplete() throws IOException {
    int failed = 0;
    for (int call = 1; failed == call - 1; call++) {
      Path target = directory.resolve("new" + call);
      boolean ok = writeWithFault(call, target, false);
      failed += ok ? 0 : 1;
      if (Files.exists(target)) {
        assertThat(lines(target)).as("after failing call %d", call).containsExactly("0", "1");
      }
      assertNoStaging(call);
    }
    assertThat(failed).isGreaterThan(8);
  }

  @Test
  void whicheverCallFailsTheTargetIsTheOldOrTheNew() throws IOException {
    int failed = 0;
    for (int call = 1; failed == call - 1; call++) {
      Path target = directory.resolve("old" + call);
      write(numbers(7, 9, 1), target.toString(), "csv", false);
      boolean ok = writeWithFault(call, target, true);
      failed += ok ? 0 : 1;
      assertThat(lines(target))
          .as("after failing call %d", call)
          .isIn(List.of("0", "1"), List.of("7", "8"));
      assertNoStaging(call);
    }
    assertThat(failed).isGreaterThan(10);
  }

  private boolean writeWithFault(int call, Path target, boolean replace) {
    FaultyFileSystem.failCall(call);
    try {
      write(numbers(0, 2, 1), "faulty://" + target, "csv", replace);
      return FaultyFileSystem.calls() < call;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare.
      assertThat(e).hasStackTraceContaining("injected failure");
      lastFailure = e.toString();
      return false;
    } finally {
      assertThat(FaultyFileSystem.calls()).isPositive();
    }
  }

  /** Nothing is left beside the target but what could not be deleted or what the error names. */
  private void assertNoStaging(int call) throws IOException {
    for (String name : names(directory)) {
      if (name.startsWith(".")) {
        assertThat(FaultyFileSystem.deletionFailed() || lastFailure.contains(name))
            .as("%s after failing call %d", name, call)
            .isTrue();
        FileUtil.fullyDelete(directory.resolve(name).toFile());
      }
    }
  }

  @Test
  void failuresSayWhatToDo() {
    FaultyFileSystem.failCall(1);
    assertThatThrownBy(() -> StagedWrite.to(SESSION, "faulty://" + directory + "/out", false))
        .satisfies(
            thrown ->
                assertThat(FeathubErrors.find(thrown))
                    .hasValueSatisfying(
                        error ->
                            assertThat(error.getCondition()).isEqualTo("FEATHUB_PUBLISH_FAILED")));
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsNamed() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    for (String parent : List.of(directory.resolve("file").toString(), "/proc")) {
      assertThatThrownBy(() -> write(numbers(0, 1, 1), parent + "/out", "csv", false))
          .as(parent)
          .satisfies(
              thrown ->
                  assertThat(FeathubErrors.find(thrown))
                      .as(thrown.toString())
                      .hasValueSatisfying(
                          error -> {
                            assertThat(error.getCondition()).isEqualTo("FEATHUB_PUBLISH_FAILED");
                            assertThat(thrown).hasMessageContaining(parent + "/out");
                          }));
    }
  }
}
