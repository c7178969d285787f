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
package io.feathub.spark.window.recent;

import io.feathub.spark.interop.WindowFrames;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SpecialFrameBoundary;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;

/** Where a window's frame ends. */
final class RecentFrame {
  private RecentFrame() {}

  /** False too of frames that Spark refuses. */
  static boolean endsAfterCurrentRow(WindowFrame frame) {
    if (!(frame instanceof SpecifiedWindowFrame specified)) {
      return false;
    }
    Expression upper = specified.upper();
    return upper instanceof SpecialFrameBoundary
        ? WindowFrames.isUnbounded(upper)
        : upper.resolved() && upper.foldable() && isPositive(upper.eval(null));
  }

  private static boolean isPositive(Object distance) {
    if (distance instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal().signum() > 0;
    }
    if (distance instanceof CalendarInterval interval) {
      return interval.months > 0 || interval.days > 0 || interval.microseconds > 0;
    }
    return distance instanceof Number number && number.doubleValue() > 0;
  }
}
