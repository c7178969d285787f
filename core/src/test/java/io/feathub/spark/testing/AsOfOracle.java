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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The as-of join as a reader would state it: for every left row, look at every right row. Quadratic
 * and without any cleverness, so that it can be believed.
 *
 * @param leftKeys positions of the left keys
 * @param rightKeys positions of the right keys, in the same order
 * @param operator how the left time compares with the right one: {@code >=}, {@code >}, {@code <=}
 *     or {@code <}
 * @param keepUnmatched LEFT join rather than INNER
 */
public record AsOfOracle(
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    int leftTime,
    int rightTime,
    String operator,
    boolean keepUnmatched) {

  /** The joined rows, in the order of the left ones. */
  public List<Row> join(List<Row> left, List<Row> right, int rightColumns) {
    List<Row> joined = new ArrayList<>();
    for (Row leftRow : left) {
      Row best = null;
      for (Row candidate : right) {
        if (matches(leftRow, candidate) && (best == null || isBetter(candidate, best))) {
          best = candidate;
        }
      }
      if (best != null || keepUnmatched) {
        joined.add(concatenate(leftRow, best, rightColumns));
      }
    }
    return joined;
  }

  private boolean matches(Row left, Row right) {
    for (int i = 0; i < leftKeys.size(); i++) {
      Object leftKey = left.get(leftKeys.get(i));
      Object rightKey = right.get(rightKeys.get(i));
      if (leftKey == null || rightKey == null || compare(leftKey, rightKey) != 0) {
        return false;
      }
    }
    if (left.isNullAt(leftTime) || right.isNullAt(rightTime)) {
      return false;
    }
    int order = compare(left.get(leftTime), right.get(rightTime));
    return switch (operator) {
      case ">=" -> order >= 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      case "<" -> order < 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  /** Closer in time; at the same time, the greater row, column by column, nulls lowest. */
  private boolean isBetter(Row candidate, Row best) {
    int byTime = compare(candidate.get(rightTime), best.get(rightTime));
    if (byTime != 0) {
      return operator.startsWith(">") ? byTime > 0 : byTime < 0;
    }
    for (int i = 0; i < candidate.length(); i++) {
      int byColumn =
          Comparator.nullsFirst(AsOfOracle::compare).compare(candidate.get(i), best.get(i));
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

  /** Equal to zero, but greater by its bytes, which decide last. */
  private static boolean isNegativeZero(Object value) {
    return value instanceof Double d ? d.equals(-0.0) : value instanceof Float f && f.equals(-0.0f);
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
