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

import io.feathub.spark.FeathubConf;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.immutable.Seq;

/** Why the streaming operator does not run a window. */
final class WindowRefusal {
  private WindowRefusal() {}

  /**
   * The reason in words that go on after a colon, under the configuration of the thread's session;
   * empty if the streaming operator runs the window.
   */
  static Optional<String> reason(
      Seq<NamedExpression> windowExpressions,
      Seq<Expression> partitionSpec,
      Seq<SortOrder> orderSpec) {
    if (!FeathubConf.isOn(SQLConf.get(), FeathubConf.WINDOW_ENABLED)) {
      return Optional.of(FeathubConf.WINDOW_ENABLED.key() + " is false");
    }
    return Optional.ofNullable(
        WindowVerdict.of(
                UnwrappedWindow.of(windowExpressions).functions(), partitionSpec, orderSpec)
            .refusal());
  }
}
