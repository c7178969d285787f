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
package io.feathub.spark.asof;

import io.feathub.spark.interop.ScalaCollections;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.Option;
import scala.collection.immutable.Seq;

/** How EXPLAIN shows an as-of join, logical or physical. */
final class AsOfDescription {
  /** From the longest unit to the shortest. */
  private static final Map<String, Long> MICROS = new LinkedHashMap<>();

  static {
    MICROS.put("day", 86_400_000_000L);
    MICROS.put("hour", 3_600_000_000L);
    MICROS.put("minute", 60_000_000L);
    MICROS.put("second", 1_000_000L);
    MICROS.put("millisecond", 1000L);
    MICROS.put("microsecond", 1L);
  }

  private AsOfDescription() {}

  /**
   * For example {@code backward [ts#1 >= ts#7], within 7 days, keys [item_id#2 = item_id#5], ties
   * by seq#8 and the right columns, LEFT OUTER}.
   */
  static String of(
      Seq<Attribute> leftKeys,
      Seq<Attribute> rightKeys,
      Attribute leftTime,
      Attribute rightTime,
      Option<Attribute> tieBreak,
      Option<Expression> residual,
      Seq<Attribute> rightOutput,
      AsOfMatching matching,
      JoinType joinType) {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            "%s [%s %s %s]",
            matching.direction().name().toLowerCase(Locale.ROOT),
            leftTime,
            matching.operator(),
            rightTime));
    if (!matching.tolerance().isUnlimited()) {
      parts.add(tolerance(matching.tolerance(), leftTime.dataType()));
    }
    parts.add(keys(ScalaCollections.list(leftKeys), ScalaCollections.list(rightKeys)));
    List<String> ties = ties(tieBreak, rightOutput);
    if (!ties.isEmpty()) {
      parts.add("ties by " + String.join(" and ", ties));
    }
    if (residual.isDefined()) {
      parts.add("if " + residual.get());
    }
    parts.add(joinType.sql());
    return String.join(", ", parts);
  }

  /** What comes behind the description of a join whose only key is a range of time. */
  static String ofTimeRanges(int ranges) {
    return ranges == 0 ? "" : ", in " + ranges + " ranges of time";
  }

  /** What decides, first things first; nothing where all of several rows give the same. */
  private static List<String> ties(Option<Attribute> tieBreak, Seq<Attribute> rightOutput) {
    List<String> ties = new ArrayList<>();
    if (tieBreak.isDefined()) {
      ties.add(tieBreak.get().toString());
    }
    if (!rightOutput.isEmpty()) {
      ties.add("the right columns");
    }
    return ties;
  }

  private static String keys(List<Attribute> left, List<Attribute> right) {
    if (left.isEmpty()) {
      return "no keys";
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      keys.add(left.get(i) + " = " + right.get(i));
    }
    return "keys [" + String.join(", ", keys) + "]";
  }

  private static String tolerance(Tolerance tolerance, DataType timeType) {
    return (tolerance.inclusive() ? "within " : "closer than ")
        + reach(tolerance.reach(), timeType);
  }

  private static String reach(BigDecimal reach, DataType timeType) {
    if (timeType instanceof DateType) {
      return amount(reach, "day");
    }
    if (timeType instanceof TimestampType || timeType instanceof TimestampNTZType) {
      for (Map.Entry<String, Long> unit : MICROS.entrySet()) {
        BigDecimal[] units = reach.divideAndRemainder(BigDecimal.valueOf(unit.getValue()));
        if (units[1].signum() == 0) {
          return amount(units[0], unit.getKey());
        }
      }
    }
    return number(reach).toPlainString();
  }

  /** A fraction that was written as a floating-point number has a shorter name than its value. */
  private static BigDecimal number(BigDecimal reach) {
    double floating = reach.doubleValue();
    return reach.scale() > 0 && new BigDecimal(floating).compareTo(reach) == 0
        ? BigDecimal.valueOf(floating)
        : reach;
  }

  private static String amount(BigDecimal count, String unit) {
    return count.toPlainString() + " " + unit + (count.compareTo(BigDecimal.ONE) == 0 ? "" : "s");
  }
}
