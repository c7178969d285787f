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
package io.feathub.spark.benchmark.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.job.RangeWindow;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTables {
  private static final Facts ARBITRARY =
      new Facts(1, 50, 20, 3, Values.ARBITRARY, Clock.coarse(Duration.ofMinutes(1)));

  private static SparkSession session;

  @BeforeAll
  static void start() {
    session = TestSession.stock();
  }

  @Test
  void rowsAreTheSameWhateverThePartitions() {
    Events events = Events.purchases(10_000, 100, 50).withPrice();
    assertThat(hash(events, 1)).isEqualTo(hash(events, 7));
    assertThat(hash(Facts.prices(50, 20), 1)).isEqualTo(hash(Facts.prices(50, 20), 7));
  }

  /** Committed results are of these very rows. A change of them makes all of those worthless. */
  @Test
  void rowsAreTheSameOnEveryMachine() {
    Events events = Events.purchases(10_000, 100, 50);
    assertThat(
            Stream.of(
                    events,
                    events.withPrice(),
                    events.withSkew(Skew.HOT_ITEM),
                    events.withSkew(Skew.UNIFORM),
                    Facts.prices(50, 20),
                    ARBITRARY)
                .map(table -> hash(table, 2)))
        .containsExactly(
            10616320912198L,
            10740890794446L,
            10671089251312L,
            10846955522733L,
            1078113877564L,
            1071086035065L);
  }

  @Test
  void aTableIsMadeOnce(@TempDir Path root) {
    DataDirectory data = new DataDirectory(session, root);
    Path first = data.of(Facts.prices(50, 20));
    assertThat(session.read().parquet(first.toString()).count()).isEqualTo(1000);
    long written = first.toFile().lastModified();
    assertThat(data.of(Facts.prices(50, 20))).isEqualTo(first);
    assertThat(first.toFile().lastModified()).isEqualTo(written);
  }

  /** Spark takes a bucket for sorted only if it is one file. */
  @Test
  void aSortedTableHasTheSameRowsInOneFileForEachUser(@TempDir Path root) {
    DataDirectory data = new DataDirectory(session, root);
    Events events = Events.purchases(10_000, 100, 50).withPrice();
    Events sorted = events.byUserAndTime();
    Dataset<Row> rows = session.read().parquet(data.of(sorted).toString());
    assertThat(data.of(events)).isNotEqualTo(data.of(sorted));
    assertThat(hash(rows)).isEqualTo(hash(events, 2));

    assertThat(rows.inputFiles()).hasSize(sorted.files());
    for (String file : rows.inputFiles()) {
      List<Row> users = session.read().parquet(file).select("user_id", "ts").collectAsList();
      assertThat(users)
          .isSortedAccordingTo(
              Comparator.<Row, String>comparing(row -> row.getString(0))
                  .thenComparing(row -> row.getTimestamp(1)));
    }
    assertThat(rows.selectExpr("user_id", "input_file_name() AS file").distinct().count())
        .isEqualTo(rows.select("user_id").distinct().count());
  }

  @Test
  void valuesAreQuartersOrUseEveryBit() {
    Facts quarters = Facts.prices(50, 20);
    assertThat(count(quarters, "price * 4 = floor(price * 4)")).isEqualTo(1000);
    assertThat(count(ARBITRARY, "price * 4 = floor(price * 4)")).isZero();
  }

  @Test
  void keysAndTimesAreInRange() {
    Events events = Events.purchases(20_000, 100, 50);
    String days = "ts >= TIMESTAMP '2022-01-01' AND ts < TIMESTAMP '2022-01-31'";
    assertThat(count(events, days)).isEqualTo(20_000);
    assertThat(count(events, "user_id BETWEEN 'user_0000000' AND 'user_0000099'"))
        .isEqualTo(20_000);
    assertThat(count(events, "item_count BETWEEN 1 AND 5")).isEqualTo(20_000);
    assertThat(count(Facts.prices(50, 20), days)).isEqualTo(1000);
  }

  @Test
  void noTwoVersionsOfAnItemHaveTheSameTime() {
    for (Facts facts : List.of(Facts.prices(50, 20), ARBITRARY)) {
      session.range(0, facts.rows(), 1, 2).createOrReplaceTempView("generated");
      Row distinct =
          session
              .sql("SELECT " + facts.select() + " FROM generated")
              .selectExpr("count(DISTINCT item_id, ts)", "count(DISTINCT item_id)")
              .collectAsList()
              .get(0);
      assertThat(distinct.getLong(0)).isEqualTo(facts.rows());
      assertThat(distinct.getLong(1)).isEqualTo(facts.items());
    }
  }

  @Test
  void equalTimesAreTheRuleOnACoarseClock() {
    Job edges =
        new Job(
                Events.purchases(1_000_000, 1000, 1000),
                Job.AsOfKeys.ITEM,
                List.of(Facts.prices(1000, 1000)),
                List.of(new RangeWindow(RangeWindow.Aggregate.SUM, Duration.ofMinutes(2))))
            .onTheEdges();
    JobFiles.of(edges, new DataDirectory(session, BenchmarkDirectories.DATA))
        .forEach(
            (view, path) -> session.read().parquet(path.toString()).createOrReplaceTempView(view));
    assertThat(fraction("SELECT 1 FROM events JOIN facts_1 USING (item_id, ts)"))
        .isGreaterThan(0.3);
    assertThat(
            fraction(
                "SELECT DISTINCT e.* FROM events e JOIN events b ON e.user_id = b.user_id"
                    + " AND b.ts = e.ts - INTERVAL 2 MINUTES"))
        .isGreaterThan(0.8);
    assertThat(fraction("SELECT 1 FROM events GROUP BY user_id, ts")).isLessThan(0.2);
  }

  /** Rows of a query for each event. */
  private static double fraction(String query) {
    return (double) session.sql(query).count() / session.table("events").count();
  }

  @Test
  void theHotItemHasItsShareOfTheRows() {
    Events events = Events.purchases(20_000, 100, 50).withSkew(Skew.HOT_ITEM);
    assertThat(count(events, "item_id = 'item_0000000'")).isBetween(6_000L, 8_000L);
    Events plain = events.withSkew(Skew.UNIFORM);
    assertThat(count(plain, "item_id = 'item_0000000'")).isBetween(300L, 500L);
  }

  private static long count(Table table, String condition) {
    session.range(0, table.rows(), 1, 2).createOrReplaceTempView("generated");
    return session.sql("SELECT " + table.select() + " FROM generated").where(condition).count();
  }

  /** The sum of half of each hash: equal rows do not cancel, and it cannot overflow. */
  private static long hash(Table table, int partitions) {
    session.range(0, table.rows(), 1, partitions).createOrReplaceTempView("generated");
    return hash(session.sql("SELECT " + table.select() + " FROM generated"));
  }

  private static long hash(Dataset<Row> rows) {
    return rows.selectExpr("sum(xxhash64(*) & 2147483647)").collectAsList().get(0).getLong(0);
  }
}
