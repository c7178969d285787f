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

import io.feathub.spark.window.NaiveNumbers.Divisor;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;

/** A function of the values of the rows that a window leaves, in their order, nulls among them. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum NaiveFunction {
  SUM("sum(%s)", "recent_sum", (values, type) -> NaiveNumbers.sum(notNull(values), type)),
  AVG("avg(%s)", "recent_avg", (values, type) -> NaiveNumbers.average(notNull(values), type)),
  COUNT("count(%s)", "recent_count", (values, type) -> (long) notNull(values).size()),
  COUNT_ROWS("count(*)", null, (values, type) -> (long) values.size()),
  MIN("min(%s)", "recent_min", (values, type) -> best(notNull(values), -1)),
  MAX("max(%s)", "recent_max", (values, type) -> best(notNull(values), 1)),
  FIRST("first_value(%s)", "recent_first", (values, type) -> at(values, 0)),
  LAST("last_value(%s)", "recent_last", (values, type) -> at(values, values.size() - 1)),
  FIRST_NOT_NULL("first(%s, true)", null, (values, type) -> at(notNull(values), 0)),
  LAST_NOT_NULL(
      "last(%s, true)", null, (values, type) -> at(notNull(values), notNull(values).size() - 1)),
  VAR_POP(
      "var_pop(%s)",
      null, (values, type) -> NaiveNumbers.variance(notNull(values), Divisor.POPULATION)),
  VAR_SAMP(
      "var_samp(%s)",
      null, (values, type) -> NaiveNumbers.variance(notNull(values), Divisor.SAMPLE)),
  STDDEV_POP(
      "stddev_pop(%s)",
      null, (values, type) -> NaiveNumbers.deviation(notNull(values), Divisor.POPULATION)),
  STDDEV_SAMP(
      "stddev_samp(%s)",
      null, (values, type) -> NaiveNumbers.deviation(notNull(values), Divisor.SAMPLE)),
  COLLECT_LIST("collect_list(%s)", null, (values, type) -> notNull(values)),
  LIST(null, "recent_list", (values, type) -> values),
  VALUE_COUNTS(null, "recent_value_counts", (values, type) -> counts(notNull(values)));

  private final String sql;
  private final String recent;
  private final Evaluation evaluation;

  /** What it gives. */
  private interface Evaluation {
    Object of(List<Object> values, DataType type);
  }

  NaiveFunction(String sql, String recent, Evaluation evaluation) {
    this.sql = sql;
    this.recent = recent;
    this.evaluation = evaluation;
  }

  /** Whether Spark has it. */
  boolean isSql() {
    return sql != null;
  }

  /** Whether there is one over the most recent rows. */
  boolean isRecent() {
    return recent != null;
  }

  String sql(String argument) {
    return sql.formatted(argument);
  }

  /** The name of the function over the most recent rows. */
  String recent() {
    return recent;
  }

  /**
   * @param values null for a value that is null
   * @param type of the result
   */
  Object of(List<Object> values, DataType type) {
    return evaluation.of(values, type);
  }

  boolean isSum() {
    return this == SUM || this == AVG;
  }

  boolean isVariance() {
    return this == VAR_POP || this == VAR_SAMP || isDeviation();
  }

  boolean isDeviation() {
    return this == STDDEV_POP || this == STDDEV_SAMP;
  }

  static List<Object> notNull(List<Object> values) {
    return values.stream().filter(Objects::nonNull).toList();
  }

  private static Object at(List<Object> values, int at) {
    return at < 0 || at >= values.size() ? null : values.get(at);
  }

  /** The first of those that are equal: of two zeros that of the earlier row. */
  private static Object best(List<Object> values, int sign) {
    Object best = null;
    for (Object value : values) {
      if (best == null || Integer.signum(NaiveOrder.compare(value, best)) == sign) {
        best = value;
      }
    }
    return best;
  }

  /** Null if there are no values; zeros count as one value without sign, as Spark's map keys do. */
  private static Object counts(List<Object> values) {
    TreeMap<Object, Object> counts = new TreeMap<>(NaiveOrder::compare);
    for (Object value : values) {
      counts.merge(value, 1L, (before, one) -> (Long) before + 1);
    }
    return counts.isEmpty() ? null : counts;
  }
}
