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

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;

/** Chooses how the bounds of a window's frames are computed, so that they are Spark's own. */
final class LowerBounds {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private LowerBounds() {}

  static List<LowerBound> of(SupportedWindow window, String timeZone, boolean ansi) {
    DataType type = window.order().dataType();
    return window.offsets().stream().map(offset -> of(type, offset, timeZone, ansi)).toList();
  }

  private static LowerBound of(DataType type, long offset, String timeZone, boolean ansi) {
    if (type instanceof LongType) {
      return ansi ? new LowerBound.Checked(offset) : new LowerBound.Wrapping(offset);
    }
    ZoneId zone =
        type instanceof TimestampType ? DateTimeUtils.getZoneId(timeZone) : ZoneOffset.UTC;
    boolean exact = offset > -MICROS_PER_DAY || zone.getRules().isFixedOffset();
    return exact ? new LowerBound.Micros(offset, zone) : new LowerBound.Calendar(offset, zone);
  }
}
