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

import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTables {
  private static SparkSession session;

  @BeforeAll
  static void start() {
    session = TestSession.stock();
  }

  @Test
  void rowsAreTheSameWhateverThePartitions() {
    Events events = Events.purchases(10_000, 100, 50).withPrice().withExtraColumns(2);
    assertThat(hash(events, 1)).isEqualTo(hash(events, 7));
    assertThat(hash(Facts.prices(50, 20), 1)).isEqualTo(hash(Facts.prices(50, 20), 7));
  }

  /** Committed results are of these very rows. A change of them makes all of those worthless. */
  @Test
  void rowsAreTheSameOnEveryMachine() {
    assertThat(
            List.of(
                hash(Events.purchases(10_000, 100, 50), 2),
                hash(Facts.prices(50, 20), 2),
                hash(Facts.prices(50, 20).withValues(Values.ARBITRARY), 2)))
        .containsExactly(8750254115160616880L, 2920057350341261964L, -4401989552962136832L);
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

  @Test
  void valuesAreQuartersOrUseEveryBit() {
    Facts quarters = Facts.prices(50, 20);
    assertThat(count(quarters, "price * 4 = floor(price * 4)")).isEqualTo(1000);
    Facts arbitrary = quarters.withValues(Values.ARBITRARY);
    assertThat(count(arbitrary, "price * 4 = floor(price * 4)")).isZero();
  }

  @Test
  void keysAndTimesAreInRange() {
    Events events = Events.purchases(20_000, 100, 50);
    String days = "ts >= TIMESTAMP '2022-01-01' AND ts < TIMESTAMP '2022-01-31'";
    assertThat(count(events, days)).isEqualTo(20_000);
    assertThat(count(events, "user_id BETWEEN 'user_0000000' AND 'user_0000099'"))
        .isEqualTo(20_000);
    assertThat(count(events, "item_count BETWEEN 1 AND 5")).isEqualTo(20_000);
    assertThat(count(Facts.prices(50, 20), "ts < TIMESTAMP '2022-01-01'")).isBetween(10L, 60L);
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

  private static long hash(Table table, int partitions) {
    session.range(0, table.rows(), 1, partitions).createOrReplaceTempView("generated");
    Row row =
        session
            .sql("SELECT " + table.select() + " FROM generated")
            .selectExpr("bit_xor(xxhash64(*)) AS hash")
            .collectAsList()
            .get(0);
    return row.getLong(0);
  }
}
