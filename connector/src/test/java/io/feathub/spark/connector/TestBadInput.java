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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBadInput {
  private static final String SCHEMA = "user STRING, amount INT, ts STRING";
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    spark = TestSession.stock();
  }

  private static void assertError(
      String name, Throwable thrown, String condition, List<String> says) {
    assertThat(thrown).as(name).isNotNull();
    SparkThrowable error =
        FeathubErrors.find(thrown).orElseThrow(() -> new AssertionError(name, thrown));
    assertThat(error.getCondition()).as(name + ": " + error).isEqualTo(condition);
    assertThat(((Throwable) error).getMessage()).as(name).contains(says);
    assertThat(((Throwable) error).getMessage()).as(name).doesNotContain("\n\tat ");
  }

  private static DataFrameReader feathub(String format) {
    return spark.read().format("feathub").option("data_format", format);
  }

  private static void assertFails(Dataset<Row> frame, String condition, String... says) {
    assertError(condition, catchThrowable(frame::collectAsList), condition, List.of(says));
  }

  @Test
  void emptyDirectoriesAndFeathubTablesAreNamed() throws IOException {
    Path empty = java.nio.file.Files.createDirectories(directory.resolve("empty"));
    write(empty, "_SUCCESS", "");
    Path table = directory.resolve("table");
    write(table, "_feathub/v000001.json", "{}");

    assertError(
        "empty",
        catchThrowable(() -> feathub("json").schema(SCHEMA).load(empty.toString())),
        "FEATHUB_NO_DATA_FILES",
        List.of(empty.toString(), "recursiveFileLookup"));
    assertError(
        "table",
        catchThrowable(() -> spark.read().format("feathub").load(table.toString())),
        "FEATHUB_TABLE_UNSUPPORTED",
        List.of(table.toString()));
  }

  @Test
  void malformedJsonIsToldWithFileLineAndSnippet() {
    String good = "{\"user\":\"a\",\"amount\":1}";
    String oops = "{\"user\": oops, " + "x".repeat(200);
    Path file = write(directory, "malformed.json", good, "", good, oops, good);
    assertFails(
        feathub("json").schema(SCHEMA).load(file.toString()),
        "FEATHUB_MALFORMED_RECORD",
        file.toString(),
        "line 4",
        "Unrecognized token 'oops'",
        "The record begins: " + oops.substring(0, 80) + "...",
        "permissive");

    Path type = write(directory, "type.json", good, "{\"user\":\"a\",\"amount\":\"many\"}");
    assertFails(
        feathub("json").schema(SCHEMA).load(type.toString()),
        "FEATHUB_MALFORMED_RECORD",
        type.toString(),
        "line 2 in column `amount`");

    Path dollar = write(directory, "dollar.json", "${user} <file> \u0001 {");
    assertFails(
        feathub("json").schema(SCHEMA).load(dollar.toString()),
        "FEATHUB_MALFORMED_RECORD",
        "${user} <file>   {");
  }

  @Test
  void textAfterAJsonRecordIsNotLostSilently() {
    String good = "{\"user\":\"a\",\"amount\":1}";
    String other = "{\"user\":\"b\",\"amount\":2}";
    int number = 0;
    for (String line : List.of(good + other, good + " oops", good + "}", good + " " + other)) {
      Path file = write(directory, "after" + number++ + ".json", good, line + " ", other + "  ");
      Dataset<Row> frame = feathub("json").schema(SCHEMA).load(file.toString());
      for (Dataset<Row> query : List.of(frame, frame.select("user"), frame.where("amount = 1"))) {
        assertFails(query, "FEATHUB_MALFORMED_RECORD", file.toString(), "line 2", good);
      }
      assertThat(
              feathub("json")
                  .schema(SCHEMA)
                  .option("mode", "dropmalformed")
                  .load(file.toString())
                  .collectAsList())
          .hasSize(2);
    }
    Path several = write(directory, "several.json", good, other);
    assertFails(
        feathub("json").schema(SCHEMA).option("multiLine", "true").load(several.toString()),
        "FEATHUB_MALFORMED_RECORD",
        several.toString());
    Path scalar = write(directory, "scalar.json", good, "3");
    assertFails(
        feathub("json").schema(SCHEMA).load(scalar.toString()),
        "FEATHUB_MALFORMED_RECORD",
        "line 2",
        "the value 3 is not a record");
  }

  @Test
  void linesAreThoseOfTheFileAlsoInLaterSplits() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      lines.add("{\"user\":\"user %d\",\"amount\":%d}".formatted(i, i));
    }
    lines.set(2_500, "broken");
    Path file = write(directory, "split.json", lines.toArray(String[]::new));
    TestSession.withConf(
        spark,
        Map.of(
            "spark.sql.files.maxPartitionBytes", "20000", "spark.sql.files.openCostInBytes", "1"),
        () ->
            assertFails(
                feathub("json").schema(SCHEMA).load(file.toString()),
                "FEATHUB_MALFORMED_RECORD",
                "line 2501",
                "broken"));
  }

  @Test
  void recordsOverSeveralLinesAreToldByLineOrNumber() {
    Path json = write(directory, "multi.json", "[", "{\"user\":\"a\"},", "{\"user\": oops}", "]");
    assertFails(
        feathub("json").schema(SCHEMA).option("multiLine", "true").load(json.toString()),
        "FEATHUB_MALFORMED_RECORD",
        json.toString(),
        "line 3");
    Path csv = write(directory, "multi.csv", "\"a\nb\",1,x", "c,2");
    assertFails(
        feathub("csv").schema(SCHEMA).option("multiLine", "true").load(csv.toString()),
        "FEATHUB_MALFORMED_RECORD",
        csv.toString(),
        "record 2",
        "not as many columns");
  }

  @Test
  void malformedCsvIsToldWithFileLineAndColumn() {
    Path few = write(directory, "few.csv", "# comment", "", "a,1,x", "b,2");
    Path many = write(directory, "many.csv", "a,1,x", "b,2,y,z");
    Path type = write(directory, "type.csv", "user,amount,ts", "a,1,x", "b,many,y");
    Dataset<Row> manyRows = feathub("csv").schema(SCHEMA).load(many.toString());

    assertFails(
        feathub("csv").schema(SCHEMA).option("comment", "#").load(few.toString()),
        "FEATHUB_MALFORMED_RECORD",
        few.toString(),
        "line 4",
        "not as many columns",
        "b,2");
    assertFails(manyRows, "FEATHUB_MALFORMED_RECORD", "line 2", "b,2,y,z");
    assertFails(manyRows.select("user"), "FEATHUB_MALFORMED_RECORD", "line 2", "b,2,y,z");
    assertFails(manyRows.groupBy().count(), "FEATHUB_MALFORMED_RECORD", "line 2");
    assertFails(
        feathub("csv").schema(SCHEMA).option("header", "true").load(type.toString()),
        "FEATHUB_MALFORMED_RECORD",
        type.toString(),
        "line 3 in column `amount`",
        "b,many,y");
  }

  @Test
  void csvHeadersMustBeThoseOfTheSchema() {
    Path swapped = write(directory, "swapped.csv", "ts,amount,user", "x,1,a");
    Path shorter = write(directory, "shorter.csv", "user,amount", "a,1");
    DataFrameReader reader = feathub("csv").schema(SCHEMA).option("header", "true");

    assertFails(
        reader.load(swapped.toString()).select("user"),
        "FEATHUB_CSV_HEADER_MISMATCH",
        swapped.toString(),
        "Expected: user but found: ts",
        "enforceSchema");
    assertFails(
        reader.load(shorter.toString()),
        "FEATHUB_CSV_HEADER_MISMATCH",
        shorter.toString(),
        "Header length: 2, schema size: 3");
  }

  @Test
  void timestampsThatDoNotParseAreToldWithPlaceValueAndFormat() {
    String good = "{\"user\":\"a\",\"ts\":\"2022-01-01 00:00:00\"}";
    Path json = write(directory, "ts.json", good, good, "{\"ts\":\"01/02/2022\"}");
    Path csv = write(directory, "ts.csv", "user,amount,ts", "a,1,2022-01-01 00:00:00.5");
    Path parquet =
        Files.parquet(
            spark,
            directory,
            "ts.parquet",
            "SELECT IF(id = 5000, 'never', '2022-01-01 00:00:00') AS ts FROM range(0, 6000, 1, 1)");

    assertFails(
        times("json").schema(SCHEMA).load(json.toString()).selectExpr("_event_time"),
        "FEATHUB_UNPARSABLE_TIMESTAMP",
        json.toString(),
        "line 3",
        "`01/02/2022`",
        "`ts`",
        "`%Y-%m-%d %H:%M:%S`",
        "Set `timestamp_format`");
    assertFails(
        times("csv")
            .schema(SCHEMA)
            .option("header", "true")
            .load(csv.toString())
            .selectExpr("_event_time"),
        "FEATHUB_UNPARSABLE_TIMESTAMP",
        "line 2",
        "2022-01-01 00:00:00.5",
        "the pattern ends before it");
    assertFails(
        times("parquet").load(parquet.toString()).selectExpr("_event_time"),
        "FEATHUB_UNPARSABLE_TIMESTAMP",
        parquet.toString(),
        "row 5001",
        "`never`");
  }

  private static DataFrameReader times(String format) {
    return feathub(format)
        .option("timestamp_field", "ts")
        .option("timestamp_format", "%Y-%m-%d %H:%M:%S");
  }

  @Test
  void columnsThatAParquetFileLacksAreNamed() {
    Files.parquet(spark, directory, "p/one.parquet", "SELECT 1 AS a, named_struct('x', 1) AS s");
    Path two = Files.parquet(spark, directory, "p/two.parquet", "SELECT 2 AS b, 3 AS c");
    String path = directory.resolve("p").toString();

    assertFails(
        feathub("parquet").schema("a INT, s STRUCT<x: INT>").load(path).select("a"),
        "FEATHUB_COLUMN_MISSING_IN_FILE",
        two.toString(),
        "`a`",
        "b, c",
        "mergeSchema");
    assertFails(
        feathub("parquet")
            .schema("a INT, s STRUCT<x: INT, y: INT>")
            .load(directory.resolve("p/one.parquet").toString()),
        "FEATHUB_COLUMN_MISSING_IN_FILE",
        "`s.y`");
    assertThat(
            feathub("parquet")
                .option("mergeSchema", "true")
                .load(path)
                .select("a", "b")
                .collectAsList())
        .hasSize(2);
  }

  @Test
  void columnsOfAnotherMeaningAreNamed() {
    Path file =
        Files.parquet(
            spark,
            directory,
            "meaning.parquet",
            "SELECT TIMESTAMP_NTZ'2022-01-01 00:00:00' AS wall, TIMESTAMP'2022-01-01 00:00:00' AS"
                + " instant, CAST(1 AS DECIMAL(30,2)) AS wide, CAST(1 AS DECIMAL(9,2)) AS narrow");
    for (String column :
        List.of(
            "wall TIMESTAMP",
            "wall BIGINT",
            "instant TIMESTAMP_NTZ",
            "wide STRING",
            "narrow BIGINT",
            "narrow INT")) {
      for (String vectorized : List.of("true", "false")) {
        TestSession.withConf(
            spark,
            Map.of("spark.sql.parquet.enableVectorizedReader", vectorized),
            () ->
                assertFails(
                    feathub("parquet").schema(column).load(file.toString()),
                    "FEATHUB_COLUMN_TYPE_MISMATCH",
                    "`" + column.split(" ", -1)[0] + "`",
                    file.toString()));
      }
    }
    assertThat(feathub("parquet").load(file.toString()).collectAsList()).hasSize(1);
  }

  @Test
  void columnsOfAnotherTypeAreNamed() {
    Path file = Files.parquet(spark, directory, "type.parquet", "SELECT 'text' AS a, 1 AS b");
    for (String vectorized : List.of("true", "false")) {
      TestSession.withConf(
          spark,
          Map.of("spark.sql.parquet.enableVectorizedReader", vectorized),
          () ->
              assertFails(
                  feathub("parquet").schema("a INT, b INT").load(file.toString()),
                  "FEATHUB_COLUMN_TYPE_MISMATCH",
                  file.toString(),
                  "`a`",
                  "INT",
                  "binary a (STRING)",
                  "cast it"));
    }
  }

  @Test
  void corruptFilesAreNamed() throws IOException {
    Path garbage = write(directory, "garbage.parquet", "PAR1 this is no parquet file at all");
    Path whole = Files.parquet(spark, directory, "whole.parquet", "SELECT id FROM range(1000)");
    byte[] bytes = java.nio.file.Files.readAllBytes(whole);
    Path cut = directory.resolve("cut.parquet");
    java.nio.file.Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Path zipped = directory.resolve("cut.json.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(java.nio.file.Files.newOutputStream(zipped))) {
      for (int i = 0; i < 50_000; i++) {
        out.write(
            ("{\"user\":\"" + (i * 31) + "\"}\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    byte[] gzip = java.nio.file.Files.readAllBytes(zipped);
    java.nio.file.Files.write(zipped, java.util.Arrays.copyOf(gzip, gzip.length / 2));

    for (Path file : List.of(garbage, cut)) {
      assertFails(
          feathub("parquet").schema("id BIGINT").load(file.toString()),
          "FEATHUB_CORRUPT_FILE",
          file.toString(),
          "ignoreCorruptFiles");
      assertError(
          "inferred",
          catchThrowable(() -> feathub("parquet").load(file.toString())),
          "FEATHUB_CORRUPT_FILE",
          List.of(file.toString()));
      assertThat(
              feathub("parquet")
                  .schema("id BIGINT")
                  .option("ignoreCorruptFiles", "true")
                  .load(file.toString())
                  .collectAsList())
          .isEmpty();
    }
    assertFails(
        feathub("json").schema(SCHEMA).load(zipped.toString()),
        "FEATHUB_CORRUPT_FILE",
        zipped.toString());
  }

  @Test
  void filesThatVanishAreNamed() throws IOException {
    Path file = write(directory, "gone.json", "{}");
    Dataset<Row> frame = feathub("json").schema(SCHEMA).load(file.toString());
    frame.queryExecution().executedPlan();
    java.nio.file.Files.delete(file);

    assertFails(frame, "FEATHUB_UNREADABLE_FILE", file.toString(), "still exists");
  }
}
