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

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * The time of a row as a long whose order is the order of the times: what the join sorts and
 * searches. Both sides of a join have the same type, so the same encoding.
 *
 * @param ordinal the position of the time in the row
 * @param precision the precision of a decimal, else 0
 * @param scale the scale of a decimal, else 0
 */
record TimeColumn(int ordinal, Encoding encoding, int precision, int scale)
    implements TimeReader, Serializable {

  enum Encoding {
    LONG,
    INT,
    SHORT,
    BYTE,
    DOUBLE,
    FLOAT,
    DECIMAL
  }

  static boolean supports(DataType type) {
    return encoding(type).isPresent();
  }

  static TimeColumn of(int ordinal, DataType type) {
    Encoding encoding = encoding(type).orElseThrow();
    return type instanceof DecimalType decimal
        ? new TimeColumn(ordinal, encoding, decimal.precision(), decimal.scale())
        : new TimeColumn(ordinal, encoding, 0, 0);
  }

  @Override
  public boolean isNull(InternalRow row) {
    return row.isNullAt(ordinal);
  }

  /** The encoded time of a row whose time is not null. */
  @Override
  public long read(InternalRow row) {
    return switch (encoding) {
      case LONG -> row.getLong(ordinal);
      case INT -> row.getInt(ordinal);
      case SHORT -> row.getShort(ordinal);
      case BYTE -> row.getByte(ordinal);
      case DOUBLE -> ordered(row.getDouble(ordinal));
      case FLOAT -> ordered(row.getFloat(ordinal));
      case DECIMAL -> row.getDecimal(ordinal, precision, scale).toUnscaledLong();
    };
  }

  /** Whether the times are floating-point numbers. */
  boolean isFloating() {
    return encoding == Encoding.DOUBLE || encoding == Encoding.FLOAT;
  }

  /** The floating-point number that was encoded. */
  static double floating(long encoded) {
    return Double.longBitsToDouble(encoded ^ ((encoded >> 63) & Long.MAX_VALUE));
  }

  /** Orders doubles as Spark does: -0.0 equals 0.0, all NaN are equal and above infinity. */
  static long ordered(double value) {
    long bits = Double.doubleToLongBits(value == 0.0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static Optional<Encoding> encoding(DataType type) {
    if (type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof TimeType
        || type instanceof LongType
        || type instanceof DayTimeIntervalType) {
      return Optional.of(Encoding.LONG);
    }
    if (type instanceof IntegerType
        || type instanceof DateType
        || type instanceof YearMonthIntervalType) {
      return Optional.of(Encoding.INT);
    }
    return narrowOrFractional(type);
  }

  private static Optional<Encoding> narrowOrFractional(DataType type) {
    if (type instanceof ShortType) {
      return Optional.of(Encoding.SHORT);
    }
    if (type instanceof ByteType) {
      return Optional.of(Encoding.BYTE);
    }
    if (type instanceof DoubleType) {
      return Optional.of(Encoding.DOUBLE);
    }
    if (type instanceof FloatType) {
      return Optional.of(Encoding.FLOAT);
    }
    return type instanceof DecimalType decimal && decimal.precision() <= Decimal.MAX_LONG_DIGITS()
        ? Optional.of(Encoding.DECIMAL)
        : Optional.empty();
  }
}
