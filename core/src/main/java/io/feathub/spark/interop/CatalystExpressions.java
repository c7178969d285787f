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

import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.SortDirection;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.optimizer.NormalizeFloatingNumbers$;
import scala.Option;

/** Makes Catalyst's expressions as Scala's default arguments and singletons would. */
public final class CatalystExpressions {
  private CatalystExpressions() {}

  /** A new column of this name. */
  public static Alias alias(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression$.MODULE$.newExprId(),
        ScalaCollections.seq(),
        Option.empty(),
        ScalaCollections.seq());
  }

  /** Ascending, nulls first. */
  public static SortOrder ascending(Expression expression) {
    return order(expression, Ascending$.MODULE$);
  }

  /** Descending, nulls last. */
  public static SortOrder descending(Expression expression) {
    return order(expression, Descending$.MODULE$);
  }

  /** The same value with one representation of each number: one NaN and no negative zero. */
  public static Expression withNormalizedFloats(Expression expression) {
    return NormalizeFloatingNumbers$.MODULE$.normalize(expression);
  }

  private static SortOrder order(Expression expression, SortDirection direction) {
    return new SortOrder(
        expression, direction, direction.defaultNullOrdering(), ScalaCollections.seq());
  }
}
