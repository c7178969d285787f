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
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import scala.collection.immutable.Seq;

/** What EXPLAIN says of the operator: functions with their frames, keys, time, order of work. */
final class StreamingWindowText {
  private StreamingWindowText() {}

  static String of(
      Seq<NamedExpression> windowExpressions,
      Seq<Expression> keys,
      Seq<SortOrder> orders,
      boolean sorted) {
    String functions =
        ScalaCollections.list(windowExpressions).stream()
            .map(StreamingWindowText::function)
            .collect(Collectors.joining(", "));
    return "["
        + functions
        + "], keys: "
        + keys.mkString("[", ", ", "]")
        + ", order: "
        + orders.mkString("[", ", ", "]")
        + ", rows: "
        + (sorted ? "in the order of the input" : "grouped by key and sorted here");
  }

  private static String function(NamedExpression expression) {
    if (!(expression instanceof Alias alias)
        || !(alias.child() instanceof WindowExpression window)
        || !(window.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame)) {
      return expression.toString();
    }
    return window.windowFunction() + " " + FrameText.of(frame) + " AS " + alias.toAttribute();
  }
}
