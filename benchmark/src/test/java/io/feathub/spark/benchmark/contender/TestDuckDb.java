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
import static org.assertj.core.api.Assertions.within;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.contender.Execution.WrongOperator;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Profile.Share;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDuckDb {
  private static final String QUERY =
      "SELECT l.k, l.t, sum(v) OVER (PARTITION BY l.k ORDER BY l.t RANGE BETWEEN 100 PRECEDING"
          + " AND CURRENT ROW) AS s FROM l ASOF LEFT JOIN r ON l.k = r.k AND l.t >= r.t";

  private final DuckDb duckDb = new DuckDb(2, 1024, BenchmarkDirectories.WORK);

  @BeforeEach
  void makeTables() {
    duckDb.execute(
        "CREATE TABLE l AS SELECT i % 100 AS k, i AS t, i * 0.25 AS v FROM range(200000) r(i)");
    duckDb.execute("CREATE TABLE r AS SELECT i % 100 AS k, i AS t FROM range(20000) r(i)");
  }

  @AfterEach
  void stop() {
    duckDb.close();
  }

  @Test
  void namesTheOperatorsOfAQuery() {
    assertThat(checksum("ASOF_JOIN", "WINDOW").operators()).contains("ASOF_JOIN", "WINDOW");
    assertThatThrownBy(() -> checksum("HASH_JOIN").operators())
        .isInstanceOf(WrongOperator.class)
        .hasMessageContaining("There is no HASH_JOIN among");
  }

  @Test
  void givesTheTimeOfEachOperator() {
    Profile profile = checksum().profile().orElseThrow();
    assertThat(profile.shares()).extracting(Share::operator).contains("ASOF_JOIN", "WINDOW");
    assertThat(profile.shares().stream().mapToDouble(Share::share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(profile.wallSeconds()).isPositive();
  }

  @Test
  void foldsTheSameRowsToTheSameNumber() {
    assertThat(checksum().run()).isEqualTo(checksum().run()).isNotZero();
  }

  @Test
  void countsTheRows() {
    Execution wrong =
        DuckDbExecution.checksum(duckDb, QUERY, "hash(k, t, s)", 7, Evidence.of(List.of()));
    assertThatThrownBy(wrong::run).hasMessage("It has 200000 rows, not 7");
  }

  @Test
  void writesIntoADirectoryOfAnyName(@TempDir Path parent) {
    Path directory = parent.resolve("o'clock");
    Execution write =
        DuckDbExecution.parquet(duckDb, QUERY, directory, 200_000, Evidence.of(List.of()));
    write.run();
    duckDb.createView("written", directory);
    long rows = duckDb.ask("SELECT count(*) FROM written", row -> row.getLong(1));
    assertThat(rows).isEqualTo(200_000);
  }

  private DuckDbExecution checksum(String... operators) {
    return DuckDbExecution.checksum(
        duckDb, QUERY, "hash(k, t, s)", 200_000, Evidence.of(List.of(operators)));
  }
}
