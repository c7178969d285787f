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
package io.feathub.spark.features;

import java.util.Arrays;
import java.util.Locale;

/** FeatHub's aggregate functions over a window of event time. */
public enum AggFunc {
  /** The sum; 0 over no rows, null over nulls only. */
  SUM,
  /** The mean as a Float64; null over no values. */
  AVG,
  /** The least value; null over no values. */
  MIN,
  /** The greatest value; null over no values. */
  MAX,
  /** How many values are not null, as an Int64. */
  COUNT,
  /** How many rows the window has; refused so far. */
  ROW_NUMBER,
  /** The value of the earliest row; refused so far. */
  FIRST_VALUE,
  /** The value of the latest row; refused so far. */
  LAST_VALUE,
  /** How often each value occurs; refused so far. */
  VALUE_COUNTS,
  /** All values in order of time; refused so far. */
  COLLECT_LIST;

  /** The function of a name in any case, as FeatHub reads it. */
  public static AggFunc of(String name) {
    for (AggFunc function : values()) {
      if (function.name().equals(name.toUpperCase(Locale.ROOT))) {
        return function;
      }
    }
    throw FeatureErrors.unknownAggFunc(
        name, Arrays.stream(values()).filter(AggFunc::isSupported).map(AggFunc::name).toList());
  }

  boolean isSupported() {
    return switch (this) {
      case SUM, AVG, MIN, MAX, COUNT -> true;
      case ROW_NUMBER, FIRST_VALUE, LAST_VALUE, VALUE_COUNTS, COLLECT_LIST -> false;
    };
  }
}
