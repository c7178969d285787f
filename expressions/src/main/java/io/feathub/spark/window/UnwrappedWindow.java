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

import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import scala.collection.immutable.Seq;

/**
 * The functions of a window without what the optimizer has put around them: it sums decimals of few
 * digits as longs, {@code make_decimal(sum(unscaled) OVER ..)}.
 *
 * @param functions aliases of window expressions alone
 * @param columns what the window gives, made of the functions
 */
record UnwrappedWindow(Seq<NamedExpression> functions, List<NamedExpression> columns) {

  static UnwrappedWindow of(Seq<NamedExpression> windowExpressions) {
    List<NamedExpression> functions = new ArrayList<>();
    List<NamedExpression> columns = new ArrayList<>();
    for (NamedExpression named : ScalaCollections.list(windowExpressions)) {
      if (!(named instanceof Alias alias)
          || alias.child() instanceof WindowExpression
          || !alias.child().exists(WindowExpression.class::isInstance)) {
        functions.add(named);
        columns.add(named.toAttribute());
      } else {
        columns.add((NamedExpression) alias.mapChildren(child -> unwrap(child, functions)));
      }
    }
    return new UnwrappedWindow(ScalaCollections.seq(functions), columns);
  }

  private static Expression unwrap(Expression expression, List<NamedExpression> functions) {
    if (expression instanceof WindowExpression) {
      Alias function = CatalystExpressions.alias(expression, "_feathub_window");
      functions.add(function);
      return function.toAttribute();
    }
    return expression.mapChildren(child -> unwrap(child, functions));
  }

  /** Whether anything was put around a function. */
  boolean isWrapped() {
    return columns.stream().anyMatch(column -> !(column instanceof Attribute));
  }

  /** The columns of the input and those of the window. */
  Seq<NamedExpression> results(Seq<Attribute> input) {
    List<NamedExpression> results = new ArrayList<>(ScalaCollections.list(input));
    results.addAll(columns);
    return ScalaCollections.seq(results);
  }
}
