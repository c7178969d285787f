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

import io.feathub.spark.testing.WindowOracle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Sums, averages and variances of values that are not null: exact, and rounded once. */
final class NaiveNumbers {
  /** Enough digits to start the search for a square root next to its end. */
  private static final MathContext ABOUT = new MathContext(40);

  private NaiveNumbers() {}

  /** Of a BIGINT that does not fit the lowest bits are left, of a decimal null. */
  static Object sum(List<Object> values, DataType type) {
    if (values.isEmpty()) {
      return null;
    }
    Double special = special(values);
    return special != null ? special : typed(exactSum(values), type);
  }

  /** An exact number as a value of a type. */
  private static Object typed(BigDecimal number, DataType type) {
    if (type instanceof DoubleType) {
      return number.doubleValue();
    }
    if (type instanceof LongType) {
      return number.toBigIntegerExact().longValue();
    }
    if (type instanceof DecimalType decimal) {
      BigDecimal scaled = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
      return scaled.precision() <= decimal.precision() ? scaled : null;
    }
    if (type instanceof DayTimeIntervalType) {
      return micros(number.longValueExact());
    }
    if (type instanceof YearMonthIntervalType) {
      return Period.ofMonths(number.intValueExact());
    }
    throw new IllegalArgumentException(type.sql());
  }

  static Duration micros(long micros) {
    return Duration.ofSeconds(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }

  /** Of decimals and intervals halves are rounded up. */
  static Object average(List<Object> values, DataType type) {
    if (values.isEmpty()) {
      return null;
    }
    Double special = special(values);
    if (special != null) {
      return special;
    }
    BigDecimal sum = exactSum(values);
    BigDecimal count = BigDecimal.valueOf(values.size());
    if (type instanceof DoubleType) {
      return WindowOracle.quotient(sum, count);
    }
    int scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
    return typed(sum.divide(count, scale, RoundingMode.HALF_UP), type);
  }

  /** How a variance is divided. */
  enum Divisor {
    /** By the number of values. */
    POPULATION,
    /** By one less; of one value the variance is null. */
    SAMPLE
  }

  static Double variance(List<Object> numbers, Divisor divisor) {
    List<Object> values = doubles(numbers);
    if (values.isEmpty() || (values.size() == 1 && divisor == Divisor.SAMPLE)) {
      return null;
    }
    return special(values) != null
        ? Double.valueOf(Double.NaN)
        : Double.valueOf(WindowOracle.quotient(squares(values), divisor(values, divisor)));
  }

  /** The square root of the exact variance, not of the rounded one. */
  static Double deviation(List<Object> numbers, Divisor divisor) {
    List<Object> values = doubles(numbers);
    Double variance = variance(values, divisor);
    return variance == null || variance.isNaN()
        ? variance
        : Double.valueOf(root(squares(values), divisor(values, divisor)));
  }

  private static List<Object> doubles(List<Object> numbers) {
    return numbers.stream().map(number -> (Object) ((Number) number).doubleValue()).toList();
  }

  /** n times the sum of the squares, less the square of the sum. */
  private static BigDecimal squares(List<Object> values) {
    BigDecimal squares = BigDecimal.ZERO;
    for (Object value : values) {
      squares = squares.add(exact(value).multiply(exact(value)));
    }
    BigDecimal sum = exactSum(values);
    return squares.multiply(BigDecimal.valueOf(values.size())).subtract(sum.multiply(sum));
  }

  private static BigDecimal divisor(List<Object> values, Divisor divisor) {
    long count = values.size();
    return BigDecimal.valueOf(count * (divisor == Divisor.SAMPLE ? count - 1 : count));
  }

  /** The double nearest to the square root of {@code dividend / divisor}, the even one of two. */
  static double root(BigDecimal dividend, BigDecimal divisor) {
    double root = dividend.divide(divisor, ABOUT).sqrt(ABOUT).doubleValue();
    while (Double.isFinite(root) && isBeyond(dividend, divisor, root, Math.nextUp(root))) {
      root = Math.nextUp(root);
    }
    while (root > 0 && !isBeyond(dividend, divisor, Math.nextDown(root), root)) {
      root = Math.nextDown(root);
    }
    return root;
  }

  /** Whether the root is nearer to the upper of two neighbours, or that is the even one. */
  private static boolean isBeyond(
      BigDecimal dividend, BigDecimal divisor, double lower, double upper) {
    BigDecimal halfStep = new BigDecimal(Math.ulp(lower)).divide(BigDecimal.valueOf(2));
    BigDecimal middle = new BigDecimal(lower).add(halfStep);
    int order = dividend.compareTo(middle.multiply(middle).multiply(divisor));
    return order > 0 || (order == 0 && (Double.doubleToLongBits(upper) & 1) == 0);
  }

  /** What NaN and the infinities make of a sum or average, or null if there are none. */
  private static Double special(List<Object> values) {
    double special = 0;
    for (Object value : values) {
      if (value instanceof Double || value instanceof Float) {
        double number = ((Number) value).doubleValue();
        special += Double.isFinite(number) ? 0 : number;
      }
    }
    return special == 0 ? null : special;
  }

  static BigDecimal exactSum(List<Object> values) {
    return values.stream().map(NaiveNumbers::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Of an interval its microseconds or months. */
  static BigDecimal exact(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Double || value instanceof Float) {
      return new BigDecimal(((Number) value).doubleValue());
    }
    if (value instanceof Duration duration) {
      BigInteger seconds = BigInteger.valueOf(duration.getSeconds());
      return new BigDecimal(seconds.multiply(BigInteger.valueOf(1_000_000L)))
          .add(BigDecimal.valueOf(duration.getNano() / 1000));
    }
    return BigDecimal.valueOf(
        value instanceof Period period ? period.toTotalMonths() : ((Number) value).longValue());
  }
}
