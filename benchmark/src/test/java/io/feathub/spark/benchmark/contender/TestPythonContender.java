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
package io.feathub.spark.benchmark.contender;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.benchmark.job.RangeWindow.Aggregate;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each library's rows against plain SQL of Spark. */
@Timeout(300)
class TestPythonContender {
  private static final Path MODULE = Path.of(System.getProperty("feathub.module.directory"));
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Events GENERATED = Events.purchases(4_000, 40, 50);

  /** Of a user's events some share a time, and the first ones have no price. */
  private static final Job TIES_AND_TABLES =
      new Job(
          TiedTables.EVENTS,
          AsOfKeys.ITEM,
          List.of(TiedTables.FACTS, TiedTables.FACTS.withNumber(2)),
          Stream.concat(allAggregates(Duration.ofMinutes(2)), allAggregates(Duration.ofDays(1)))
              .toList());

  private static final Job NULLS =
      new Job(
          TiedTables.EVENTS.withPrice(),
          AsOfKeys.ITEM,
          List.of(),
          allAggregates(Duration.ofSeconds(40)).toList());

  private static final Job NO_KEYS =
      new Job(
          GENERATED,
          AsOfKeys.NONE,
          List.of(Facts.prices(1, 50), Facts.prices(1, 40).withNumber(2)),
          allAggregates(Duration.ofHours(6)).toList());

  private static final Job LACKING =
      new Job(TiedTables.LACKING, AsOfKeys.ITEM, List.of(), List.of());

  @TempDir private static Path directory;
  private static SparkSession session;
  private static DataDirectory data;

  private static final Map<PythonLibrary, PythonWorker> WORKERS =
      new EnumMap<>(PythonLibrary.class);
  private static final Map<Job, Map<Row, Long>> EXPECTED = new HashMap<>();

  @BeforeAll
  static void open() {
    PythonContenders.Setup setup =
        new PythonContenders.Setup(
            MODULE.resolve("target/venv"),
            MODULE.resolve("python/worker.py"),
            MODULE.resolve("target/python"),
            MODULE.resolve("target/python/work"),
            2,
            "1g",
            LIMIT);
    session = TestSession.stock();
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    data = new DataDirectory(session, directory);
    try (PythonContenders installed = PythonContenders.open(data, setup)) {
      assumeTrue(installed.unavailable().isEmpty(), () -> installed.unavailable().orElseThrow());
      assertThat(installed.versions()).containsKeys("polars", "pandas", "dbl-tempo", "pyspark");
      assertThat(installed.all()).extracting(Contender::name).contains("polars", "tempo");
    }
    for (PythonLibrary library : PythonLibrary.values()) {
      WORKERS.put(library, PythonContenders.worker(library, setup));
    }
    new TiedTables(session, directory).write();
  }

  @AfterAll
  static void close() {
    WORKERS.values().forEach(PythonWorker::close);
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void joinsSeveralTablesAndAggregatesManyEqualTimes(PythonLibrary library) {
    check(library, TIES_AND_TABLES);
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void aggregatesPricesOfTheEventsSomeOfThemNull(PythonLibrary library) {
    check(library, NULLS);
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void joinsWithoutKeysAndAggregatesDistinctTimes(PythonLibrary library) {
    check(library, NO_KEYS);
  }

  /** Whose meaning is that of two tables with one column each. */
  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void joinsAllColumnsOfATable(PythonLibrary library) throws Exception {
    Path facts = directory.resolve("facts-of-two-columns-" + library.label());
    session
        .read()
        .parquet(data.of(TiedTables.FACTS).toString())
        .selectExpr("price + 1000 AS fact1_1", "item_id", "price", "ts")
        .write()
        .parquet(facts.toString());
    Path output = directory.resolve("answer-" + library.label());
    WORKERS.get(library).call(wide(facts, output));
    List<RangeWindow> windows = List.of(new RangeWindow(Aggregate.SUM, Duration.ofMinutes(2)));
    Job narrow = new Job(TiedTables.EVENTS, AsOfKeys.ITEM, List.of(TiedTables.FACTS), windows);
    Dataset<Row> actual = session.read().parquet(output.toString());
    assertThat(actual.columns())
        .containsExactly("user_id", "item_id", "item_count", "ts", "price", "fact1_1", "sum_120s");
    assertThat(actual.where("NOT fact1_1 <=> price + 1000").count()).isZero();
    assertThat(counted(actual.drop("fact1_1"))).isEqualTo(expected(narrow));
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void foldsTheWrittenAnswerAsItsChecksum(PythonLibrary library) {
    PythonContender contender = contender(library);
    for (Job job : List.of(TIES_AND_TABLES, NULLS)) {
      Path output = directory.resolve("answer-" + library.label());
      contender.parquet(job, output).run();
      Execution checksum = contender.checksum(job);
      long folded = checksum.run();
      assertThat(checksum.operators()).isNotEmpty().doesNotHaveDuplicates();
      assertThat(folded).isNotZero().isEqualTo(contender.fold(job, output).getAsLong());
      // No operators are told that may be those of the fold.
      assertThatThrownBy(checksum::operators)
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("is not the last one");
    }
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void checksumsDependOnEveryColumnAndOnRowsThatOccurTwice(PythonLibrary library) {
    List<String> rows =
        List.of(
            "'user' AS user_id, 1.5D AS price",
            "'used' AS user_id, 1.5D AS price",
            "'user' AS user_id, 2.5D AS price",
            "'user' AS user_id, CAST(NULL AS DOUBLE) AS price");
    List<String> folds = new ArrayList<>();
    for (String row : rows) {
      Path twice = directory.resolve("twice-" + library.label() + folds.size());
      session.range(0, 2, 1, 1).selectExpr(row.split(", ", -1)).write().parquet(twice.toString());
      JsonNode command = PythonCommands.fold(List.of("user_id", "price"), twice);
      JsonNode folded = WORKERS.get(library).call(command);
      assertThat(folded.path("rows").asLong()).isEqualTo(2);
      folds.add(folded.path("checksum").asText());
    }
    assertThat(folds).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void refusesAnAnswerOfAnotherNumberOfRows(PythonLibrary library) {
    PythonContender contender = contender(library);
    Path output = directory.resolve("answer-" + library.label());
    for (Execution execution :
        List.of(contender.checksum(LACKING), contender.parquet(LACKING, output))) {
      assertThatThrownBy(execution::run)
          .isInstanceOf(WrongRows.class)
          .hasMessage("It has 2000 rows, not 2001");
    }
    assertThatThrownBy(() -> contender.fold(LACKING, output)).isInstanceOf(WrongRows.class);
  }

  @Test
  void runsInThePreparedProcessOrNotAtAll() {
    String once = "read x; echo '{\"ok\":true}'";
    List<String> command = List.of("/bin/sh", "-c", once);
    try (PythonWorker worker =
        new PythonWorker("polars", command, directory.resolve("once.log"), directory, LIMIT)) {
      Execution execution = new PythonContender(PythonLibrary.POLARS, worker, data).checksum(NULLS);
      // Whether it is gone already or dies of the command, there is no second one.
      assertThatThrownBy(execution::run).isInstanceOf(PythonFailure.class);
      assertThatThrownBy(execution::run)
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("died or was stopped after it had been prepared");
      assertThatThrownBy(execution::operators)
          .isInstanceOf(PythonFailure.class)
          .hasMessageContaining("died or was stopped after it had been prepared");
    }
  }

  private static PythonContender contender(PythonLibrary library) {
    return new PythonContender(library, WORKERS.get(library), data);
  }

  private static void check(PythonLibrary library, Job job) {
    Path output = directory.resolve("answer-" + library.label());
    Execution execution = contender(library).parquet(job, output);
    execution.run();
    assertThat(execution.operators()).isNotEmpty();
    Dataset<Row> actual = session.read().parquet(output.toString());
    assertThat(actual.schema().catalogString())
        .isEqualTo(plain().answer(job).schema().catalogString());
    assertThat(counted(actual)).isEqualTo(expected(job));
  }

  private static PlainSql plain() {
    return new PlainSql(session, data);
  }

  /** How often each row occurs. */
  private static Map<Row, Long> counted(Dataset<Row> rows) {
    return rows.collectAsList().stream().collect(groupingBy(row -> row, counting()));
  }

  private static Map<Row, Long> expected(Job job) {
    return EXPECTED.computeIfAbsent(job, key -> counted(plain().answer(key)));
  }

  private static Stream<RangeWindow> allAggregates(Duration range) {
    return Arrays.stream(Aggregate.values()).map(aggregate -> new RangeWindow(aggregate, range));
  }

  private static JsonNode wide(Path facts, Path output) throws Exception {
    return new ObjectMapper()
        .readTree(
            String.format(
                """
                {"command": "run",
                 "job": {"events": {"directory": "%s",
                                    "columns": ["user_id", "item_id", "item_count", "ts"]},
                         "keys": "ITEM",
                         "facts": [{"directory": "%s", "columns": ["price", "fact1_1"]}],
                         "windows": [{"aggregate": "SUM", "range_micros": 120000000, "column": "sum_120s"}],
                         "columns": ["user_id", "item_id", "item_count", "ts", "price", "fact1_1",
                                     "sum_120s"]},
                 "sink": {"kind": "parquet", "directory": "%s"}}
                """,
                data.of(TiedTables.EVENTS), facts, output));
  }
}
