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
import static org.assertj.core.api.Assumptions.assumeThat;

import io.feathub.spark.testing.TestSession;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sums that a running total would spoil: each is that of the rows in the frame, and of no other.
 */
class TestWindowNumbers {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final List<Object> HARD =
      List.of(1e308, 1e308, -1e308, Double.NaN, 1.0, 1e16, 1.0, -1e16);
  private static final List<Object> PASSING_INFINITIES =
      List.of(1.5, INFINITY, 2.0, 0.25, -INFINITY, -0.0, -0.0, INFINITY, -INFINITY, 3.0, 4.0);

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  private static void ansi(String enabled, Runnable action) {
    TestSession.withConf(spark, Map.of("spark.sql.ansi.enabled", enabled), action);
  }

  /** The values, in the order of a column t that counts them. */
  private static void view(List<Object> values, DataType type) {
    List<Row> rows =
        IntStream.range(0, values.size())
            .mapToObj(at -> RowFactory.create(at, values.get(at)))
            .toList();
    StructType schema = new StructType().add("t", DataTypes.IntegerType).add("x", type);
    spark.createDataFrame(rows, schema).repartition(2).createOrReplaceTempView("numbers");
  }

  /** A function over frames of each size, of rows and of a range, which are the same ones. */
  private static String query(String function, int sizes) {
    List<String> columns = new ArrayList<>();
    for (int size = 1; size <= sizes; size++) {
      for (String unit : List.of("ROWS", "RANGE")) {
        columns.add(
            "%s OVER (ORDER BY t %s BETWEEN %d PRECEDING AND CURRENT ROW)"
                .formatted(function, unit, size - 1));
      }
    }
    return "SELECT " + String.join(", ", columns) + " FROM numbers ORDER BY t";
  }

  private static void check(
      String function, List<Object> values, Function<List<Object>, Object> expected) {
    int sizes = values.size() + 1;
    List<Row> rows = WindowSessions.streamed(spark, query(function, sizes));
    assertThat(rows).hasSameSizeAs(values);
    for (int at = 0; at < values.size(); at++) {
      for (int size = 1; size <= sizes; size++) {
        List<Object> frame = values.subList(Math.max(0, at + 1 - size), at + 1);
        Object right = expected.apply(NaiveFunction.notNull(frame));
        assertThat(
                List.of(
                    at, size, text(rows.get(at), size * 2 - 2), text(rows.get(at), size * 2 - 1)))
            .as("%s of %s", function, frame)
            .isEqualTo(List.of(at, size, String.valueOf(right), String.valueOf(right)));
      }
    }
  }

  /** Of a double it has all bits. */
  private static String text(Row row, int column) {
    return String.valueOf(row.get(column));
  }

  private enum Hard {
    SPREAD(HARD),
    PASSING(PASSING_INFINITIES);

    @SuppressWarnings("ImmutableEnumChecker") // The list is immutable.
    private final List<Object> values;

    Hard(List<Object> values) {
      this.values = values;
    }
  }

  @ParameterizedTest
  @EnumSource
  void doublesAreSummedExactlyAtEverySize(Hard hard) {
    assumeThat(WindowSessions.SPARK_ANSWERS).as("Spark rounds each step").isFalse();
    view(hard.values, DataTypes.DoubleType);
    for (NaiveFunction function :
        List.of(
            NaiveFunction.SUM,
            NaiveFunction.AVG,
            NaiveFunction.VAR_POP,
            NaiveFunction.VAR_SAMP,
            NaiveFunction.STDDEV_POP,
            NaiveFunction.STDDEV_SAMP)) {
      check(function.sql("x"), hard.values, values -> function.of(values, DataTypes.DoubleType));
    }
  }

  @ParameterizedTest
  @EnumSource
  void leastAndGreatestLeaveWithTheirRows(Hard hard) {
    view(hard.values, DataTypes.DoubleType);
    check("min(x)", hard.values, values -> NaiveFunction.MIN.of(values, DataTypes.DoubleType));
    check("max(x)", hard.values, values -> NaiveFunction.MAX.of(values, DataTypes.DoubleType));
  }

  @Test
  void floatsAreSummedAsTheDoublesTheyAre() {
    assumeThat(WindowSessions.SPARK_ANSWERS).as("Spark rounds each step").isFalse();
    List<Object> values =
        List.of(3e38f, 3e38f, Float.MIN_VALUE, -3e38f, 0.1f, 0.1f, 1.0f, Float.NaN, 7f);
    view(values, DataTypes.FloatType);
    check("sum(x)", values, frame -> NaiveNumbers.sum(frame, DataTypes.DoubleType));
    check("avg(x)", values, frame -> NaiveNumbers.average(frame, DataTypes.DoubleType));
  }

  private static final List<Object> LONGS =
      List.of(Long.MAX_VALUE, -5L, 3L, 2L, Long.MIN_VALUE, -1L, 2L, Long.MAX_VALUE);

  /** Running sums overflow on the way, but none of these frames does. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void longsThatFitInTheEnd(String ansi) {
    assumeThat(WindowSessions.SPARK_ANSWERS && ansi.equals("true"))
        .as("Spark fails on the way")
        .isFalse();
    view(List.of(Long.MAX_VALUE, 1L, -5L, 9L, Long.MIN_VALUE, -1L, 7L), DataTypes.LongType);
    String query =
        """
        SELECT sum(x) OVER (ORDER BY t ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) FROM numbers ORDER BY t
        """;
    long min = Long.MIN_VALUE;
    ansi(
        ansi,
        () ->
            assertThat(WindowSessions.streamed(spark, query))
                .extracting(row -> row.getLong(0))
                .containsExactly(Long.MAX_VALUE - 4, 5L, min + 4, min + 8, min + 6, 6L, 7L));
  }

  @Test
  void longsThatDoNotFitWrapAsSparksDo() {
    view(LONGS, DataTypes.LongType);
    ansi(
        "false",
        () -> {
          check("sum(x)", LONGS, values -> NaiveNumbers.sum(values, DataTypes.LongType));
          WindowSessions.checkSame(spark, query("sum(x)", LONGS.size()));
        });
  }

  @Test
  void longsThatDoNotFitAreSparksError() {
    view(LONGS, DataTypes.LongType);
    ansi("true", () -> WindowOutcome.sameError(spark, query("sum(x)", LONGS.size())));
  }

  @Test
  void averagesOfLongsAreExact() {
    assumeThat(WindowSessions.SPARK_ANSWERS).as("Spark sums doubles").isFalse();
    view(LONGS, DataTypes.LongType);
    check("avg(x)", LONGS, values -> NaiveNumbers.average(values, DataTypes.DoubleType));
  }

  /** As many nines as the type holds, at every precision whose sums may not fit. */
  @ParameterizedTest
  @ValueSource(ints = {27, 28, 30, 37, 38})
  void decimalsThatDoNotFitAreNull(int precision) {
    BigDecimal nines = BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(2);
    List<Object> values = new ArrayList<>(List.of(nines, nines, nines, nines.negate()));
    IntStream.range(0, 10).forEach(more -> values.add(nines));
    DecimalType type = DataTypes.createDecimalType(precision, 2);
    DecimalType sum = DataTypes.createDecimalType(Math.min(38, precision + 10), 2);
    view(values, type);
    ansi(
        "false",
        () -> {
          if (!WindowSessions.SPARK_ANSWERS) {
            check("sum(x)", values, frame -> NaiveNumbers.sum(frame, sum));
          }
          // Without the negative ones Spark fails for no sum that fits in the end.
          values.removeIf(value -> ((BigDecimal) value).signum() < 0);
          view(values, type);
          check("sum(x)", values, frame -> NaiveNumbers.sum(frame, sum));
          WindowSessions.checkSame(spark, query("sum(x)", values.size()));
        });
  }

  @Test
  void decimalsThatDoNotFitAreSparksError() {
    BigDecimal nines = BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE);
    view(List.of(nines, nines), DataTypes.createDecimalType(38, 0));
    String query =
        """
        SELECT sum(x) OVER (ORDER BY t ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM numbers
        """;
    ansi("true", () -> WindowOutcome.sameError(spark, query));
  }

  /** Running sums are too large on the way, but none of these frames is. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void decimalsThatFitInTheEnd(String ansi) {
    assumeThat(WindowSessions.SPARK_ANSWERS).as("Spark fails on the way").isFalse();
    BigDecimal half = BigDecimal.TEN.pow(37).multiply(BigDecimal.valueOf(5));
    BigDecimal less = half.negate();
    BigDecimal zero = BigDecimal.ZERO;
    view(List.of(half, half, less, less, half, half, less), DataTypes.createDecimalType(38, 0));
    String query =
        """
        SELECT sum(x) OVER (ORDER BY t ROWS BETWEEN CURRENT ROW AND 3 FOLLOWING) FROM numbers ORDER BY t
        """;
    ansi(
        ansi,
        () ->
            assertThat(WindowSessions.streamed(spark, query))
                .extracting(row -> row.getDecimal(0))
                .containsExactly(zero, zero, zero, zero, half, zero, less));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(10, 2)", "(18, 0)", "(19, 4)", "(30, 10)", "(38, 18)"})
  void averagesOfDecimalsAreRoundedHalfUp(String arguments) {
    List<Object> values =
        IntStream.range(0, 12)
            .mapToObj(at -> BigDecimal.valueOf(at * 7919L % 13 - 6))
            .collect(Collectors.toList());
    DecimalType type = (DecimalType) DataType.fromDDL("DECIMAL" + arguments);
    DecimalType average =
        DataTypes.createDecimalType(
            Math.min(38, type.precision() + 4), Math.min(38, type.scale() + 4));
    view(values, type);
    check("avg(x)", values, frame -> NaiveNumbers.average(frame, average));
    WindowSessions.checkSame(spark, query("avg(x)", 4));
  }
}
