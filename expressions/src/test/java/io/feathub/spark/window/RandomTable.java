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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Random rows of many cases, each with its own habits of keys, times and values: the case, a key,
 * the time, a number of few values, an id, and a column of each type that a function may read.
 */
final class RandomTable {
  static final int CASE = 0;
  static final int KEY = 1;
  static final int TIME = 2;
  static final int ID = 4;

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    1e308,
    -1e308,
    1e16,
    -1e16,
    1
  };
  private static final List<String> TEXTS =
      List.of("", "a", "a ", "B", "\u00e9", "\uffee", "\ud83d\ude00", "long ".repeat(30));
  private static final long DAY = 86_400_000_000L;

  private final RandomOrder order;
  private final Random random;
  private long nextId;

  RandomTable(RandomOrder order, Random random) {
    this.order = order;
    this.random = random;
  }

  static StructType schema(RandomOrder order) {
    return new StructType()
        .add("c", DataTypes.IntegerType)
        .add("k", DataTypes.StringType)
        .add("t", order.type())
        .add("a", DataTypes.IntegerType)
        .add("id", DataTypes.LongType)
        .add("y", DataTypes.ByteType)
        .add("h", DataTypes.ShortType)
        .add("i", DataTypes.IntegerType)
        .add("l", DataTypes.LongType)
        .add("e", DataTypes.LongType)
        .add("f", DataTypes.FloatType)
        .add("d", DataTypes.DoubleType)
        .add("m", DataTypes.createDecimalType(10, 2))
        .add("w", DataTypes.createDecimalType(30, 5))
        .add("s", DataTypes.StringType)
        .add("x", DataTypes.BinaryType)
        .add("b", DataTypes.BooleanType)
        .add("dt", DataTypes.DateType)
        .add("ts", DataTypes.TimestampType)
        .add("n", DataTypes.TimestampNTZType)
        .add("iv", DataTypes.createDayTimeIntervalType())
        .add("ym", DataTypes.createYearMonthIntervalType());
  }

  static int column(String name) {
    return schema(RandomOrder.INT).fieldIndex(name);
  }

  /** All columns, in their order. */
  static List<Integer> columns() {
    return IntStream.range(0, schema(RandomOrder.INT).size()).boxed().toList();
  }

  static DataType type(RandomOrder order, int column) {
    return schema(order).apply(column).dataType();
  }

  /** Rows of cases, in random order. */
  List<Row> cases(int cases) {
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < cases; number++) {
      addCase(number, rows);
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  private void addCase(int number, List<Row> rows) {
    int keys = 1 + random.nextInt(3);
    int times = random.nextInt(10);
    int reals = random.nextInt(4);
    int nulls = random.nextInt(3) == 0 ? 3 : 12;
    int size = 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 24);
    for (int row = 0; row < size; row++) {
      List<Object> values = new ArrayList<>();
      Collections.addAll(
          values, number, orNull(nulls, "key " + random.nextInt(keys)), time(times, nulls));
      Collections.addAll(values, orNull(nulls, random.nextInt(2)), nextId++);
      addNumbers(reals, values);
      addOthers(values);
      for (int column = ID + 1; column < values.size(); column++) {
        values.set(column, orNull(nulls, values.get(column)));
      }
      rows.add(RowFactory.create(values.toArray()));
    }
  }

  private Object time(int habit, int nulls) {
    return orNull(nulls, order.value(habit, random));
  }

  private <T> T orNull(int oneIn, T value) {
    return random.nextInt(oneIn) == 0 ? null : value;
  }

  private void addNumbers(int reals, List<Object> values) {
    values.add((byte) random.nextInt());
    values.add((short) random.nextInt());
    values.add(random.nextInt(21) - 10);
    values.add(random.nextLong() >> 8);
    values.add(random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextLong());
    values.add((float) real(reals));
    values.add(real(reals));
    values.add(BigDecimal.valueOf(random.nextInt(), 2).setScale(2));
    values.add(
        new BigDecimal(new BigInteger(76, random).subtract(BigInteger.ONE.shiftLeft(75)), 5));
  }

  private double real(int habit) {
    return switch (habit) {
      case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
      case 1 -> Math.scalb(random.nextGaussian(), random.nextInt(400) - 200);
      case 2 ->
          random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
      default -> random.nextGaussian() * 1000;
    };
  }

  private void addOthers(List<Object> values) {
    byte[] bytes = new byte[random.nextInt(3)];
    random.nextBytes(bytes);
    Instant instant = Instant.EPOCH.plus(NaiveNumbers.micros(random.nextLong() >> 12));
    values.add(TEXTS.get(random.nextInt(TEXTS.size())));
    values.add(bytes);
    values.add(random.nextBoolean());
    values.add(LocalDate.ofEpochDay(random.nextInt(9) - 4));
    values.add(instant);
    values.add(LocalDateTime.of(2024, 1, 1, random.nextInt(3), 0));
    values.add(NaiveNumbers.micros((random.nextInt(9) - 4) * DAY + random.nextInt(3)));
    values.add(Period.ofMonths(random.nextInt(30) - 15));
  }
}
