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
package io.feathub.spark.benchmark.job;

import java.time.Duration;
import java.util.Locale;

/**
 * An aggregate of {@code item_count * price} over a user's rows of the last {@code range}, the
 * current time included. A window without a price in it has no value, but a count of 0.
 */
public record RangeWindow(Aggregate aggregate, Duration range) {
  /** The aggregates that every contender has. */
  public enum Aggregate {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT
  }

  public String column() {
    return aggregate.name().toLowerCase(Locale.ROOT) + "_" + range.toSeconds() + "s";
  }
}
