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
package io.feathub.spark.window.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.data.Offset.offset;

import io.feathub.spark.testing.TestSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where Spark's own aggregates are exact, these give the same; where they fail, the same error. */
class TestAggregatesAgainstSpark {
  private static final String ANSI = "spark.sql.ansi.enabled";
  private static final int ROWS = 200;
  private static final int FRAME = 5;

  /** Beyond those that Spark's optimizer turns into other functions. */
  private static final List<DecimalType> DECIMALS =
      List.of(
          new DecimalType(12, 2),
          new DecimalType(18, 18),
          new DecimalType(19, 0),
          new DecimalType(28, 10),
          new DecimalType(29, 29),
          new DecimalType(38, 0),
          new DecimalType(38, 18),
          new DecimalType(38, 38));

  private static SparkSession spark;

  private final FrameAggregates aggregates = new FrameAggregates();

  @BeforeAll
  static void start() {
    spark = TestSession.stock();
  }

  @AfterAll
  static void stop() {
    spark.catalog().dropTempView("samples");
  }

  private interface Column {
    DataType type();

    Object value(long[] cells);
  }

  private record DecimalColumn(DecimalType type) implements Column {
    @Override
    public Object value(long[] cells) {
      return RandomDecimals.number(cells, type);
    }
  }

  private record DayTimeColumn() implements Column {
    @Override
    public DataType type() {
      return DataTypes.createDayTimeIntervalType();
    }

    @Override
    public Object value(long[] cells) {
      return Duration.ofSeconds(
          Math.floorDiv(cells[0], 1_000_000L), 1000 * Math.floorMod(cells[0], 1_000_000L));
    }
  }

  private record YearMonthColumn() implements Column {
    @Override
    public DataType type() {
      return DataTypes.createYearMonthIntervalType();
    }

    @Override
    public Object value(long[] cells) {
      return Period.ofMonths((int) cells[0]).normalized();
    }
  }

  private record DoubleColumn() implements Column {
    @Override
    public DataType type() {
      return DataTypes.DoubleType;
    }

    @Override
    public Object value(long[] cells) {
      return Double.longBitsToDouble(cells[0]);
    }
  }

  private static Dataset<Row> table(List<Column> columns, List<List<long[]>> values) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("id", DataTypes.IntegerType, false));
    for (int i = 0; i < columns.size(); i++) {
      fields.add(DataTypes.createStructField("c" + i, columns.get(i).type(), true));
    }
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < values.get(0).size(); id++) {
      Object[] row = new Object[columns.size() + 1];
      row[0] = id;
      for (int i = 0; i < columns.size(); i++) {
        row[i + 1] = columns.get(i).value(values.get(i).get(id));
      }
      rows.add(RowFactory.create(row));
    }
    return spark.createDataFrame(rows, new StructType(fields.toArray(StructField[]::new)));
  }

  /** Spark's values of functions over frames of the last rows, in the order of rows. */
  private static List<Row> frames(List<String> functions) {
    List<String> selected = new ArrayList<>();
    for (String function : functions) {
      selected.add(function + " OVER last");
    }
    return spark
        .sql(
            "SELECT %s FROM samples WINDOW last AS (ORDER BY id ROWS %d PRECEDING) ORDER BY id"
                .formatted(String.join(", ", selected), FRAME - 1))
        .collectAsList();
  }

  private static void check(
      FrameAggregate aggregate,
      List<long[]> values,
      List<Row> rows,
      int column,
      Function<UnsafeRow, Object> read) {
    for (int i = 0; i < values.size(); i++) {
      aggregate.add(values.get(i), 0);
      if (i >= FRAME) {
        aggregate.remove(values.get(i - FRAME), 0);
      }
      UnsafeRow row = FrameRuns.read(aggregate);
      assertThat(row.isNullAt(0) ? null : read.apply(row))
          .as("%s, row %d", rows.get(i).schema().fields()[column], i)
          .isEqualTo(rows.get(i).get(column));
    }
  }

  @Test
  void decimalsAndIntervalsAreThoseOfSpark() {
    Random random = FrameRuns.random();
    List<Column> columns = new ArrayList<>();
    List<List<long[]>> values = new ArrayList<>();
    List<String> functions = new ArrayList<>();
    for (DecimalType type : DECIMALS) {
      columns.add(new DecimalColumn(type));
      values.add(RandomDecimals.values(random, type, ROWS));
    }
    columns.add(new DayTimeColumn());
    values.add(random.longs(ROWS).mapToObj(value -> new long[] {value / FRAME}).toList());
    columns.add(new YearMonthColumn());
    values.add(random.ints(ROWS).mapToObj(value -> new long[] {value / FRAME}).toList());
    for (int i = 0; i < columns.size(); i++) {
      functions.add("sum(c" + i + ")");
      functions.add("avg(c" + i + ")");
    }
    table(columns, values).createOrReplaceTempView("samples");
    TestSession.withConf(
        spark, Map.of(ANSI, "false"), () -> check(columns, values, frames(functions)));
  }

  private void check(List<Column> columns, List<List<long[]>> values, List<Row> rows) {
    OverflowMode mode = OverflowMode.LEGACY;
    for (int i = 0; i < DECIMALS.size(); i++) {
      DecimalType type = DECIMALS.get(i);
      check(
          aggregates.sumOfDecimals(type, mode, null),
          values.get(i),
          rows,
          2 * i,
          row -> decimal(row, type.precision() + 10, type.scale()));
      check(
          aggregates.averageOfDecimals(type, mode, null),
          values.get(i),
          rows,
          2 * i + 1,
          row -> decimal(row, type.precision() + 4, type.scale() + 4));
    }
    int next = DECIMALS.size();
    Column dayTime = columns.get(next);
    check(
        aggregates.sumOfDayTimeIntervals(mode),
        values.get(next),
        rows,
        2 * next,
        row -> dayTime.value(new long[] {row.getLong(0)}));
    check(
        aggregates.averageOfDayTimeIntervals(mode),
        values.get(next),
        rows,
        2 * next + 1,
        row -> dayTime.value(new long[] {row.getLong(0)}));
    next++;
    Column yearMonth = columns.get(next);
    check(
        aggregates.sumOfYearMonthIntervals(mode),
        values.get(next),
        rows,
        2 * next,
        row -> yearMonth.value(new long[] {row.getInt(0)}));
    check(
        aggregates.averageOfYearMonthIntervals(mode),
        values.get(next),
        rows,
        2 * next + 1,
        row -> yearMonth.value(new long[] {row.getInt(0)}));
  }

  private static BigDecimal decimal(UnsafeRow row, int precision, int scale) {
    return row.getDecimal(0, Math.min(38, precision), Math.min(38, scale)).toJavaBigDecimal();
  }

  @Test
  void variancesAreNextToThoseOfSpark() {
    Random random = FrameRuns.random();
    List<long[]> values = new ArrayList<>();
    values.addAll(RandomDoubles.PRICES.cells(random, ROWS));
    values.addAll(RandomDoubles.SPECIAL.cells(random, ROWS));
    table(List.of(new DoubleColumn()), List.of(values)).createOrReplaceTempView("samples");
    for (boolean legacy : new boolean[] {false, true}) {
      LoneSample lone = legacy ? LoneSample.NAN : LoneSample.NULL;
      TestSession.withConf(
          spark,
          Map.of("spark.sql.legacy.statisticalAggregate", String.valueOf(legacy)),
          () -> {
            List<Dispersion> all = List.of(Dispersion.values());
            List<Row> rows = frames(all.stream().map(function -> function + "(c0)").toList());
            for (int i = 0; i < all.size(); i++) {
              checkNear(aggregates.dispersion(all.get(i), lone), values, rows, i);
            }
          });
    }
  }

  private static void checkNear(
      FrameAggregate aggregate, List<long[]> values, List<Row> rows, int column) {
    for (int i = 0; i < values.size(); i++) {
      aggregate.add(values.get(i), 0);
      if (i >= FRAME) {
        aggregate.remove(values.get(i - FRAME), 0);
      }
      UnsafeRow row = FrameRuns.read(aggregate);
      assertThat(row.isNullAt(0)).isEqualTo(rows.get(i).isNullAt(column));
      if (!row.isNullAt(0)) {
        double expected = rows.get(i).getDouble(column);
        if (Double.isNaN(expected)) {
          assertThat(row.getDouble(0)).isNaN();
        } else {
          double scale = Math.max(Math.abs(expected), 1e-9);
          assertThat(row.getDouble(0) / scale).isCloseTo(expected / scale, offset(1e-9));
        }
      }
    }
  }

  @Test
  void averageIsRightThoughTheSumHasMoreDigitsThanADecimal() {
    DecimalType type = new DecimalType(38, 0);
    Row row =
        spark
            .sql(
                """
                SELECT DISTINCT avg(x) OVER (), try_sum(x) OVER ()
                FROM (SELECT CAST('9e33' AS DECIMAL(38, 0)) AS x FROM range(20001))
                """)
            .head();
    FrameAggregate average = aggregates.averageOfDecimals(type, OverflowMode.ANSI, null);
    FrameAggregate sum = aggregates.sumOfDecimals(type, OverflowMode.TRY, null);
    long[] cells = RandomDecimals.cells(new BigDecimal("9e33").toBigIntegerExact(), type);
    for (int i = 0; i < 20001; i++) {
      average.add(cells, 0);
      sum.add(cells, 0);
    }
    assertThat(FrameRuns.read(average).getDecimal(0, 38, 4).toJavaBigDecimal())
        .isEqualTo(row.getDecimal(0));
    assertThat(FrameRuns.read(sum).isNullAt(0)).isEqualTo(row.isNullAt(1)).isTrue();
  }

  private static void checkSameError(
      String function, String literal, FrameAggregate aggregate, long[] cells) {
    aggregate.add(cells, 0);
    aggregate.add(cells, 0);
    Throwable ours = catchThrowable(() -> FrameRuns.read(aggregate));
    Throwable stock =
        catchThrowable(
            () ->
                spark
                    .sql("SELECT %s(%s) OVER () FROM range(2)".formatted(function, literal))
                    .collectAsList());
    while (stock != null && stock.getCause() != null) {
      stock = stock.getCause();
    }
    assertThat(ours).isInstanceOf(ArithmeticException.class).hasSameClassAs(stock);
    assertThat(((SparkThrowable) ours).getCondition())
        .isEqualTo(((SparkThrowable) stock).getCondition());
    assertThat(((SparkThrowable) ours).getMessageParameters())
        .isEqualTo(((SparkThrowable) stock).getMessageParameters());
  }

  @Test
  void sumsThatDoNotFitFailAsThoseOfSpark() {
    OverflowMode mode = OverflowMode.ANSI;
    DecimalType type = new DecimalType(38, 0);
    String nines = "9".repeat(38);
    long[] cells = RandomDecimals.cells(RandomDecimals.greatest(38), type);
    checkSameError("sum", nines + "BD", aggregates.sumOfDecimals(type, mode, null), cells);
    checkSameError("avg", nines + "BD", aggregates.averageOfDecimals(type, mode, null), cells);
    String days = "INTERVAL '106751991' DAY";
    long[] micros = {106_751_991L * 86_400_000_000L};
    checkSameError("sum", days, aggregates.sumOfDayTimeIntervals(mode), micros);
    checkSameError("avg", days, aggregates.averageOfDayTimeIntervals(mode), micros);
    String years = "INTERVAL '178956970' YEAR";
    long[] months = {178_956_970L * 12};
    checkSameError("sum", years, aggregates.sumOfYearMonthIntervals(mode), months);
    checkSameError("avg", years, aggregates.averageOfYearMonthIntervals(mode), months);
  }
}
