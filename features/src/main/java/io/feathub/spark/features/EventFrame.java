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

import io.feathub.spark.features.expr.ViewExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows that a window aggregates, see {@link OverWindowTransform}.
 *
 * @param sizeInMicros how far back it reaches; null if to the first row
 * @param filter the condition on its rows; null if there is none
 * @param limit how many rows at most; null for all
 */
record EventFrame(
    Long sizeInMicros,
    ViewExpression filter,
    Long limit,
    Exclude exclude,
    List<String> groupByKeys) {

  boolean isUnbounded() {
    return sizeInMicros == null;
  }

  /** Whether the frame of a row that has a time may be without rows. */
  boolean mayBeEmpty() {
    return filter != null || exclude.leavesTheRowOut();
  }

  /** Whether Spark's own aggregate functions can look at these rows. */
  boolean isStandardSql() {
    return limit == null && exclude == Exclude.NONE;
  }

  /** The columns that decide which rows are in the frame, beside the time. */
  Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>(groupByKeys);
    if (filter != null) {
      fields.addAll(filter.fields());
    }
    return fields;
  }
}
