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

import io.feathub.spark.window.recent.Exclusion;
import io.feathub.spark.window.recent.RecentAggregate;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * A function of a window with its frame, recognised from Catalyst's expressions.
 *
 * @param condition of FILTER (WHERE ..); null if there is none
 */
record WindowFunction(
    SupportedFunction function,
    Expression condition,
    FrameBounds frame,
    Exclusion exclude,
    long limit) {

  /** Of all rows of the frame. */
  static WindowFunction plain(SupportedFunction function, FrameBounds frame) {
    return new WindowFunction(function, null, frame, Exclusion.NONE, FramePlan.NO_LIMIT);
  }

  /** Of the rows that the aggregate takes. */
  static WindowFunction of(
      SupportedFunction function, AggregateExpression aggregate, FrameBounds frame) {
    Expression condition = aggregate.filter().isDefined() ? aggregate.filter().get() : null;
    return aggregate.aggregateFunction() instanceof RecentAggregate recent
        ? new WindowFunction(
            function,
            condition,
            frame,
            recent.exclusion(),
            recent.limit().orElse(FramePlan.NO_LIMIT))
        : new WindowFunction(function, condition, frame, Exclusion.NONE, FramePlan.NO_LIMIT);
  }

  /**
   * The bounds of a frame as Catalyst has them.
   *
   * @param range whether they are distances, not numbers of rows
   */
  record FrameBounds(boolean range, Edge lower, Edge upper) {}

  /**
   * A bound.
   *
   * @param offset how far it is from the current row; null for UNBOUNDED
   * @param sign of the offset: negative for PRECEDING, 0 for CURRENT ROW
   */
  record Edge(Expression offset, int sign) {
    static final Edge UNBOUNDED = new Edge(null, 0);

    boolean isUnbounded() {
      return offset == null;
    }

    boolean isCurrentRow() {
      return offset != null && sign == 0;
    }
  }

  /** What it looks at; nothing is one thing. */
  Object input() {
    return function.input() == null ? "" : function.input().canonicalized();
  }

  /** Which rows it looks at. */
  Object rows() {
    return Arrays.asList(
        condition == null ? null : condition.canonicalized(),
        function.ignoresNulls() ? input() : null);
  }

  /** Whether rows of the frame are left out. */
  boolean isCut() {
    return exclude != Exclusion.NONE || limit != FramePlan.NO_LIMIT;
  }

  /** Whether rows after the current one, or after its peers, can be in the frame. */
  boolean looksAhead() {
    return frame.upper().isUnbounded() || frame.upper().sign() > 0;
  }

  /** Whether its value depends on the order of rows that are equal by ORDER BY. */
  boolean dependsOnTies() {
    boolean wholePartition = frame.lower().isUnbounded() && frame.upper().isUnbounded();
    return limit != FramePlan.NO_LIMIT
        || function.computation().kind().dependsOnOrder()
        || (!frame.range() && !wholePartition);
  }

  /** The exclusion as it works in this frame. */
  Exclusion effectiveExclude() {
    boolean endsBefore = !frame.range() && frame.upper().sign() < 0;
    if (!endsBefore) {
      return exclude;
    }
    // The row itself is not in the frame.
    return switch (exclude) {
      case CURRENT_ROW -> Exclusion.NONE;
      case CURRENT_TIME -> Exclusion.CURRENT_GROUP;
      case NONE, CURRENT_GROUP -> exclude;
    };
  }
}
