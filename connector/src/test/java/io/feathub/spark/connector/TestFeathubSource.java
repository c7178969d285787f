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
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.exchange.ReusedExchangeExec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestFeathubSource {
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

  private Path jsonEvents() {
    return write(
        directory,
        "events.json",
        "{\"user\":\"a\",\"amount\":1,\"ts\":\"2022-01-01 00:00:00\"}",
        "{\"user\":\"b\",\"amount\":2,\"ts\":\"2022-01-01 00:01:00\"}",
        "{\"user\":\"c\",\"amount\":3,\"ts\":null}");
  }

  private Path csvEvents() {
    return write(
        directory,
        "events.csv",
        "user,amount,ts",
        "a,1,2022-01-01 00:00:00",
        "b,2,2022-01-01 00:01:00",
        "c,3,");
  }

  private Path parquetEvents() {
    return Files.parquet(
        spark,
        directory,
        "events.parquet",
        "SELECT * FROM VALUES ('a', 1, '2022-01-01 00:00:00'), ('b', 2, '2022-01-01 00:01:00'),"
            + " ('c', 3, NULL) AS t(user, amount, ts)");
  }

  private Dataset<Row> events(String format) {
    return switch (format) {
      case "json" -> feathub(format).schema(SCHEMA).load(jsonEvents().toString());
      case "csv" ->
          feathub(format).schema(SCHEMA).option("header", "true").load(csvEvents().toString());
      default -> feathub(format).load(parquetEvents().toString());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv", "parquet"})
  void readsRowsAndEventTime(String format) {
    Dataset<Row> events = events(format);

    assertThat(events.columns()).containsExactly("user", "amount", "ts");
    assertThat(rows(events.selectExpr("user", "CAST(_event_time AS STRING)"), ","))
        .containsExactlyInAnyOrder("a,2022-01-01 00:00:00", "b,2022-01-01 00:01:00", "c,null");
    assertThat(rows(events.selectExpr("*"), ","))
        .containsExactlyInAnyOrder(
            "a,1,2022-01-01 00:00:00", "b,2,2022-01-01 00:01:00", "c,3,null");
    assertThat(events.count()).isEqualTo(3);
    assertThat(
            rows(
                events
                    .where("_event_time > TIMESTAMP'2022-01-01 00:00:30' AND amount < 3")
                    .select("user")))
        .containsExactly("b");
  }

  @Test
  void eventTimeIsAnOrdinaryColumnWhenNamed() {
    feathub("json")
        .schema(SCHEMA)
        .option("event_time_column", "et")
        .load(jsonEvents().toString())
        .createOrReplaceTempView("named_events");

    assertThat(rows(spark.sql("SELECT user, et, ts FROM named_events WHERE et IS NOT NULL"), ","))
        .containsExactly(
            "a,2022-01-01 05:45:00.0,2022-01-01 00:00:00",
            "b,2022-01-01 05:46:00.0,2022-01-01 00:01:00");
    assertThat(rows(spark.sql("SELECT max(et) = TIMESTAMP'2022-01-01 00:01:00' FROM named_events")))
        .containsExactly("true");
  }

  @Test
  void bothEventTimesAreReadTogether() {
    Dataset<Row> events =
        feathub("parquet").option("event_time_column", "et").load(parquetEvents().toString());

    assertThat(rows(events.where("et = _event_time").select("user")))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void timesAreReadInTheirZone() {
    String path =
        write(
                directory,
                "zones.json",
                "{\"t\":\"2022-01-01 08:00:00\",\"z\":\"2022-01-01 08:00:00.000001 +0800\"}")
            .toString();
    DataFrameReader local =
        spark
            .read()
            .format("feathub")
            .schema("t STRING, z STRING")
            .option("data_format", "json")
            .option("timestamp_field", "t")
            .option("timestamp_format", "%F %T")
            .option("time_zone", "Asia/Shanghai");
    DataFrameReader offset =
        spark
            .read()
            .format("feathub")
            .schema("t STRING, z STRING")
            .option("data_format", "json")
            .option("timestamp_field", "z")
            .option("timestamp_format", "%F %T.%f %z")
            .option("time_zone", "America/New_York");

    assertThat(rows(local.load(path).selectExpr("CAST(_event_time AS STRING)")))
        .containsExactly("2022-01-01 00:00:00");
    assertThat(rows(offset.load(path).selectExpr("CAST(_event_time AS STRING)")))
        .containsExactly("2022-01-01 00:00:00.000001");
    Dataset<Row> typed =
        spark
            .read()
            .format("feathub")
            .schema("t TIMESTAMP")
            .option("data_format", "json")
            .option("timestamp_field", "t")
            .option("time_zone", "Asia/Shanghai")
            .load(path);
    assertThat(rows(typed.selectExpr("CAST(_event_time AS STRING)", "t = _event_time"), ","))
        .containsExactly("2022-01-01 00:00:00,true");
  }

  @Test
  void timesInTheNamesOfDirectoriesAreReadInTheDeclaredZone() {
    Path file =
        Files.parquet(spark, directory, "at/day=2022-01-01 08%3A00%3A00/a.parquet", "SELECT 1 n");
    assertThat(
            spark
                .read()
                .format("feathub")
                .option("data_format", "parquet")
                .option("timestamp_field", "day")
                .option("time_zone", "Asia/Shanghai")
                .load(file.getParent().getParent().toString())
                .selectExpr("string(day)", "string(_event_time)")
                .collectAsList()
                .toString())
        .isEqualTo("[[2022-01-01 00:00:00,2022-01-01 00:00:00]]");
  }

  @Test
  void aPatternThatDoesNotFitHarmsOnlyQueriesThatReadEventTime() {
    Dataset<Row> events =
        spark
            .read()
            .format("feathub")
            .schema(SCHEMA)
            .option("data_format", "json")
            .option("timestamp_field", "ts")
            .option("timestamp_format", "%d/%m/%Y")
            .option("event_time_column", "et")
            .load(jsonEvents().toString());

    assertThat(rows(events.select("user", "ts"))).hasSize(3);
    assertThat(events.count()).isEqualTo(3);
  }

  @Test
  void pruningAndFiltersReachTheReader() {
    String plan =
        ExecutedPlan.of(events("parquet").where("amount > 1").selectExpr("user", "_event_time"))
            .toString();

    assertThat(plan)
        .contains("feathub ParquetScan")
        .contains("PushedFilters: [IsNotNull(amount), GreaterThan(amount,1)]")
        .contains("ReadSchema: struct<user:string,amount:int,ts:string>")
        .contains("EventTime: ts as %Y-%m-%d %H:%M:%S");
    assertThat(ExecutedPlan.of(events("json").select("user")).toString())
        .contains("ReadSchema: struct<user:string>")
        .doesNotContain("EventTime:");
    assertThat(
            ExecutedPlan.of(
                    events("csv").where("_event_time > current_timestamp()").select("amount"))
                .toString())
        .contains("PushedFilters: []");
  }

  @Test
  void theVectorizedReaderAndTheRowReaderAgree() {
    String path = parquetEvents().toString();
    Dataset<Row> events = feathub("parquet").option("event_time_column", "et").load(path);
    List<String> columnar = rows(events.select("et", "user", "amount"));
    assertThat(ExecutedPlan.of(events.select("et")).toString()).contains("ColumnarToRow");

    TestSession.withConf(
        spark,
        Map.of("spark.sql.parquet.enableVectorizedReader", "false"),
        () ->
            assertThat(
                    rows(
                        feathub("parquet")
                            .option("event_time_column", "et")
                            .load(path)
                            .select("et", "user", "amount")))
                .containsExactlyInAnyOrderElementsOf(columnar));
  }

  @Test
  void manyBatchesKeepTheirEventTimes() {
    Path file =
        Files.parquet(
            spark,
            directory,
            "many.parquet",
            "SELECT id, CASE WHEN id % 7 = 0 THEN NULL ELSE date_format(timestamp_seconds(id),"
                + " 'yyyy-MM-dd HH:mm:ss') END AS ts FROM range(0, 20000, 1, 1)");
    Dataset<Row> many = feathub("parquet").load(file.toString());

    assertThat(
            many.where("NOT (_event_time <=> IF(id % 7 = 0, NULL, timestamp_seconds(id)))").count())
        .isZero();
    assertThat(many.where("_event_time IS NULL").count()).isEqualTo(2858);
  }

  @Test
  void equalScansShareAnExchangeAndTheCache() {
    String path = jsonEvents().toString();
    Dataset<Row> one = feathub("json").schema(SCHEMA).load(path).repartition(col("user"));
    Dataset<Row> other = feathub("json").schema(SCHEMA).load(path).repartition(col("user"));
    Dataset<Row> union = one.union(other);

    TestSession.withConf(
        spark,
        Map.of("spark.sql.adaptive.enabled", "false"),
        () ->
            assertThat(
                    ExecutedPlan.of(
                            feathub("json")
                                .schema(SCHEMA)
                                .load(path)
                                .groupBy("user")
                                .count()
                                .as("l")
                                .join(
                                    feathub("json")
                                        .schema(SCHEMA)
                                        .load(path)
                                        .groupBy("user")
                                        .count()
                                        .as("r")
                                        .hint("merge"),
                                    col("l.user").equalTo(col("r.user"))))
                        .contains(ReusedExchangeExec.class))
                .isTrue());
    assertThat(union.count()).isEqualTo(6);
  }

  @Test
  void directoriesGlobsSeveralPathsAndOddNamesAreRead() {
    String line = "{\"user\":\"x\",\"amount\":1,\"ts\":null}";
    write(directory, "d/part one %20 ü.json", line);
    write(directory, "d/part two.json", line);
    write(directory, "d/_hidden.json", "not json");
    write(directory, "d/.hidden.json", "not json");
    Path file = write(directory, "e/more.json", line);
    String data = directory.resolve("d").toString();

    assertThat(feathub("json").schema(SCHEMA).load(data).collectAsList()).hasSize(2);
    assertThat(feathub("json").schema(SCHEMA).load(directory + "/*/*.json").collectAsList())
        .hasSize(3);
    assertThat(feathub("json").schema(SCHEMA).load(data, file.toString()).collectAsList())
        .hasSize(3);
    assertThat(
            feathub("json").schema(SCHEMA).option("path", "file://" + file).load().collectAsList())
        .hasSize(1);
    assertThat(
            feathub("json")
                .schema(SCHEMA)
                .option("pathGlobFilter", "*two*")
                .load(data)
                .collectAsList())
        .hasSize(1);
  }

  @Test
  void emptyFilesHoldNoRows() throws Exception {
    for (String format : List.of("json", "csv", "parquet")) {
      Path file = directory.resolve("empty." + format);
      java.nio.file.Files.createFile(file);
      assertThat(feathub(format).schema(SCHEMA).load(file.toString()).collectAsList()).isEmpty();
    }
  }

  @Test
  void secretsOfOptionsAreNotInPlans() {
    Dataset<Row> events =
        feathub("json")
            .schema(SCHEMA)
            .option("fs.s3a.secret.key", "pl4nted-1")
            .option("fs.azure.account.key.x", "pl4nted-2")
            .load(jsonEvents().toString())
            .where("amount > 1");

    for (String mode : List.of("simple", "extended", "codegen", "cost", "formatted")) {
      assertThat(
              ExecutedPlan.queryExecution(events)
                  .explainString(org.apache.spark.sql.execution.ExplainMode.fromString(mode)))
          .doesNotContain("pl4nted");
    }
    assertThat(ExecutedPlan.queryExecution(events).toString()).doesNotContain("pl4nted");
  }

  @Test
  void sqlReadsTheSourceThroughATemporaryView() {
    String options =
        "OPTIONS (path '%s', data_format 'json', timestamp_field 'ts', timestamp_format '%%F %%T',"
            + " event_time_column 'et')";
    spark.sql(
        ("CREATE TEMPORARY VIEW sql_events (" + SCHEMA + ") USING feathub " + options)
            .formatted(jsonEvents()));

    assertThat(
            rows(
                spark.sql("SELECT user, CAST(et AS STRING) FROM sql_events WHERE amount = 2"), ","))
        .containsExactly("b,2022-01-01 00:01:00");
  }
}
