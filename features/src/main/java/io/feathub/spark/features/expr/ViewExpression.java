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
package io.feathub.spark.features.expr;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Literal;

/** An expression of a view: exactly what may stand in one, whatever SQL could say besides. */
public sealed interface ViewExpression {

  /** The value of a column of the same row. */
  record Field(String name) implements ViewExpression {}

  /** A number or a text. */
  record Constant(Literal literal) implements ViewExpression {}

  /** An operation on two numbers. */
  record Arithmetic(Operator operator, ViewExpression left, ViewExpression right)
      implements ViewExpression {}

  /** A number with its sign changed. */
  record Negation(ViewExpression operand) implements ViewExpression {}

  /** The operations on two numbers. */
  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  /** The columns that the expression reads, in the order in which it names them. */
  default Set<String> fields() {
    Set<String> names = new LinkedHashSet<>();
    collectFields(names);
    return names;
  }

  private void collectFields(Set<String> names) {
    if (this instanceof Field field) {
      names.add(field.name());
    } else if (this instanceof Arithmetic arithmetic) {
      arithmetic.left().collectFields(names);
      arithmetic.right().collectFields(names);
    } else if (this instanceof Negation negation) {
      negation.operand().collectFields(names);
    }
  }
}
