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

import io.feathub.spark.interop.ScalaCollections;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.Seq;

/** What EXPLAIN says of the operator: functions with their frames, keys, time, order of work. */
final class StreamingWindowText {
  private StreamingWindowText() {}

  static String of(
      Seq<NamedExpression> windowExpressions,
      Seq<Expression> keys,
      Seq<SortOrder> orders,
      boolean sorted) {
    SortOrder order = orders.head();
    String functions =
        ScalaCollections.list(windowExpressions).stream()
            .map(expression -> function(expression, order.dataType()))
            .collect(Collectors.joining(", "));
    return "["
        + functions
        + "], keys: "
        + keys.mkString("[", ", ", "]")
        + ", time: "
        + order
        + ", rows: "
        + (sorted ? "in the order of the input" : "sorted here by key hash and time");
  }

  private static String function(NamedExpression expression, DataType timeType) {
    if (!(expression instanceof Alias alias)
        || !(alias.child() instanceof WindowExpression window)) {
      return expression.toString();
    }
    String frame =
        CatalystWindows.precedingOffset(window.windowSpec().frameSpecification(), timeType)
            .map(offset -> " RANGE " + distance(offset, timeType) + " PRECEDING")
            .orElse("");
    return window.windowFunction() + frame + " AS " + alias.toAttribute();
  }

  private static String distance(long offset, DataType timeType) {
    return CatalystWindows.isTimestamp(timeType)
        ? Duration.of(offset, ChronoUnit.MICROS).negated().toString()
        : Long.toString(offset).substring(offset < 0 ? 1 : 0);
  }
}
