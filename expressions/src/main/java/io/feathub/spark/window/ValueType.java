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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * How a column's values are held in 64 bits: integers, booleans, dates, times and intervals as
 * their number, floating-point values as the bits of the double, with one NaN.
 */
enum ValueType {
  BOOLEAN,
  BYTE,
  SHORT,
  INT,
  LONG,
  FLOAT,
  DOUBLE;

  /** How values of a type are held, or null if the type is not one of fixed width. */
  static ValueType of(DataType type) {
    if (type instanceof BooleanType) {
      return BOOLEAN;
    }
    if (type instanceof ByteType) {
      return BYTE;
    }
    if (type instanceof ShortType) {
      return SHORT;
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return INT;
    }
    if (type instanceof FloatType) {
      return FLOAT;
    }
    if (type instanceof DoubleType) {
      return DOUBLE;
    }
    return isLong(type) ? LONG : null;
  }

  private static boolean isLong(DataType type) {
    return type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DayTimeIntervalType;
  }

  boolean isFloatingPoint() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The bits of a value that is not null. */
  long read(UnsafeRow row, int ordinal) {
    return switch (this) {
      case BOOLEAN -> row.getBoolean(ordinal) ? 1 : 0;
      case BYTE -> row.getByte(ordinal);
      case SHORT -> row.getShort(ordinal);
      case INT -> row.getInt(ordinal);
      case LONG -> row.getLong(ordinal);
      case FLOAT -> Double.doubleToLongBits(row.getFloat(ordinal));
      case DOUBLE -> Double.doubleToLongBits(row.getDouble(ordinal));
    };
  }

  /** Writes what {@link #read} gave. */
  void write(UnsafeRow row, int ordinal, long bits) {
    switch (this) {
      case BOOLEAN -> row.setBoolean(ordinal, bits != 0);
      case BYTE -> row.setByte(ordinal, (byte) bits);
      case SHORT -> row.setShort(ordinal, (short) bits);
      case INT -> row.setInt(ordinal, (int) bits);
      case LONG -> row.setLong(ordinal, bits);
      case FLOAT -> row.setFloat(ordinal, (float) Double.longBitsToDouble(bits));
      case DOUBLE -> row.setDouble(ordinal, Double.longBitsToDouble(bits));
    }
  }

  /** Spark's order: NaN is the greatest value, and the zeros are equal. */
  int compare(long left, long right) {
    if (!isFloatingPoint()) {
      return Long.compare(left, right);
    }
    double l = Double.longBitsToDouble(left);
    double r = Double.longBitsToDouble(right);
    return l == r ? 0 : Double.compare(l, r);
  }

  /** Whether a value is one of two that are equal and differ in their bits. */
  boolean isZero(long bits) {
    return isFloatingPoint() && bits << 1 == 0;
  }
}
