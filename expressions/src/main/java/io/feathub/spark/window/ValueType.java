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

import io.feathub.spark.spill.ByteLog;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeWriter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
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
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How a column's values are held in the 64-bit words of a record: numbers, booleans, dates, times
 * and intervals in one word, floating-point values as the bits of the double, decimals of more than
 * 18 digits in two, all else as the place of its bytes in a {@link ByteLog}.
 *
 * @param precision of a decimal, else 0
 * @param scale of a decimal, else 0
 */
record ValueType(Kind kind, int precision, int scale) implements Serializable {
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    WIDE_DECIMAL,
    BYTES,
    /** Only whether there is a value is of interest. */
    PRESENCE
  }

  static final ValueType PRESENCE = new ValueType(Kind.PRESENCE, 0, 0);

  /** How values of a type are held, or null if they are not. */
  static ValueType of(DataType type) {
    if (type instanceof DecimalType decimal) {
      boolean wide = decimal.precision() > Decimal.MAX_LONG_DIGITS();
      return new ValueType(
          wide ? Kind.WIDE_DECIMAL : Kind.DECIMAL, decimal.precision(), decimal.scale());
    }
    Kind kind = numberKind(type);
    if (kind == null && isBytes(type)) {
      kind = Kind.BYTES;
    }
    return kind == null ? null : new ValueType(kind, 0, 0);
  }

  private static Kind numberKind(DataType type) {
    if (type instanceof BooleanType) {
      return Kind.BOOLEAN;
    }
    if (type instanceof ByteType) {
      return Kind.BYTE;
    }
    if (type instanceof ShortType) {
      return Kind.SHORT;
    }
    if (type instanceof FloatType) {
      return Kind.FLOAT;
    }
    if (type instanceof DoubleType) {
      return Kind.DOUBLE;
    }
    if (isInt(type)) {
      return Kind.INT;
    }
    return isLong(type) ? Kind.LONG : null;
  }

  private static boolean isInt(DataType type) {
    return type instanceof IntegerType
        || type instanceof DateType
        || type instanceof YearMonthIntervalType;
  }

  private static boolean isLong(DataType type) {
    return type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof TimeType
        || type instanceof DayTimeIntervalType;
  }

  private static boolean isBytes(DataType type) {
    return type instanceof StringType
        || type instanceof BinaryType
        || type instanceof ArrayType
        || type instanceof StructType
        || type instanceof MapType;
  }

  boolean isFloatingPoint() {
    return kind == Kind.FLOAT || kind == Kind.DOUBLE;
  }

  boolean isBytes() {
    return kind == Kind.BYTES;
  }

  /** Whether a value is one of two that are equal and differ in their bits. */
  boolean isZero(long[] cells, int at) {
    return isFloatingPoint() && cells[at] << 1 == 0;
  }

  /** The type of decimals that are held so. */
  DecimalType decimal() {
    return new DecimalType(precision, scale);
  }

  /** Words of a value in a record. */
  int words() {
    return switch (kind) {
      case PRESENCE -> 0;
      case WIDE_DECIMAL -> 2;
      default -> 1;
    };
  }

  /** Bytes of an element of Spark's arrays. */
  int elementSize() {
    return switch (kind) {
      case BOOLEAN, BYTE -> 1;
      case SHORT -> 2;
      case INT, FLOAT -> 4;
      case LONG, DOUBLE, DECIMAL, WIDE_DECIMAL, BYTES, PRESENCE -> 8;
    };
  }

  /** Puts a value that is not null into the cells from {@code at} on. */
  void read(UnsafeRow row, int ordinal, long[] cells, int at, ByteLog bytes) {
    switch (kind) {
      case BOOLEAN -> cells[at] = row.getBoolean(ordinal) ? 1 : 0;
      case BYTE -> cells[at] = row.getByte(ordinal);
      case SHORT -> cells[at] = row.getShort(ordinal);
      case INT -> cells[at] = row.getInt(ordinal);
      case LONG, DECIMAL -> cells[at] = row.getLong(ordinal);
      case FLOAT -> cells[at] = Double.doubleToRawLongBits(row.getFloat(ordinal));
      case DOUBLE -> cells[at] = Double.doubleToRawLongBits(row.getDouble(ordinal));
      case WIDE_DECIMAL -> readWide(row, ordinal, cells, at);
      case BYTES -> {
        long place = row.getLong(ordinal);
        cells[at] =
            bytes.append(
                row.getBaseObject(), row.getBaseOffset() + (int) (place >>> 32), (int) place);
      }
      case PRESENCE -> {}
    }
  }

  private void readWide(UnsafeRow row, int ordinal, long[] cells, int at) {
    byte[] unscaled = row.getBinary(ordinal);
    long high = unscaled[0] >> 7;
    long low = high;
    for (byte digit : unscaled) {
      high = (high << 8) | (low >>> 56);
      low = (low << 8) | (digit & 0xFF);
    }
    cells[at] = high;
    cells[at + 1] = low;
  }

  /** Writes what {@link #read} put into the cells. */
  void write(UnsafeWriter target, int ordinal, long[] cells, int at, ByteLog.Reader bytes) {
    switch (kind) {
      case BOOLEAN -> target.write(ordinal, cells[at] != 0);
      case BYTE -> target.write(ordinal, (byte) cells[at]);
      case SHORT -> target.write(ordinal, (short) cells[at]);
      case INT -> target.write(ordinal, (int) cells[at]);
      case LONG, DECIMAL -> target.write(ordinal, cells[at]);
      case FLOAT -> target.write(ordinal, (float) Double.longBitsToDouble(cells[at]));
      case DOUBLE -> target.write(ordinal, Double.longBitsToDouble(cells[at]));
      case WIDE_DECIMAL ->
          target.write(
              ordinal,
              Decimal.apply(
                  WideDecimals.decimal(cells[at], cells[at + 1], scale), precision, scale),
              precision,
              scale);
      case BYTES -> {
        bytes.moveTo(cells[at]);
        // Whatever the bytes are, text or a nested value: the writer copies them.
        target.write(ordinal, UTF8String.fromAddress(bytes.base(), bytes.offset(), bytes.length()));
      }
      case PRESENCE -> throw new IllegalStateException("The value was not kept.");
    }
  }

  /** Writes null in the way that values of this type may be overwritten later. */
  void writeNull(UnsafeWriter target, int ordinal) {
    switch (elementSize()) {
      case 1 -> target.setNull1Bytes(ordinal);
      case 2 -> target.setNull2Bytes(ordinal);
      case 4 -> target.setNull4Bytes(ordinal);
      default -> target.setNull8Bytes(ordinal);
    }
  }

  /**
   * Spark's order of values that are not bytes: NaN is the greatest value, and the zeros are equal.
   */
  int compare(long[] left, int leftAt, long[] right, int rightAt) {
    if (isFloatingPoint()) {
      double l = Double.longBitsToDouble(left[leftAt]);
      double r = Double.longBitsToDouble(right[rightAt]);
      return l == r ? 0 : Double.compare(l, r);
    }
    int high = Long.compare(left[leftAt], right[rightAt]);
    return high != 0 || kind != Kind.WIDE_DECIMAL
        ? high
        : Long.compareUnsigned(left[leftAt + 1], right[rightAt + 1]);
  }
}
