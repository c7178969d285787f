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
package io.feathub.spark.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

/**
 * Window functions computed in the slowest and plainest way: for each row, all rows are looked at,
 * and sums are made in {@link BigDecimal}. What an operator returns is compared with this.
 *
 * <p>Null values are ignored as SQL's aggregates do; a frame without values gives null.
 */
public final class WindowOracle {
  /**
   * More digits than a point halfway between two doubles can have, so that cutting a quotient here
   * and marking the cut cannot turn a value next to such a point into the point.
   */
  private static final MathContext DIGITS = new MathContext(1200, RoundingMode.DOWN);

  private WindowOracle() {}

  /** A row; the key may be any value with equality, or null; the time and the value may be null. */
  public record Row(Object key, Long time, Object value) {}

  /**
   * The rows of {@code RANGE BETWEEN .. PRECEDING AND CURRENT ROW}, by time: those of the same key
   * whose time lies in {@code [lowerBound(time), time]}. The frame of a row without a time is the
   * rows without a time.
   */
  public static List<Row> frame(List<Row> rows, Row current, LongUnaryOperator lowerBound) {
    List<Row> frame = new ArrayList<>();
    for (Row row : rows) {
      if (Objects.equals(row.key(), current.key()) && inRange(row, current, lowerBound)) {
        frame.add(row);
      }
    }
    frame.sort(Comparator.comparing(Row::time, Comparator.nullsFirst(Comparator.naturalOrder())));
    return frame;
  }

  private static boolean inRange(Row row, Row current, LongUnaryOperator lowerBound) {
    if (row.time() == null || current.time() == null) {
      return row.time() == null && current.time() == null;
    }
    return row.time() <= current.time() && row.time() >= lowerBound.applyAsLong(current.time());
  }

  /** COUNT(*). */
  public static long countRows(List<Row> frame) {
    return frame.size();
  }

  /** COUNT of the value. */
  public static long countValues(List<Row> frame) {
    return values(frame).size();
  }

  /** The sum of floating-point values, rounded once. */
  public static Double sumOfDoubles(List<Row> frame) {
    List<Object> values = values(frame);
    if (values.isEmpty()) {
      return null;
    }
    Double special = special(values);
    return special != null ? special : exactSum(values).doubleValue();
  }

  /** The sum of integers, whatever its size. */
  public static BigInteger sumOfIntegers(List<Row> frame) {
    List<Object> values = values(frame);
    return values.isEmpty() ? null : exactSum(values).toBigIntegerExact();
  }

  /** The average of numbers: the exact quotient, rounded once to a double. */
  public static Double average(List<Row> frame) {
    List<Object> values = values(frame);
    if (values.isEmpty()) {
      return null;
    }
    Double special = special(values);
    return special != null
        ? special
        : quotient(exactSum(values), BigDecimal.valueOf(values.size()));
  }

  /** The least value: NaN is the greatest, and of equal zeros the earliest counts, then -0.0. */
  public static Object min(List<Row> frame) {
    return best(frame, -1);
  }

  /** The greatest value: NaN is the greatest, and of equal zeros the earliest counts, then -0.0. */
  public static Object max(List<Row> frame) {
    return best(frame, 1);
  }

  private static Object best(List<Row> frame, int sign) {
    Row best = null;
    for (Row row : frame) {
      if (row.value() != null && (best == null || beats(row, best, sign))) {
        best = row;
      }
    }
    return best == null ? null : best.value();
  }

  private static boolean beats(Row row, Row best, int sign) {
    int order = Integer.signum(compare(row.value(), best.value()));
    return order == sign
        || (order == 0
            && Objects.equals(row.time(), best.time())
            && row.value() instanceof Number number
            && isNegativeZero(number));
  }

  private static boolean isNegativeZero(Number number) {
    return Double.doubleToRawLongBits(number.doubleValue()) == Long.MIN_VALUE;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // The values of a column are of one type.
  private static int compare(Object left, Object right) {
    if (left instanceof Double || left instanceof Float) {
      double l = ((Number) left).doubleValue();
      double r = ((Number) right).doubleValue();
      return l == r ? 0 : Double.compare(l, r);
    }
    return ((Comparable) left).compareTo(right);
  }

  private static List<Object> values(List<Row> frame) {
    List<Object> values = new ArrayList<>();
    for (Row row : frame) {
      if (row.value() != null) {
        values.add(row.value());
      }
    }
    return values;
  }

  /** What NaN and the infinities make of a sum or average, or null if there are none. */
  private static Double special(List<Object> values) {
    boolean positive = false;
    boolean negative = false;
    for (Object value : values) {
      double number = ((Number) value).doubleValue();
      if (Double.isNaN(number)) {
        return Double.NaN;
      }
      positive |= number == Double.POSITIVE_INFINITY;
      negative |= number == Double.NEGATIVE_INFINITY;
    }
    if (positive && negative) {
      return Double.NaN;
    }
    if (positive) {
      return Double.POSITIVE_INFINITY;
    }
    return negative ? Double.NEGATIVE_INFINITY : null;
  }

  private static BigDecimal exactSum(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum =
          sum.add(
              value instanceof Double || value instanceof Float
                  ? new BigDecimal(((Number) value).doubleValue())
                  : BigDecimal.valueOf(((Number) value).longValue()));
    }
    return sum;
  }

  /** The double nearest to {@code dividend / divisor}, the even one of two. */
  public static double quotient(BigDecimal dividend, BigDecimal divisor) {
    BigDecimal cut = dividend.divide(divisor, DIGITS);
    if (cut.multiply(divisor).compareTo(dividend) == 0) {
      return signed(cut.doubleValue(), dividend);
    }
    BigInteger marked =
        cut.unscaledValue().multiply(BigInteger.TEN).add(BigInteger.valueOf(dividend.signum()));
    return signed(new BigDecimal(marked, cut.scale() + 1).doubleValue(), dividend);
  }

  /** A negative quotient that is rounded to zero keeps its sign, as IEEE division does. */
  private static double signed(double rounded, BigDecimal exact) {
    return rounded == 0 && exact.signum() < 0 ? -0.0 : rounded;
  }
}
