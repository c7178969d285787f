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
package io.feathub.spark.asof;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A type of time, and times of it.
 *
 * @param value how a small number becomes one
 * @param tolerances as written and as the oracle takes them; none for a type without a distance
 */
record RandomTimes(DataType type, IntFunction<Object> value, List<Reach> tolerances) {
  static final Reach NONE = new Reach("NULL", null);

  static final List<RandomTimes> ALL =
      List.of(
          new RandomTimes(
              DataTypes.TimestampType,
              n -> Instant.ofEpochSecond(60L * n, 1000L * n),
              List.of(
                  Reach.of("INTERVAL '120.000002' SECOND", "120000002"),
                  Reach.of("INTERVAL '120.000001' SECOND", "120000001"),
                  Reach.of("INTERVAL 0 DAYS", "0"))),
          new RandomTimes(
              DataTypes.TimestampNTZType,
              n -> LocalDateTime.ofEpochSecond(60L * n, 0, ZoneOffset.UTC),
              List.of(Reach.of("INTERVAL 3 MINUTES", "180000000"))),
          new RandomTimes(
              DataTypes.DateType,
              n -> LocalDate.ofEpochDay(n - 5),
              List.of(Reach.of("INTERVAL 2 DAYS", "2"), Reach.of("INTERVAL 0 DAYS", "0"))),
          new RandomTimes(
              DataTypes.LongType,
              n -> n == 0 ? Long.MIN_VALUE : n == 1 ? Long.MAX_VALUE : n * 1_000_000_007L,
              List.of(
                  Reach.of("2000000014L", "2000000014"), Reach.of("2000000013.5", "2000000013.5"))),
          new RandomTimes(DataTypes.IntegerType, n -> n - 10, List.of(Reach.of("2", "2"))),
          new RandomTimes(
              DataTypes.ShortType, n -> (short) (n - 10), List.of(Reach.of("1.5D", "1.5"))),
          new RandomTimes(DataTypes.ByteType, n -> (byte) (n - 10), List.of(Reach.of("0", "0"))),
          new RandomTimes(
              DataTypes.DoubleType,
              RandomTimes::doubleTime,
              List.of(Reach.of("0.2D", "0.2"), Reach.of("1e300D", "1e300"))),
          new RandomTimes(
              DataTypes.FloatType, n -> (float) doubleTime(n), List.of(Reach.of("0.2", "0.2"))),
          new RandomTimes(
              DataTypes.createDecimalType(18, 3),
              n -> BigDecimal.valueOf(n - 10, 3),
              List.of(Reach.of("0.002", "0.002"), Reach.of("0.0015", "0.0015"))),
          new RandomTimes(
              DataTypes.createDecimalType(38, 3),
              RandomTimes::wideDecimal,
              List.of(Reach.of("0.002", "0.002"), Reach.of("0.0015", "0.0015"))),
          new RandomTimes(DataTypes.StringType, n -> "t" + (char) ('a' + n), List.of()));

  record Reach(String sql, BigDecimal value) {
    static Reach of(String sql, String value) {
      return new Reach(sql, new BigDecimal(value));
    }
  }

  /** Those of the numbers here that can overflow or be rounded are left out. */
  boolean isExactlySubtracted() {
    return !List.of(
            DataTypes.LongType,
            DataTypes.DoubleType,
            DataTypes.FloatType,
            DataTypes.createDecimalType(38, 3),
            DataTypes.StringType)
        .contains(type);
  }

  private static double doubleTime(int n) {
    return switch (n) {
      case 0 -> -0.0;
      case 1 -> 0.0;
      case 2 -> Double.NaN;
      case 3 -> Double.NEGATIVE_INFINITY;
      case 4 -> Double.POSITIVE_INFINITY;
      default -> n * 0.1;
    };
  }

  /** One of them as far from the others as the type allows. */
  private static BigDecimal wideDecimal(int n) {
    return n == 0
        ? new BigDecimal("-" + "9".repeat(35)).setScale(3)
        : BigDecimal.valueOf(n - 10, 3);
  }
}
