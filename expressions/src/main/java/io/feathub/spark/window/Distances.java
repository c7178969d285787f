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

import io.feathub.spark.interop.WindowFrames;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Makes distances out of the offsets of RANGE bounds.
 *
 * @param timeZone in which days are added to timestamps
 * @param ansi whether a bound that overflows is an error
 */
record Distances(String timeZone, boolean ansi) {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The distance of a foldable offset in an order. */
  Distance of(SortOrder order, Expression offset) {
    boolean ascending = WindowFrames.isAscending(order);
    Distance distance = distance(order.dataType(), offset, ascending);
    return ascending ? distance : new Distance.Descending(distance);
  }

  private Distance distance(DataType type, Expression offset, boolean ascending) {
    Object value = offset.eval(null);
    if (value instanceof Long number && number != Long.MIN_VALUE) {
      long signed = ascending ? number : -number;
      if (type instanceof LongType) {
        return ansi ? new Distance.Checked(signed) : new Distance.Wrapping(signed);
      }
      if (CatalystWindows.isTimestamp(type) && offset.dataType() instanceof DayTimeIntervalType) {
        return ofTime(type, signed);
      }
    }
    Literal literal = Literal.create(value, offset.dataType());
    Expression sum =
        CatalystWindows.bound(new BoundReference(0, type, false), literal, ascending, timeZone);
    return new Distance.Computed(sum, OrderValue.of(type));
  }

  private Distance ofTime(DataType type, long micros) {
    ZoneId zone =
        type instanceof TimestampType ? DateTimeUtils.getZoneId(timeZone) : ZoneOffset.UTC;
    boolean exact = Math.abs(micros) < MICROS_PER_DAY || zone.getRules().isFixedOffset();
    return exact ? new Distance.Micros(micros, zone) : new Distance.Calendar(micros, zone);
  }
}
