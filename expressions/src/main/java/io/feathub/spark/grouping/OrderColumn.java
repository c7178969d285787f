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
package io.feathub.spark.grouping;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
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
 * The first column of an order as a long: the lesser the long, the earlier the row.
 *
 * @param flip what the encoded value is combined with: 0 if ascending, -1 if descending
 * @param nullRank -1 if nulls are before all others, 1 if they are after them
 */
record OrderColumn(int ordinal, Encoding encoding, long flip, int nullRank)
    implements Serializable {

  /** Where no column has an encoding: all rows are equal. */
  static final OrderColumn NONE = new OrderColumn(0, Encoding.CONSTANT, 0, 1);

  enum Encoding {
    LONG,
    INT,
    SHORT,
    BYTE,
    DOUBLE,
    FLOAT,
    CONSTANT;

    /** Empty if values of the type have no long whose order is theirs. */
    static Optional<Encoding> of(DataType type) {
      if (isLong(type)) {
        return Optional.of(LONG);
      }
      if (type instanceof IntegerType
          || type instanceof DateType
          || type instanceof YearMonthIntervalType) {
        return Optional.of(INT);
      }
      if (type instanceof ShortType) {
        return Optional.of(SHORT);
      }
      if (type instanceof ByteType) {
        return Optional.of(BYTE);
      }
      if (type instanceof DoubleType) {
        return Optional.of(DOUBLE);
      }
      return type instanceof FloatType ? Optional.of(FLOAT) : Optional.empty();
    }

    private static boolean isLong(DataType type) {
      return type instanceof LongType
          || type instanceof TimestampType
          || type instanceof TimestampNTZType
          || type instanceof TimeType
          || type instanceof DayTimeIntervalType
          || (type instanceof DecimalType decimal
              && decimal.precision() <= Decimal.MAX_LONG_DIGITS());
    }
  }

  /** Whether the row is among those before or after all others. */
  boolean isNull(UnsafeRow row) {
    return encoding != Encoding.CONSTANT && row.isNullAt(ordinal);
  }

  /** The long of a row; undefined if it {@link #isNull}. */
  long read(UnsafeRow row) {
    return flip
        ^ switch (encoding) {
          case LONG -> row.getLong(ordinal);
          case INT -> row.getInt(ordinal);
          case SHORT -> row.getShort(ordinal);
          case BYTE -> row.getByte(ordinal);
          case DOUBLE -> ordered(row.getDouble(ordinal));
          case FLOAT -> ordered(row.getFloat(ordinal));
          case CONSTANT -> 0L;
        };
  }

  /** Orders doubles as Spark does: -0.0 equals 0.0, all NaN are equal and above infinity. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value == 0.0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
