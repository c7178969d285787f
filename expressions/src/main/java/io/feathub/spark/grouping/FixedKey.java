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

import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** One column of up to eight bytes, as a long. Floating-point numbers are not among them. */
record FixedKey(int ordinal, Width width) implements RowKeys {

  /** How many of the eight bytes a column's type writes; Spark says nothing of the others. */
  enum Width {
    LONG,
    INT,
    SHORT,
    BYTE,
    BOOLEAN;

    /** Empty if the type is not of fixed width or its equal values may have different bits. */
    static Optional<Width> of(DataType type) {
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
      return type instanceof BooleanType ? Optional.of(BOOLEAN) : Optional.empty();
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

  @Override
  public int load(UnsafeRow row) {
    return row.isNullAt(ordinal) ? KeyHash.OF_NULL : KeyHash.ofLong(value(row));
  }

  @Override
  public boolean equalTo(UnsafeRow one, UnsafeRow other) {
    boolean isNull = one.isNullAt(ordinal);
    return isNull == other.isNullAt(ordinal) && (isNull || value(one) == value(other));
  }

  @Override
  public int compare(UnsafeRow one, UnsafeRow other) {
    if (one.isNullAt(ordinal) || other.isNullAt(ordinal)) {
      return Boolean.compare(other.isNullAt(ordinal), one.isNullAt(ordinal));
    }
    return Long.compare(value(one), value(other));
  }

  private long value(UnsafeRow row) {
    return switch (width) {
      case LONG -> row.getLong(ordinal);
      case INT -> row.getInt(ordinal);
      case SHORT -> row.getShort(ordinal);
      case BYTE -> row.getByte(ordinal);
      case BOOLEAN -> row.getBoolean(ordinal) ? 1 : 0;
    };
  }
}
