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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Random windows over the rows of random cases, told apart by a column of the partition key. */
final class RandomBatch {
  /** Each function over each case is a case of a test. */
  static final int CASES = 20;

  private static final int COLUMNS = 10;

  /** How far Spark's running sums may be from the exact ones, relative to the values. */
  private static final double ROUNDING = 1e-9;

  private static final double LARGEST_SUM = 1e307;
  private static final double LARGEST_SQUARE = 1e300;

  /** The squares of what is smaller are too small for a double. */
  private static final double SMALLEST_ROOT = 1e-150;

  private final SparkSession spark;
  private final RandomSetting setting;
  private final List<RandomColumn> columns = new ArrayList<>();
  private final List<Row> rows;

  /** For each row, by id, the values that feed each column. */
  private final Map<Long, List<List<Object>>> inputs = new HashMap<>();

  RandomBatch(SparkSession spark, RandomSetting setting, Random random) {
    this.spark = spark;
    this.setting = setting;
    this.rows = new RandomTable(setting.type(), random).cases(CASES);
    for (int column = 0; column < COLUMNS; column++) {
      columns.add(RandomColumn.next(setting.type(), setting.order(), !setting.ansi(), random));
    }
    Comparator<Row> order = setting.order().rows(NaiveOrder.ofColumns(RandomTable.columns()));
    for (List<Row> partition : partitions()) {
      List<Row> ordered = partition.stream().sorted(order).toList();
      for (int current = 0; current < ordered.size(); current++) {
        List<List<Object>> values = new ArrayList<>();
        for (RandomColumn column : columns) {
          values.add(column.values(ordered, current));
        }
        inputs.put(ordered.get(current).getLong(RandomTable.ID), values);
      }
    }
    spark
        .createDataFrame(rows, RandomTable.schema(setting.type()))
        .repartition(3)
        .createOrReplaceTempView("events");
  }

  private Iterable<List<Row>> partitions() {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get(RandomTable.CASE) + " " + row.get(RandomTable.KEY)))
        .values();
  }

  /** How many cases it holds. */
  int size() {
    return CASES * COLUMNS;
  }

  /** The streaming operator: the very bits. */
  void checkStreaming() {
    if (WindowSessions.SPARK_ANSWERS) {
      return;
    }
    List<Integer> all = IntStream.range(0, COLUMNS).boxed().toList();
    List<Row> actual = WindowSessions.streamedAlone(spark, query(all, setting.streamingSource()));
    check(all, actual, Tolerance.NONE, "streaming");
  }

  /** What Spark has too, on its own operators: sums as near as it gets them. */
  void checkSpark() {
    List<Integer> own =
        IntStream.range(0, COLUMNS)
            .filter(column -> !columns.get(column).recent())
            .boxed()
            .toList();
    Map<String, String> conf =
        Map.of(
            "spark.sql.window.segmentTree.enabled", String.valueOf(setting.segmentTree()),
            "spark.sql.window.segmentTree.minPartitionRows", "1",
            "spark.sql.window.segmentTree.blockSize", "16",
            "spark.sql.window.segmentTree.fanout", "2");
    TestSession.withConf(
        spark,
        conf,
        () ->
            check(
                own,
                WindowSessions.stock(spark, query(own, setting.sparksSource())),
                Tolerance.OF_ROUNDING,
                "Spark's own"));
  }

  private String query(List<Integer> selected, String source) {
    return RandomColumn.query(selected.stream().map(columns::get).toList(), source);
  }

  private enum Tolerance {
    NONE,
    OF_ROUNDING
  }

  private void check(List<Integer> selected, List<Row> actual, Tolerance tolerance, String who) {
    assertThat(actual).as(setting.toString()).hasSameSizeAs(inputs.keySet());
    for (Row row : actual) {
      List<List<Object>> values = inputs.get(row.<Long>getAs("id"));
      for (int position = 0; position < selected.size(); position++) {
        int column = selected.get(position);
        int at = row.fieldIndex("w" + position);
        RandomColumn function = columns.get(column);
        Object expected = function.expected(values.get(column), row.schema().apply(at).dataType());
        Object found = NaiveOrder.plain(row.get(at));
        if (!same(function, values.get(column), expected, found, tolerance)) {
          assertThat(found)
              .as(
                  "%s, %s, %s, row %s, values %s",
                  who, setting, function.sql(), row, values.get(column))
              .isEqualTo(expected);
        }
      }
    }
  }

  private static boolean same(
      RandomColumn column,
      List<Object> values,
      Object expected,
      Object found,
      Tolerance tolerance) {
    if (tolerance == Tolerance.NONE || !(expected instanceof Double right)) {
      // Boxed doubles are equal if their bits are, with one NaN.
      return expected == null ? found == null : expected.equals(found);
    }
    if (!column.function().isSum() && !column.function().isVariance()) {
      return right.equals(found);
    }
    double size = size(values);
    if (size > LARGEST_SUM || (column.function().isVariance() && size * size > LARGEST_SQUARE)) {
      return true;
    }
    return found instanceof Double number
        && (right.equals(number) || Math.abs(right - number) <= slack(column.function(), size));
  }

  private static double slack(NaiveFunction function, double size) {
    if (function.isDeviation()) {
      return Math.sqrt(ROUNDING) * size + SMALLEST_ROOT;
    }
    return (function.isVariance() ? size * size : size) * ROUNDING + Double.MIN_NORMAL;
  }

  /** The sum of the sizes of the finite values. */
  private static double size(List<Object> values) {
    return NaiveFunction.notNull(values).stream()
        .mapToDouble(value -> Math.abs(((Number) value).doubleValue()))
        .filter(Double::isFinite)
        .sum();
  }
}
