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
import java.time.ZoneId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.catalyst.util.MathUtils;

/**
 * How far a bound of a RANGE frame lies from the current row: makes the bound out of the row's
 * order value. Each gives, and throws, what Spark's own addition does.
 */
sealed interface Distance extends Serializable {
  /** The bound, of an order value that is not null; both as {@link OrderValue} encodes them. */
  long from(long order);

  /** A number of whole days as calendar days in a zone, then the rest as an exact duration. */
  record Calendar(long micros, ZoneId zone) implements Distance {
    @Override
    public long from(long order) {
      return DateTimeUtils.timestampAddDayTime(order, micros, zone);
    }
  }

  /** An exact duration in microseconds. */
  record Micros(long micros, ZoneId zone) implements Distance {
    @Override
    public long from(long order) {
      long bound = order + micros;
      if (((order ^ bound) & (micros ^ bound)) < 0) {
        // Spark's own function raises the error for a time that cannot be.
        return DateTimeUtils.timestampAddDayTime(order, micros, zone);
      }
      return bound;
    }
  }

  /** A distance of BIGINT values; a bound that is no BIGINT is an error. */
  record Checked(long distance) implements Distance {
    @Override
    public long from(long order) {
      return MathUtils.addExact(order, distance, null);
    }
  }

  /** A distance of BIGINT values; a bound that is no BIGINT wraps around. */
  record Wrapping(long distance) implements Distance {
    @Override
    public long from(long order) {
      return order + distance;
    }
  }

  /**
   * Any other distance.
   *
   * @param sum Spark's expression for the bound, of the order value in column 0
   */
  record Computed(Expression sum, OrderValue order) implements Distance {
    @Override
    public long from(long value) {
      Object bound = sum.eval(new GenericInternalRow(new Object[] {order.decode(value)}));
      return order.encode(bound);
    }
  }

  /** The distance in an order whose values are held as complements, as they descend. */
  record Descending(Distance ascending) implements Distance {
    @Override
    public long from(long order) {
      return ~ascending.from(~order);
    }
  }
}
