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

/**
 * FeatHub's aggregate functions over a window of event time.
 *
 * <p>The rows of a window are those of its frame, see {@link OverWindowTransform}, in order of time
 * and, at equal times, of all fields of the source, ascending and nulls first. A window may be
 * without rows when its filter or its exclusion leaves none.
 */
public enum AggFunc {
  /**
   * The sum of the values that are not null, in the type of the expression; 0 over no rows, null
   * over nulls only. Floating-point sums are the exact sum, rounded once. A sum that the type of
   * the feature cannot hold is an error that names the feature.
   */
  SUM,
  /** The mean of the values that are not null, as a Float64; null if there are none. */
  AVG,
  /** The least value that is not null; null if there is none. */
  MIN,
  /** The greatest value that is not null; null if there is none. */
  MAX,
  /** How many values are not null, as an Int64; {@code *} counts rows. */
  COUNT,
  /** How many rows the window has, as an Int64, whatever the expression says of them. */
  ROW_NUMBER,
  /** The value of the first row, also if it is null; null over no rows. */
  FIRST_VALUE,
  /** The value of the last row, also if it is null; null over no rows. */
  LAST_VALUE,
  /**
   * A map from each value that is not null to how often it occurs, as an Int64; null if there are
   * none. Each row copies the map: its cost is the number of distinct values in the window.
   */
  VALUE_COUNTS,
  /**
   * The values of all rows in order, nulls too; empty over no rows. Each row copies the list: its
   * cost is the number of rows in the window, which a limit bounds.
   */
  COLLECT_LIST;

  /** The function of a name in any case, as FeatHub reads it. */
  public static AggFunc of(String name) {
    for (AggFunc function : values()) {
      if (function.name().equals(name.toUpperCase(Locale.ROOT))) {
        return function;
      }
    }
    throw FeatureErrors.unknownAggFunc(name, Arrays.stream(values()).map(AggFunc::name).toList());
  }
}
