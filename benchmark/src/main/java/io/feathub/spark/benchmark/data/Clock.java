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
package io.feathub.spark.benchmark.data;

import java.time.Duration;

/**
 * The times that occur: {@code ticks} of them from the start of 2022 on.
 *
 * @param tickMicros from one to the next
 */
public record Clock(long tickMicros, long ticks) {
  static final long START_MICROS = 1_640_995_200_000_000L;
  private static final long COARSE_TICKS = 100;
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Any microsecond of so many days: hardly two rows have the same time. */
  static Clock fine(int days) {
    return new Clock(1, Duration.ofDays(days).toSeconds() * MICROS_PER_SECOND);
  }

  /**
   * A hundred times, so that equal times, and times exactly as far apart as a window reaches, are
   * the rule.
   */
  public static Clock coarse(Duration tick) {
    return new Clock(tick.toNanos() / 1000, COARSE_TICKS);
  }

  /** SQL for a time chosen by a uniform number. */
  String any(String uniform) {
    return at(String.format("CAST(floor(%s * %d) AS BIGINT)", uniform, ticks));
  }

  /** SQL for the time of a tick. */
  String at(String tick) {
    return String.format("timestamp_micros(%d + %d * (%s))", START_MICROS, tickMicros, tick);
  }

  boolean isCoarse() {
    return ticks == COARSE_TICKS;
  }

  String label() {
    return ticks + "x" + tickMicros + "us";
  }
}
