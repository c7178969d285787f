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

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Puts back what Spark has computed below a window, for errors: nobody has written {@code _w0}. */
public final class ExtractedInputs {
  /** How the analyzer names what it computes below a window. */
  private static final String PREFIX = "_w";

  private ExtractedInputs() {}

  /** The function of a window as it was written, at the same place in the query. */
  public static RecentAggregate putBack(RecentAggregate recent, LogicalPlan window) {
    Map<ExprId, Expression> computed = new HashMap<>();
    PlanTraversal.visit(
        window,
        node ->
            ScalaCollections.list(node.expressions()).stream()
                .filter(Alias.class::isInstance)
                .map(Alias.class::cast)
                .filter(alias -> alias.name().startsWith(PREFIX))
                .forEach(alias -> computed.put(alias.exprId(), alias.child())));
    return (RecentAggregate)
        PlanTraversal.rewriteUp(
            recent,
            node ->
                node instanceof Attribute column
                    ? computed.getOrDefault(column.exprId(), column)
                    : node);
  }
}
