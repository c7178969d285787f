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

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.ShortType;

/**
 * How the values of an ORDER BY column are held in longs of the same order.
 *
 * @param precision of a decimal, else 0
 * @param scale of a decimal, else 0
 */
record OrderValue(Encoding encoding, int precision, int scale) implements Serializable {
  enum Encoding {
    LONG,
    INT,
    SHORT,
    BYTE,
    DOUBLE,
    FLOAT,
    DECIMAL
  }

  /** The encoding of a type, or null if its order is not that of longs. */
  static OrderValue of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal.precision() > Decimal.MAX_LONG_DIGITS()
          ? null
          : new OrderValue(Encoding.DECIMAL, decimal.precision(), decimal.scale());
    }
    Encoding encoding = encoding(type);
    return encoding == null ? null : new OrderValue(encoding, 0, 0);
  }

  private static Encoding encoding(DataType type) {
    if (type instanceof DoubleType) {
      return Encoding.DOUBLE;
    }
    if (type instanceof FloatType) {
      return Encoding.FLOAT;
    }
    if (type instanceof ShortType) {
      return Encoding.SHORT;
    }
    if (type instanceof ByteType) {
      return Encoding.BYTE;
    }
    ValueType value = ValueType.of(type);
    if (value == null) {
      return null;
    }
    return switch (value.kind()) {
      case INT -> Encoding.INT;
      case LONG -> Encoding.LONG;
      default -> null;
    };
  }

  /** The encoded value of a column that is not null. */
  long read(InternalRow row, int ordinal) {
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

  /** Encodes a value as Catalyst holds it. */
  long encode(Object value) {
    return switch (encoding) {
      case LONG, INT, SHORT, BYTE -> ((Number) value).longValue();
      case DOUBLE, FLOAT -> ordered(((Number) value).doubleValue());
      case DECIMAL -> ((Decimal) value).toUnscaledLong();
    };
  }

  /** The value as Catalyst holds it. */
  Object decode(long encoded) {
    return switch (encoding) {
      case LONG -> encoded;
      case INT -> (int) encoded;
      case SHORT -> (short) encoded;
      case BYTE -> (byte) encoded;
      case DOUBLE -> floating(encoded);
      case FLOAT -> (float) floating(encoded);
      case DECIMAL -> Decimal.apply(encoded, precision, scale);
    };
  }

  private static double floating(long encoded) {
    return Double.longBitsToDouble(encoded ^ ((encoded >> 63) & Long.MAX_VALUE));
  }

  /** Orders doubles as Spark does: -0.0 equals 0.0, all NaN are equal and above infinity. */
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value == 0.0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
