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
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.catalyst.util.MathUtils;

/** The least time of a row's frame, from the row's own. Offsets are negative or zero. */
sealed interface LowerBound extends Serializable {
  long of(long time);

  /** A number of whole days as calendar days in a zone, then the rest as an exact duration. */
  record Calendar(long offset, ZoneId zone) implements LowerBound {
    @Override
    public long of(long time) {
      return DateTimeUtils.timestampAddDayTime(time, offset, zone);
    }
  }

  /** An exact duration in microseconds. */
  record Micros(long offset, ZoneId zone) implements LowerBound {
    @Override
    public long of(long time) {
      long bound = time + offset;
      if (bound > time) {
        // Spark's own function raises the error for a time that cannot be.
        return DateTimeUtils.timestampAddDayTime(time, offset, zone);
      }
      return bound;
    }
  }

  /** A distance of BIGINT values; a bound below the least BIGINT is an error. */
  record Checked(long offset) implements LowerBound {
    @Override
    public long of(long time) {
      return MathUtils.addExact(time, offset, null);
    }
  }

  /** A distance of BIGINT values; a bound below the least BIGINT wraps around. */
  record Wrapping(long offset) implements LowerBound {
    @Override
    public long of(long time) {
      return time + offset;
    }
  }
}
