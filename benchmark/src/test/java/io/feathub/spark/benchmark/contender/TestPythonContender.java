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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each library's rows against plain SQL of Spark. */
class TestPythonContender {
  private static final Path MODULE = Path.of(System.getProperty("feathub.module.directory"));
  private static final Events TIED = Events.purchases(3_000, 5, 7);
  private static final Facts TIED_FACTS = Facts.prices(7, 12);
  private static final Events GENERATED = Events.purchases(20_000, 40, 50);

  @TempDir private static Path directory;
  private static SparkSession session;
  private static DataDirectory data;
  private static PythonContenders contenders;

  @BeforeAll
  static void open() {
    session = TestSession.stock();
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    data = new DataDirectory(session, directory);
    contenders =
        PythonContenders.open(
            data,
            new PythonContenders.Setup(
                MODULE.resolve("target/venv"),
                MODULE.resolve("python/worker.py"),
                MODULE.resolve("target/python"),
                2,
                "1g",
                Duration.ofMinutes(5)));
    assumeTrue(contenders.unavailable().isEmpty(), () -> contenders.unavailable().orElseThrow());
    writeTied(TIED, "");
    writeTied(TIED.withPrice(), ", IF(id % 3 = 0, NULL, id % 40 * 0.25D) AS price");
    writeTiedFacts(TIED_FACTS);
    writeTiedFacts(TIED_FACTS.withNumber(2));
  }

  @AfterAll
  static void close() {
    contenders.close();
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void joinsAndAggregatesManyEqualTimes(PythonLibrary library) {
    List<RangeWindow> windows = allAggregates(Duration.ofMinutes(2)).toList();
    check(library, new Job(TIED, AsOfKeys.ITEM, List.of(TIED_FACTS), windows));
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void aggregatesPricesOfTheEventsSomeOfThemNull(PythonLibrary library) {
    List<RangeWindow> windows = allAggregates(Duration.ofSeconds(40)).toList();
    check(library, new Job(TIED.withPrice(), AsOfKeys.ITEM, List.of(), windows));
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void aggregatesOverWideAndNarrowWindows(PythonLibrary library) {
    List<RangeWindow> windows =
        Stream.concat(allAggregates(Duration.ofDays(1)), allAggregates(Duration.ofMinutes(2)))
            .toList();
    check(library, new Job(GENERATED, AsOfKeys.ITEM, List.of(Facts.prices(50, 20)), windows));
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void joinsSeveralTables(PythonLibrary library) {
    Facts prices = Facts.prices(50, 20);
    List<Facts> tables = List.of(prices, prices.withNumber(2), prices.withNumber(3));
    check(library, new Job(GENERATED, AsOfKeys.ITEM, tables, List.of()));
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void joinsWithoutKeys(PythonLibrary library) {
    List<Facts> tables = List.of(Facts.prices(1, 50), Facts.prices(1, 40).withNumber(2));
    List<RangeWindow> windows = List.of(new RangeWindow(Aggregate.SUM, Duration.ofHours(1)));
    check(library, new Job(GENERATED, AsOfKeys.NONE, tables, windows));
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void checksumsNameTheirOperatorsToo(PythonLibrary library) {
    List<RangeWindow> windows = List.of(new RangeWindow(Aggregate.SUM, Duration.ofMinutes(2)));
    Job job = new Job(TIED, AsOfKeys.ITEM, List.of(TIED_FACTS), windows);
    Execution first = contender(library).checksum(job);
    first.run();
    assertThat(first.operators()).isNotEmpty();
    contender(library).checksum(job).run();
    assertThatThrownBy(first::operators)
        .isInstanceOf(PythonFailure.class)
        .hasMessageContaining("is not the last one");
  }

  @ParameterizedTest
  @EnumSource(
      value = PythonLibrary.class,
      names = {"POLARS", "PANDAS"})
  void checksumsDependOnEveryColumnAndNotOnChance(PythonLibrary library) {
    List<RangeWindow> windows = allAggregates(Duration.ofMinutes(2)).toList();
    Job job = new Job(TIED, AsOfKeys.ITEM, List.of(TIED_FACTS), windows);
    List<String> command =
        List.of(
            MODULE.resolve("target/venv/bin/python").toString(),
            "-B",
            MODULE.resolve("python/worker.py").toString(),
            library.label(),
            "2",
            "1g");
    Path log = directory.resolve(library.label() + "-checksum.log");
    try (PythonWorker worker =
        new PythonWorker(library.label(), command, log, Duration.ofMinutes(5))) {
      assertThat(checksum(worker, job)).isEqualTo(checksum(worker, job));
      List<String> checksums =
          windows.stream()
              .map(window -> new Job(TIED, AsOfKeys.ITEM, List.of(TIED_FACTS), List.of(window)))
              .map(each -> checksum(worker, each))
              .toList();
      assertThat(checksums).doesNotHaveDuplicates();
    }
  }

  @Test
  void installedVersionsAreNamed() {
    assertThat(contenders.versions()).containsKeys("polars", "pandas", "dbl-tempo", "pyspark");
  }

  private static String checksum(PythonWorker worker, Job job) {
    return worker.call(PythonCommands.checksum(job, data)).path("checksum").asText();
  }

  private static Contender contender(PythonLibrary library) {
    return contenders.all().stream()
        .filter(contender -> contender.name().equals(library.label()))
        .findFirst()
        .orElseThrow();
  }

  private static void check(PythonLibrary library, Job job) {
    Path output = directory.resolve("answer-" + library.label());
    Execution execution = contender(library).parquet(job, output);
    execution.run();
    assertThat(execution.operators()).isNotEmpty();
    Dataset<Row> actual = session.read().parquet(output.toString());
    Dataset<Row> expected = expected(job);
    assertThat(actual.schema().catalogString()).isEqualTo(expected.schema().catalogString());
    expected.persist();
    Dataset<Row> wrong = actual.exceptAll(expected).selectExpr("'wrong' AS what", "*");
    Dataset<Row> missing = expected.exceptAll(actual).selectExpr("'missing' AS what", "*");
    assertThat(wrong.union(missing).limit(10).collectAsList()).isEmpty();
    assertThat(expected.count()).isEqualTo(job.events().rows());
    expected.unpersist();
  }

  /** The meaning of a job, as slow as it may be. */
  private static Dataset<Row> expected(Job job) {
    Dataset<Row> rows = session.read().parquet(data.of(job.events()).toString());
    for (Facts table : job.facts()) {
      rows.selectExpr("*", "monotonically_increasing_id() AS id").createOrReplaceTempView("l");
      session.read().parquet(data.of(table).toString()).createOrReplaceTempView("r");
      String key = job.keys() == AsOfKeys.ITEM ? "l.item_id = r.item_id AND " : "";
      rows =
          session
              .sql(
                  String.format(
                      "SELECT first(l) AS l, max_by(r.%s, r.ts) AS latest FROM (SELECT struct(*) AS"
                          + " l, * FROM l) l LEFT JOIN r ON %s r.ts <= l.ts GROUP BY l.id",
                      table.features().get(0), key))
              .selectExpr("l.*", "latest AS " + table.features().get(0))
              .drop("id");
    }
    String[] columns =
        Stream.concat(Arrays.stream(rows.columns()), job.windows().stream().map(w -> expression(w)))
            .toArray(String[]::new);
    return rows.selectExpr(columns);
  }

  private static String expression(RangeWindow window) {
    return String.format(
        "%s(item_count * price) OVER (PARTITION BY user_id ORDER BY ts RANGE BETWEEN INTERVAL %d"
            + " SECOND PRECEDING AND CURRENT ROW) AS %s",
        window.aggregate(), window.range().toSeconds(), window.column());
  }

  private static Stream<RangeWindow> allAggregates(Duration range) {
    return Arrays.stream(Aggregate.values()).map(aggregate -> new RangeWindow(aggregate, range));
  }

  /** Events at 80 times ten seconds apart, the edges of windows among them. */
  private static void writeTied(Events events, String price) {
    write(
        events.directory(),
        events.rows(),
        "concat('user_', id % 5) AS user_id",
        "concat('item_', id % 7) AS item_id",
        "CAST(1 + id % 4 AS INT) AS item_count",
        "timestamp_seconds(1640995200 + pmod(xxhash64(id), 80) * 10) AS ts" + price);
  }

  /** The first facts come after the first events, and at times of events. */
  private static void writeTiedFacts(Facts facts) {
    write(
        facts.directory(),
        facts.rows(),
        "concat('item_', id % 7) AS item_id",
        "timestamp_seconds(1640995300 + (id div 7) * 60) AS ts",
        "pmod(xxhash64(id), 400) * 0.25D AS " + facts.features().get(0));
  }

  private static void write(String name, long rows, String... columns) {
    session.range(0, rows, 1, 3).createOrReplaceTempView("numbers");
    session
        .sql("SELECT " + String.join(", ", columns) + " FROM numbers")
        .write()
        .parquet(directory.resolve(name).toString());
  }
}
