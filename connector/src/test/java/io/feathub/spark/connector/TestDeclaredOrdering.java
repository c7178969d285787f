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
package io.feathub.spark.connector;

import static io.feathub.spark.connector.Files.write;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDeclaredOrdering {
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    spark = TestSession.stock();
  }

  private static DataFrameReader ordered(String format, String ordering) {
    return spark
        .read()
        .format("feathub")
        .schema("user STRING, ts STRING, n INT")
        .option("data_format", format)
        .option("timestamp_field", "ts")
        .option("timestamp_format", "%F %T")
        .option("event_time_column", "et")
        .option("ordering", ordering);
  }

  private static List<String> sortedLines() {
    List<String> lines = new ArrayList<>();
    lines.add("{\"ts\":\"2022-01-01 00:00:00\",\"n\":0}");
    for (String user : List.of("a", "b", "c")) {
      for (int minute = 0; minute < 4; minute++) {
        lines.add(
            "{\"user\":\"%s\",\"ts\":\"2022-01-01 00:0%d:00\",\"n\":%d}"
                .formatted(user, minute, lines.size()));
      }
    }
    return lines;
  }

  @Test
  void sortsByTheOrderingAreNotPlanned() {
    Path file = write(directory, "sorted.json", sortedLines().toArray(String[]::new));
    for (String key : List.of("et", "_event_time")) {
      Dataset<Row> sorted =
          ordered("json", "user, et")
              .load(file.toString())
              .select("*", "_event_time")
              .sortWithinPartitions("user", key);
      assertThat(ExecutedPlan.of(sorted).contains(SortExec.class))
          .as(key)
          .isEqualTo(key.equals("_event_time"));
      assertThat(ExecutedPlan.of(sorted).meetsItsRequirements()).isTrue();
      assertThat(sorted.where("user = 'b'").select("n").collectAsList().toString())
          .isEqualTo("[[5], [6], [7], [8]]");
    }
  }

  @Test
  void onlyThePrefixThatIsReadIsReported() {
    Path file = write(directory, "sorted.json", sortedLines().toArray(String[]::new));
    Dataset<Row> sorted =
        ordered("json", "user,ts,n")
            .load(file.toString())
            .select("user", "n")
            .sortWithinPartitions("user");
    Dataset<Row> unsorted =
        ordered("json", "user,ts,n")
            .load(file.toString())
            .select("user", "n")
            .sortWithinPartitions("user", "n");

    assertThat(ExecutedPlan.of(sorted).contains(SortExec.class)).isFalse();
    assertThat(ExecutedPlan.of(unsorted).contains(SortExec.class)).isTrue();
  }

  @Test
  void theOrderOfAStructIsNotThatOfItsFields() {
    Path file =
        Files.parquet(
            spark,
            directory,
            "structs.parquet",
            "SELECT named_struct('a', id, 'b', 9 - id) AS s FROM range(0, 10, 1, 1)");
    Dataset<Row> frame =
        spark
            .read()
            .format("feathub")
            .option("data_format", "parquet")
            .option("ordering", "s")
            .load(file.toString());

    assertThat(frame.select("s.b").collectAsList()).hasSize(10);
    assertThat(ExecutedPlan.of(frame.sortWithinPartitions("s")).contains(SortExec.class)).isFalse();
  }

  @Test
  void eachFileIsAPartitionOfItsOwn() {
    for (String name : List.of("one", "two", "three")) {
      write(directory, "files/" + name + ".json", sortedLines().toArray(String[]::new));
    }
    String path = directory.resolve("files").toString();

    Dataset<Row> ordered = ordered("json", "user,ts").load(path);
    assertThat(ordered.javaRDD().getNumPartitions()).isEqualTo(3);
    assertThat(ordered.sort("user", "ts").select("n").collectAsList()).hasSize(39);
    assertThat(ordered("json", "user,ts").load(path).select("n").javaRDD().getNumPartitions())
        .as("no ordering survives the pruning")
        .isLessThan(3);
  }

  @Test
  void anySwapOfTwoRowsIsCaughtInTextFiles() {
    List<String> lines = sortedLines();
    for (int i = 0; i + 1 < lines.size(); i++) {
      List<String> swapped = new ArrayList<>(lines);
      Collections.swap(swapped, i, i + 1);
      Path file = write(directory, "swap" + i + ".json", swapped.toArray(String[]::new));
      Dataset<Row> frame = ordered("json", "user,et").load(file.toString());
      int row = i + 2;
      assertThatThrownBy(() -> readAll(frame))
          .satisfies(
              thrown -> {
                SparkThrowable error = FeathubErrors.find(thrown).orElseThrow();
                assertThat(error.getCondition()).isEqualTo("FEATHUB_UNSORTED_INPUT");
                assertThat(((Throwable) error).getMessage())
                    .contains(file.toString())
                    .contains("row " + row + " of those read")
                    .contains("sorted by user, et")
                    .contains("leave out the option `ordering`");
              });
    }
  }

  @Test
  void swapsAreCaughtInParquetBatchesAndRows() {
    List<Dataset<Row>> frames = new ArrayList<>();
    for (int at : List.of(0, 4095, 9998)) {
      Path file =
          Files.parquet(
              spark,
              directory,
              "swap" + at + ".parquet",
              "SELECT IF(id = %d, id + 1, IF(id = %d, id - 1, id)) AS n FROM range(0, 10000, 1, 1)"
                  .formatted(at, at + 1));
      for (String vectorized : List.of("true", "false")) {
        TestSession.withConf(
            spark,
            Map.of("spark.sql.parquet.enableVectorizedReader", vectorized),
            () -> {
              Dataset<Row> frame =
                  spark
                      .read()
                      .format("feathub")
                      .option("data_format", "parquet")
                      .option("ordering", "n")
                      .load(file.toString());
              frames.add(frame);
              assertThatThrownBy(() -> frame.agg(functions.sum(col("n"))).collectAsList())
                  .satisfies(
                      thrown ->
                          assertThat(
                                  ((Throwable) FeathubErrors.find(thrown).orElseThrow())
                                      .getMessage())
                              .contains("[FEATHUB_UNSORTED_INPUT]")
                              .contains("row " + (at + 2))
                              .contains("(" + at + ") follows (" + (at + 1) + ")"));
            });
      }
    }
    assertThat(frames).hasSize(6);
  }

  @Test
  void splitsOfAFileAreCheckedEachAndStaySorted() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      lines.add("{\"user\":\"u%05d\",\"n\":%d}".formatted(i / 10, i));
    }
    Path file = write(directory, "big.json", lines.toArray(String[]::new));
    TestSession.withConf(
        spark,
        Map.of(
            "spark.sql.files.maxPartitionBytes", "10000", "spark.sql.files.openCostInBytes", "1"),
        () -> {
          Dataset<Row> frame = ordered("json", "user,n").load(file.toString());
          assertThat(frame.javaRDD().getNumPartitions()).isGreaterThan(3);
          assertThat(frame.sortWithinPartitions("user", "n").count()).isEqualTo(2_000);
          assertThat(
                  ExecutedPlan.of(frame.sortWithinPartitions("user", "n")).contains(SortExec.class))
              .isFalse();
        });
  }

  /** Reads all partitions in this thread: a failed job for each case would take seconds. */
  private static void readAll(Dataset<Row> frame) throws IOException {
    BatchScanExec scan = ExecutedPlan.of(frame).operators(BatchScanExec.class).get(0);
    for (InputPartition partition : scan.batch().planInputPartitions()) {
      try (PartitionReader<InternalRow> reader = scan.readerFactory().createReader(partition)) {
        while (reader.next()) {
          assertThat(reader.get()).isNotNull();
        }
      }
    }
  }
}
