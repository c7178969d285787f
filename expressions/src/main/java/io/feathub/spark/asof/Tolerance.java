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

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * How far apart in time a left row and its match may be.
 *
 * @param reach in the time type's own unit: microseconds of timestamps, days of dates, else the
 *     number itself; null if there is no limit
 * @param inclusive whether a match may lie exactly at the edge
 */
public record Tolerance(BigDecimal reach, boolean inclusive) implements Serializable {
  static final Tolerance UNLIMITED = new Tolerance(null, true);

  static Tolerance of(BigDecimal reach) {
    return new Tolerance(reach.stripTrailingZeros(), true);
  }

  boolean isUnlimited() {
    return reach == null;
  }
}
