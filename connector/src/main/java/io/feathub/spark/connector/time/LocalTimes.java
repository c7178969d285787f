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
package io.feathub.spark.connector.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** Times without a zone to instants. */
final class LocalTimes {
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private static final int SECONDS_PER_DAY = 86_400;

  private LocalTimes() {}

  /**
   * The instant of a local time given in seconds since 1970-01-01T00:00 of its own clock. The rules
   * give the offset before a gap and the earlier of an overlap's two, which are java.time's rules.
   */
  static long toMicros(long localSeconds, int micros, ZoneRules rules) {
    ZoneOffset offset =
        rules.isFixedOffset()
            ? rules.getOffset(Instant.EPOCH)
            : rules.getOffset(LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC));
    return (localSeconds - offset.getTotalSeconds()) * MICROS_PER_SECOND + micros;
  }

  /** The same for a local time in microseconds. */
  static long toMicros(long localMicros, ZoneRules rules) throws UnparsableEventTimeException {
    try {
      long seconds = Math.floorDiv(localMicros, MICROS_PER_SECOND);
      int micros = (int) Math.floorMod(localMicros, MICROS_PER_SECOND);
      ZoneOffset offset = rules.getOffset(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC));
      return Math.addExact(
          Math.multiplyExact(seconds - offset.getTotalSeconds(), MICROS_PER_SECOND), micros);
    } catch (ArithmeticException e) {
      throw new UnparsableEventTimeException("it is out of range");
    }
  }

  /** The start of a day, given in days since 1970-01-01. */
  static long dateToMicros(int epochDay, ZoneRules rules) throws UnparsableEventTimeException {
    try {
      return toMicros(
          Math.multiplyExact((long) epochDay * SECONDS_PER_DAY, MICROS_PER_SECOND), rules);
    } catch (ArithmeticException e) {
      throw new UnparsableEventTimeException("it is out of range");
    }
  }
}
