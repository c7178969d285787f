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
package io.feathub.spark.interop;

import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;

/** What Spark keeps in singletons about the frames and orders of windows. */
public final class WindowFrames {
  private WindowFrames() {}

  /** Whether bounds are distances, not numbers of rows. */
  public static boolean isRange(SpecifiedWindowFrame frame) {
    return frame.frameType() == RangeFrame$.MODULE$;
  }

  public static boolean isCurrentRow(Expression bound) {
    return bound == CurrentRow$.MODULE$;
  }

  /** UNBOUNDED PRECEDING or FOLLOWING. */
  public static boolean isUnbounded(Expression bound) {
    return bound == UnboundedPreceding$.MODULE$ || bound == UnboundedFollowing$.MODULE$;
  }

  public static boolean isAscending(SortOrder order) {
    return order.direction() == Ascending$.MODULE$;
  }

  public static boolean isNullsFirst(SortOrder order) {
    return order.nullOrdering() == NullsFirst$.MODULE$;
  }
}
