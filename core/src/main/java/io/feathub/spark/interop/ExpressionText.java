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

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** An expression as its user wrote it. */
public final class ExpressionText {
  private ExpressionText() {}

  /** The SQL text, columns with their qualifiers, without the casts that Spark has added. */
  public static String of(Expression expression) {
    return PlanTraversal.rewriteUp(expression, ExpressionText::withoutAddedCasts).sql();
  }

  private static Expression withoutAddedCasts(Expression operator) {
    List<Expression> operands = new ArrayList<>();
    for (Expression operand : ScalaCollections.list(operator.children())) {
      operands.add(AddedCasts.isAdded(operand, operator) ? operand.children().head() : operand);
    }
    return operator.withNewChildren(ScalaCollections.seq(operands));
  }
}
