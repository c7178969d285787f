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
package io.feathub.spark.connector.time;

import java.math.BigDecimal;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/** Event times that are counted from 1970-01-01T00:00Z in seconds or milliseconds. */
final class EpochReader {
  private static final int MAX_DIGITS = 40;

  private EpochReader() {}

  static EventTimeReader of(DataType type, boolean seconds) {
    long microsPerUnit = seconds ? 1_000_000L : 1_000L;
    int scale = seconds ? 6 : 3;
    if (type instanceof StringType) {
      return (row, i) -> exact(number(row.getUTF8String(i).toString()), scale);
    }
    if (type instanceof DoubleType) {
      return (row, i) -> exact(number(Double.toString(row.getDouble(i))), scale);
    }
    if (type instanceof DecimalType decimal) {
      return (row, i) ->
          exact(row.getDecimal(i, decimal.precision(), decimal.scale()).toJavaBigDecimal(), scale);
    }
    if (type instanceof IntegerType) {
      return (row, i) -> row.getInt(i) * microsPerUnit;
    }
    if (type instanceof ShortType) {
      return (row, i) -> row.getShort(i) * microsPerUnit;
    }
    if (type instanceof ByteType) {
      return (row, i) -> row.getByte(i) * microsPerUnit;
    }
    return (row, i) -> scaled(row.getLong(i), microsPerUnit);
  }

  private static long scaled(long value, long microsPerUnit) throws UnparsableEventTimeException {
    long high = Math.multiplyHigh(value, microsPerUnit);
    long low = value * microsPerUnit;
    if ((high != 0 || low < 0) && (high != -1 || low >= 0)) {
      throw outOfRange();
    }
    return low;
  }

  private static BigDecimal number(String text) throws UnparsableEventTimeException {
    try {
      if (text.length() <= MAX_DIGITS) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException e) {
      throw new UnparsableEventTimeException("it is not a number");
    }
    throw new UnparsableEventTimeException("it is not a number of at most 40 digits");
  }

  private static long exact(BigDecimal value, int scale) throws UnparsableEventTimeException {
    try {
      BigDecimal micros = value.stripTrailingZeros().scaleByPowerOfTen(scale);
      if (micros.scale() > 0) {
        throw new UnparsableEventTimeException("it is more precise than a microsecond");
      }
      // Nineteen digits are the longest that fit; a huge exponent must not be written out.
      if ((long) micros.precision() - micros.scale() <= 19) {
        return micros.longValueExact();
      }
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
    throw outOfRange();
  }

  private static UnparsableEventTimeException outOfRange() {
    return new UnparsableEventTimeException(
        "it is out of the range of TIMESTAMP; is it in another unit?");
  }
}
