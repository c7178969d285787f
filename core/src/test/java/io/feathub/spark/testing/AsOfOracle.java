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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The as-of join as a reader would state it: for every left row, look at every right row. Quadratic
 * and without any cleverness, so that it can be believed.
 *
 * @param leftKeys positions of the left keys
 * @param rightKeys positions of the right keys, in the same order
 * @param nullSafe whether null keys are equal
 * @param operator how the left time compares with the right one: {@code >=}, {@code >}, {@code <=},
 *     {@code <}, {@code ~} for the nearest, {@code <>} for the nearest but not equal
 * @param tolerance in microseconds, days or the number itself; null if there is none
 * @param tieBreak position of the right column that decides between equal times, or -1
 * @param residual what a pair must satisfy, too
 * @param how left, inner, semi or anti
 */
public record AsOfOracle(
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    boolean nullSafe,
    int leftTime,
    int rightTime,
    String operator,
    BigDecimal tolerance,
    int tieBreak,
    BiPredicate<Row, Row> residual,
    String how) {

  /** Without anything beside keys and times. */
  public AsOfOracle(
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      int leftTime,
      int rightTime,
      String operator,
      boolean keepUnmatched) {
    this(
        leftKeys,
        rightKeys,
        false,
        leftTime,
        rightTime,
        operator,
        null,
        -1,
        (left, right) -> true,
        keepUnmatched ? "left" : "inner");
  }

  /** The joined rows, in the order of the left ones. */
  public List<Row> join(List<Row> left, List<Row> right, int rightColumns) {
    List<Row> joined = new ArrayList<>();
    for (Row leftRow : left) {
      Row best = null;
      for (Row candidate : right) {
        if (matches(leftRow, candidate) && (best == null || isBetter(leftRow, candidate, best))) {
          best = candidate;
        }
      }
      switch (how) {
        case "left" -> joined.add(concatenate(leftRow, best, rightColumns));
        case "inner" -> {
          if (best != null) {
            joined.add(concatenate(leftRow, best, rightColumns));
          }
        }
        case "semi" -> {
          if (best != null) {
            joined.add(leftRow);
          }
        }
        case "anti" -> {
          if (best == null) {
            joined.add(leftRow);
          }
        }
        default -> throw new IllegalArgumentException(how);
      }
    }
    return joined;
  }

  private boolean matches(Row left, Row right) {
    for (int i = 0; i < leftKeys.size(); i++) {
      if (!equalKeys(left.get(leftKeys.get(i)), right.get(rightKeys.get(i)))) {
        return false;
      }
    }
    if (left.isNullAt(leftTime) || right.isNullAt(rightTime)) {
      return false;
    }
    Object time = left.get(leftTime);
    Object other = right.get(rightTime);
    int order = compare(time, other);
    boolean inDirection =
        switch (operator) {
          case ">=" -> order >= 0;
          case ">" -> order > 0;
          case "<=" -> order <= 0;
          case "<" -> order < 0;
          case "~" -> true;
          case "<>" -> order != 0;
          default -> throw new IllegalArgumentException(operator);
        };
    boolean near = tolerance == null || isWithin(time, other);
    return inDirection && near && residual.test(left, right);
  }

  private boolean equalKeys(Object left, Object right) {
    if (left == null || right == null) {
      return nullSafe && left == null && right == null;
    }
    return compare(left, right) == 0;
  }

  private boolean isWithin(Object time, Object other) {
    if (isFloating(time)) {
      double distance = floatingDistance(time, other);
      return Double.isFinite(distance) && distance <= tolerance.doubleValue();
    }
    return distance(time, other).compareTo(tolerance) <= 0;
  }

  /**
   * Closer in time; at the same time, the greater tie-break, then the greater row, nulls lowest.
   */
  private boolean isBetter(Row left, Row candidate, Row best) {
    int byTime = compareTimes(left.get(leftTime), candidate.get(rightTime), best.get(rightTime));
    if (byTime != 0) {
      return byTime > 0;
    }
    if (tieBreak >= 0) {
      int byTieBreak = compareColumn(candidate, best, tieBreak);
      if (byTieBreak != 0) {
        return byTieBreak > 0;
      }
    }
    for (int i = 0; i < candidate.length(); i++) {
      int byColumn = compareColumn(candidate, best, i);
      if (byColumn != 0) {
        return byColumn > 0;
      }
    }
    for (int i = 0; i < candidate.length(); i++) {
      if (isNegativeZero(candidate.get(i)) != isNegativeZero(best.get(i))) {
        return isNegativeZero(candidate.get(i));
      }
    }
    return false;
  }

  /** Positive if the first of two right times is the better one. */
  private int compareTimes(Object left, Object one, Object other) {
    if (operator.startsWith(">")) {
      return compare(one, other);
    }
    if (!operator.equals("~") && !operator.equals("<>")) {
      return compare(other, one);
    }
    boolean oneIsLater = compare(one, left) > 0;
    boolean otherIsLater = compare(other, left) > 0;
    if (oneIsLater == otherIsLater) {
      return oneIsLater ? compare(other, one) : compare(one, other);
    }
    int closer =
        isFloating(left)
            ? Double.compare(floatingDistance(left, other), floatingDistance(left, one))
            : distance(left, other).compareTo(distance(left, one));
    return closer != 0 ? closer : compare(other, one);
  }

  private static boolean isFloating(Object time) {
    return time instanceof Double || time instanceof Float;
  }

  /** Not finite if it is farther than any tolerance. */
  private static double floatingDistance(Object one, Object other) {
    if (compare(one, other) == 0) {
      return 0;
    }
    double distance = Math.abs(((Number) one).doubleValue() - ((Number) other).doubleValue());
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  /** Between times of a type that is not floating-point, in the unit of the tolerance. */
  public static BigDecimal distance(Object one, Object other) {
    return number(one).subtract(number(other)).abs();
  }

  private static BigDecimal number(Object time) {
    if (time instanceof Instant instant) {
      return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }
    if (time instanceof LocalDateTime local) {
      return number(local.toInstant(ZoneOffset.UTC));
    }
    if (time instanceof LocalDate date) {
      return BigDecimal.valueOf(date.toEpochDay());
    }
    return time instanceof BigDecimal decimal
        ? decimal
        : BigDecimal.valueOf(((Number) time).longValue());
  }

  /** Equal to zero, but greater by its bytes, which decide last. */
  private static boolean isNegativeZero(Object value) {
    return value instanceof Double d ? d.equals(-0.0) : value instanceof Float f && f.equals(-0.0f);
  }

  private static int compareColumn(Row one, Row other, int column) {
    return Comparator.nullsFirst(AsOfOracle::compare).compare(one.get(column), other.get(column));
  }

  /** The order that Spark gives values: 0.0 equals -0.0, NaN equals NaN and is greatest. */
  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) {
    if (one instanceof Double a && other instanceof Double b) {
      return Double.compare(a + 0.0, b + 0.0);
    }
    if (one instanceof Float a && other instanceof Float b) {
      return Float.compare(a + 0.0f, b + 0.0f);
    }
    return ((Comparable<Object>) one).compareTo(other);
  }

  private static Row concatenate(Row left, Row right, int rightColumns) {
    Object[] values = new Object[left.length() + rightColumns];
    for (int i = 0; i < left.length(); i++) {
      values[i] = left.get(i);
    }
    for (int i = 0; right != null && i < rightColumns; i++) {
      values[left.length() + i] = right.get(i);
    }
    return RowFactory.create(values);
  }
}
