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
package io.feathub.spark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What happens later changes nothing: a frame that ends at the current row gives the same value, to
 * the bit, when all rows after a cut, which is another one for each case, are not there yet.
 */
class TestWindowsKnowNoFuture {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final int CASES = 30;
  private static final int COLUMNS = 12;

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
  }

  @Test
  void laterRowsChangeNoEarlierResult() {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    int types = RandomOrder.values().length;
    for (int type = 0; type < types; type++) {
      RandomSetting setting = RandomSetting.next(type + types * random.nextInt(3), random);
      List<Row> rows = new RandomTable(setting.type(), random).cases(CASES);
      List<Row> known = untilTheirCut(rows, setting.order(), random);
      assertThat(known).as(setting.toString()).isNotEmpty().hasSizeLessThan(rows.size());
      List<RandomColumn> columns = pastColumns(setting, random);
      TestSession.withConf(
          spark,
          setting.conf(),
          () -> {
            Map<Long, Row> then = results(known, columns, setting);
            Map<Long, Row> now = results(rows, columns, setting);
            Set<Object> times = new HashSet<>();
            for (Row row : known) {
              long id = row.getLong(RandomTable.ID);
              times.add(setting.order().time(row));
              assertThat(plain(now.get(id)))
                  .as("%s, %s, %s", setting, columns, row)
                  .isEqualTo(plain(then.get(id)));
            }
            assertThat(times).hasSizeGreaterThan(1);
          });
    }
  }

  /** Of each case the rows that do not come after one of its times. */
  private static List<Row> untilTheirCut(List<Row> rows, NaiveFrame.Order order, Random random) {
    Map<Object, List<Object>> times = new HashMap<>();
    rows.forEach(
        row ->
            times
                .computeIfAbsent(row.get(RandomTable.CASE), number -> new ArrayList<>())
                .add(order.time(row)));
    Map<Object, Object> cuts = new HashMap<>();
    times.forEach((number, all) -> cuts.put(number, all.get(random.nextInt(all.size()))));
    return rows.stream()
        .filter(row -> order.compare(order.time(row), cuts.get(row.get(RandomTable.CASE))) <= 0)
        .toList();
  }

  private static List<RandomColumn> pastColumns(RandomSetting setting, Random random) {
    List<RandomColumn> columns = new ArrayList<>();
    while (columns.size() < COLUMNS) {
      RandomColumn column =
          RandomColumn.next(setting.type(), setting.order(), !setting.ansi(), random);
      boolean runs = !WindowSessions.SPARK_ANSWERS || !column.recent();
      if (column.window().frame().isOfThePast() && runs) {
        columns.add(column);
      }
    }
    return columns;
  }

  private static Map<Long, Row> results(
      List<Row> rows, List<RandomColumn> columns, RandomSetting setting) {
    spark
        .createDataFrame(rows, RandomTable.schema(setting.type()))
        .repartition(3)
        .createOrReplaceTempView("events");
    String source =
        WindowSessions.SPARK_ANSWERS ? setting.sparksSource() : setting.streamingSource();
    Map<Long, Row> results = new HashMap<>();
    for (Row row : WindowSessions.streamed(spark, RandomColumn.query(columns, source))) {
      assertThat(results.put(row.<Long>getAs("id"), row)).isNull();
    }
    assertThat(results).hasSameSizeAs(rows);
    return results;
  }

  private static List<Object> plain(Row row) {
    List<Object> values = new ArrayList<>();
    for (int column = 0; column < row.size(); column++) {
      values.add(NaiveOrder.plain(row.get(column)));
    }
    return values;
  }
}
