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

import io.feathub.spark.interop.PlanTraversal;
import java.math.BigDecimal;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.CalendarInterval;

/** Reads the tolerance that a user has written, and refuses by name what is none. */
final class AsOfTolerance {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final AsOfPredicate asOf;
  private final Expression written;
  private final DataType timeType;

  private AsOfTolerance(AsOfPredicate asOf, Expression written, DataType timeType) {
    this.asOf = asOf;
    this.written = written;
    this.timeType = timeType;
  }

  /** In the unit of the times; NULL is no limit. */
  static Tolerance of(AsOfPredicate asOf, DataType timeType) {
    return asOf.tolerance()
        .map(written -> new AsOfTolerance(asOf, written, timeType).read())
        .orElse(Tolerance.UNLIMITED);
  }

  /** Whether there is a distance between times of a type. */
  static boolean hasDistance(DataType timeType) {
    return isInstant(timeType) || timeType instanceof DateType || isNumber(timeType);
  }

  private Tolerance read() {
    Expression written = replaced();
    if (!written.foldable()) {
      throw AsOfErrors.tolerance(asOf, "it is not a constant");
    }
    Object value = written.eval(null);
    if (value == null) {
      return Tolerance.UNLIMITED;
    }
    if (!hasDistance(timeType)) {
      throw AsOfErrors.noDistance(asOf, timeType.sql());
    }
    BigDecimal reach = isNumber(timeType) ? number(value) : duration(value);
    if (reach.signum() < 0) {
      throw AsOfErrors.tolerance(asOf, "it is negative");
    }
    return Tolerance.of(reach);
  }

  /** As it is evaluated: nvl(..) and others only stand for what is. */
  private Expression replaced() {
    return PlanTraversal.rewriteUp(
        written, node -> node instanceof RuntimeReplaceable stands ? stands.replacement() : node);
  }

  private BigDecimal duration(Object value) {
    BigDecimal micros = micros(value);
    if (!(timeType instanceof DateType)) {
      return micros;
    }
    BigDecimal[] days = micros.divideAndRemainder(BigDecimal.valueOf(MICROS_PER_DAY));
    if (days[1].signum() != 0) {
      throw AsOfErrors.tolerance(asOf, "dates are whole days apart");
    }
    return days[0];
  }

  /** A day is 24 hours; a month is not so long every time. */
  private BigDecimal micros(Object value) {
    if (written.dataType() instanceof DayTimeIntervalType) {
      return BigDecimal.valueOf((long) value);
    }
    if (written.dataType() instanceof CalendarIntervalType) {
      CalendarInterval interval = (CalendarInterval) value;
      if (interval.months == 0) {
        return BigDecimal.valueOf(interval.days)
            .multiply(BigDecimal.valueOf(MICROS_PER_DAY))
            .add(BigDecimal.valueOf(interval.microseconds));
      }
    }
    throw AsOfErrors.tolerance(
        asOf,
        "times of type "
            + timeType.sql()
            + " take an interval of days or shorter units, such as INTERVAL 7 DAYS");
  }

  private BigDecimal number(Object value) {
    if (isNumber(written.dataType())) {
      if (value instanceof Decimal decimal) {
        return decimal.toJavaBigDecimal();
      }
      if (!(value instanceof Double || value instanceof Float)) {
        return BigDecimal.valueOf(((Number) value).longValue());
      }
      double floating = ((Number) value).doubleValue();
      if (Double.isFinite(floating)) {
        return new BigDecimal(floating);
      }
      throw AsOfErrors.tolerance(asOf, "it is not a finite number");
    }
    throw AsOfErrors.tolerance(
        asOf, "times of type " + timeType.sql() + " take a number, such as 7");
  }

  private static boolean isInstant(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  private static boolean isNumber(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType
        || type instanceof DecimalType
        || type instanceof DoubleType
        || type instanceof FloatType;
  }
}
