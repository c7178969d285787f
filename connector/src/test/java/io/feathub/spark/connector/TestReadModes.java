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

import static io.feathub.spark.connector.Files.rows;
import static io.feathub.spark.connector.Files.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReadModes {
  private static final String SCHEMA = "user STRING, amount INT, ts STRING";
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    spark = TestSession.stock();
  }

  private static DataFrameReader feathub(String format) {
    return spark
        .read()
        .format("feathub")
        .option("data_format", format)
        .option("timestamp_field", "ts")
        .option("timestamp_format", "%Y-%m-%d %H:%M:%S");
  }

  @Test
  void permissiveGivesNullsAndDropmalformedNoRow() {
    Path json =
        write(
            directory,
            "bad.json",
            "{\"user\":\"a\",\"amount\":1,\"ts\":\"2022-01-01 00:00:00\"}",
            "{\"user\":\"b\",\"amount\":2,\"ts\":\"yesterday\"}",
            "{\"user\":");
    Path parquet =
        Files.parquet(
            spark,
            directory,
            "bad.parquet",
            "SELECT 'a' AS user, '2022-01-01 00:00:00' AS ts UNION ALL SELECT 'b', 'yesterday'");
    for (String mode : List.of("permissive", "DropMalformed")) {
      boolean permissive = mode.equals("permissive");
      assertThat(
              rows(
                  feathub("json")
                      .schema(SCHEMA)
                      .option("mode", mode)
                      .load(json.toString())
                      .selectExpr("user", "_event_time IS NULL"),
                  ","))
          .containsExactlyInAnyOrderElementsOf(
              permissive ? List.of("a,false", "b,true", "null,true") : List.of("a,false"));
      assertThat(
              rows(
                  feathub("parquet")
                      .option("mode", mode)
                      .load(parquet.toString())
                      .selectExpr("user", "_event_time IS NULL"),
                  ","))
          .containsExactlyInAnyOrderElementsOf(
              permissive ? List.of("a,false", "b,true") : List.of("a,false"));
    }
  }

  @Test
  void malformedRecordsGoToTheirColumnInPermissiveMode() {
    Path json = write(directory, "corrupt.json", "{\"user\":\"a\"}", "oops");

    assertThat(
            rows(
                spark
                    .read()
                    .format("feathub")
                    .schema("user STRING, bad STRING")
                    .option("data_format", "json")
                    .option("mode", "permissive")
                    .option("columnNameOfCorruptRecord", "bad")
                    .load(json.toString()),
                ","))
        .containsExactlyInAnyOrder("a,null", "null,oops");
  }

  @Test
  void wrongColumnCountsAreDroppedWhateverColumnsAreRead() {
    Path csv = write(directory, "counts.csv", "a,1,x", "b,2", "c,3,y,z");

    for (String column : List.of("user", "ts", "*")) {
      assertThat(
              feathub("csv")
                  .schema(SCHEMA)
                  .option("mode", "dropmalformed")
                  .load(csv.toString())
                  .selectExpr(column)
                  .collectAsList())
          .as(column)
          .hasSize(1);
    }
  }
}
