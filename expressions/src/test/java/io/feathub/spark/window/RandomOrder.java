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

import io.feathub.spark.window.NaiveFrame.Move;
import io.feathub.spark.window.NaiveFrame.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The types that windows are ordered by: few different values of each, and distances between them.
 * No value with a distance added is out of its type's range.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum RandomOrder {
  TIMESTAMP(DataTypes.TimestampType, RandomOrder::instant),
  TIMESTAMP_NTZ(DataTypes.TimestampNTZType, RandomOrder::local),
  DATE(DataTypes.DateType, RandomOrder::date),
  INT(
      DataTypes.IntegerType,
      (habit, random) -> (habit % 4 - 2) * 1_000_000 + habit * random.nextInt(9)),
  BIGINT(
      DataTypes.LongType,
      (habit, random) -> (habit % 4 - 2) * (1L << 60) + (long) habit * random.nextInt(9)),
  SMALLINT(DataTypes.ShortType, (habit, random) -> (short) (habit * 40 * (random.nextInt(9) - 4))),
  TINYINT(DataTypes.ByteType, (habit, random) -> (byte) (habit * (random.nextInt(9) - 4))),
  DOUBLE(DataTypes.DoubleType, RandomOrder::real),
  FLOAT(DataTypes.FloatType, (habit, random) -> (float) real(habit, random)),
  DECIMAL(
      DataTypes.createDecimalType(10, 2),
      (habit, random) -> BigDecimal.valueOf(habit * 25L * (random.nextInt(9) - 4), 2));

  private static final long DAY = 86_400_000_000L;
  private static final long[] UNITS = {1, 30_000_000, DAY / 2, DAY, 15 * DAY};
  private static final long[] STARTS = {0, 1_640_995_200_000_000L, -62_072_524_800_000_000L};

  private final DataType type;
  private final Values values;

  /** Random values: those of one habit are near each other. */
  private interface Values {
    Object next(int habit, Random random);
  }

  RandomOrder(DataType type, Values values) {
    this.type = type;
    this.values = values;
  }

  DataType type() {
    return type;
  }

  /**
   * A value.
   *
   * @param habit from 0 to 9
   */
  Object value(int habit, Random random) {
    return values.next(habit, random);
  }

  private static long micros(int habit, Random random) {
    return STARTS[habit % 3] + UNITS[habit % 5] * random.nextInt(9);
  }

  private static Instant instant(int habit, Random random) {
    long micros = micros(habit, random);
    return Instant.EPOCH.plus(NaiveNumbers.micros(micros));
  }

  private static LocalDateTime local(int habit, Random random) {
    return LocalDateTime.ofInstant(instant(habit, random), ZoneOffset.UTC);
  }

  private static LocalDate date(int habit, Random random) {
    return LocalDate.of(2024, 2, 27).plusDays((long) (habit - 4) * random.nextInt(9));
  }

  private static double real(int habit, Random random) {
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0};
    return random.nextInt(4) == 0
        ? special[random.nextInt(special.length)]
        : (random.nextInt(9) - 4) * (habit < 7 ? 0.25 : 1e15);
  }

  /** Distances of one type, the shortest first. */
  List<Step> steps(Random random) {
    return switch (this) {
      case TIMESTAMP, TIMESTAMP_NTZ -> random.nextInt(4) == 0 ? months() : durations();
      case DATE ->
          switch (random.nextInt(3)) {
            case 0 -> months();
            case 1 -> days("%d");
            default -> days("INTERVAL '%d' DAY");
          };
      case INT, SMALLINT -> numbers("%s", "0", "1", "3", "40", "1000");
      case BIGINT -> numbers("%sL", "0", "1", "3", "40", "1152921504606846976");
      case TINYINT -> numbers("%s", "0", "1", "3", "9");
      case DOUBLE -> numbers("%sD", "0.0", "0.25", "0.6", "1e15");
      case FLOAT -> numbers("%sF", "0.0", "0.25", "0.6", "1e15");
      case DECIMAL -> numbers("%s", "0.00", "0.25", "1.00", "7.77");
    };
  }

  private static List<Step> durations() {
    List<Step> steps = new ArrayList<>();
    for (String text :
        List.of(
            "0 00:00:00.000000",
            "0 00:00:00.000001",
            "0 00:00:00.000003",
            "0 00:01:00.000000",
            "0 00:01:30.000000",
            "1 00:00:00.000000",
            "1 12:03:04.567891",
            "30 00:00:00.000000")) {
      Duration duration =
          Duration.parse("P" + text.replace(" ", "DT").replaceAll("(.*):(.*):(.*)", "$1H$2M$3S"));
      steps.add(
          Step.of(
              "INTERVAL '" + text + "' DAY TO SECOND",
              (time, sign) ->
                  time instanceof Instant instant
                      ? instant.plus(duration.multipliedBy(sign))
                      : ((LocalDateTime) time).plus(duration.multipliedBy(sign))));
    }
    return steps;
  }

  private static List<Step> days(String sql) {
    List<Step> steps = new ArrayList<>();
    for (int days : List.of(0, 1, 2, 5, 30)) {
      steps.add(
          Step.of(
              sql.formatted(days),
              (date, sign) -> ((LocalDate) date).plusDays((long) sign * days)));
    }
    return steps;
  }

  private static List<Step> months() {
    List<Step> steps = new ArrayList<>();
    for (int months : List.of(0, 1, 2, 13)) {
      Move move =
          (time, sign) -> {
            if (time instanceof LocalDate date) {
              return date.plusMonths((long) sign * months);
            }
            return time instanceof Instant instant
                ? instant.atOffset(ZoneOffset.UTC).plusMonths((long) sign * months).toInstant()
                : ((LocalDateTime) time).plusMonths((long) sign * months);
          };
      steps.add(Step.of("INTERVAL '" + months + "' MONTH", move));
    }
    return steps;
  }

  private List<Step> numbers(String sql, String... distances) {
    List<Step> steps = new ArrayList<>();
    for (String distance : distances) {
      BigDecimal number = new BigDecimal(distance);
      steps.add(Step.of(sql.formatted(distance), (time, sign) -> add(time, number, sign)));
    }
    return steps;
  }

  private Object add(Object time, BigDecimal distance, int sign) {
    return switch (this) {
      case DOUBLE -> (Double) time + sign * distance.doubleValue();
      case FLOAT -> (Float) time + sign * distance.floatValue();
      case DECIMAL -> ((BigDecimal) time).add(distance.multiply(BigDecimal.valueOf(sign)));
      case INT -> (Integer) time + sign * distance.intValueExact();
      case SMALLINT -> (short) ((Short) time + sign * distance.intValueExact());
      case TINYINT -> (byte) ((Byte) time + sign * distance.intValueExact());
      case BIGINT -> (Long) time + sign * distance.longValueExact();
      default -> throw new IllegalStateException(name());
    };
  }
}
