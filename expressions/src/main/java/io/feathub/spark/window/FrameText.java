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

import io.feathub.spark.interop.WindowFrames;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.types.DayTimeIntervalType;

/** A frame as EXPLAIN shows it: as in SQL, with distances in time in ISO 8601. */
final class FrameText {
  private FrameText() {}

  static String of(SpecifiedWindowFrame frame) {
    return (WindowFrames.isRange(frame) ? "RANGE BETWEEN " : "ROWS BETWEEN ")
        + bound(frame.lower(), "PRECEDING")
        + " AND "
        + bound(frame.upper(), "FOLLOWING");
  }

  private static String bound(Expression bound, String unboundedSide) {
    if (WindowFrames.isUnbounded(bound)) {
      return "UNBOUNDED " + unboundedSide;
    }
    if (WindowFrames.isCurrentRow(bound)) {
      return "CURRENT ROW";
    }
    Object offset = bound.eval(null);
    Integer sign = CatalystWindows.sign(offset);
    String side = sign != null && sign < 0 ? " PRECEDING" : " FOLLOWING";
    if (offset instanceof Long micros && bound.dataType() instanceof DayTimeIntervalType) {
      return Duration.of(micros, ChronoUnit.MICROS).abs() + side;
    }
    String text = String.valueOf(offset);
    return (text.startsWith("-") ? text.substring(1) : text) + side;
  }
}
