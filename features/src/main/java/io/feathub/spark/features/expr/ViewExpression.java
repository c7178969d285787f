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
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Literal;

/** An expression of a view: exactly what may stand in one, whatever SQL could say besides. */
public sealed interface ViewExpression {

  /** The value of a column of the same row. */
  record Field(String name) implements ViewExpression {}

  /** A number, a text, TRUE or FALSE. */
  record Constant(Literal literal) implements ViewExpression {}

  /** An operation on two numbers; null if one of them is. */
  record Arithmetic(Operator operator, ViewExpression left, ViewExpression right)
      implements ViewExpression {}

  /** A number with its sign changed. */
  record Negation(ViewExpression operand) implements ViewExpression {}

  /** Whether one value is less than another, or equal; null if one of them is null. */
  record Comparison(Comparator comparator, ViewExpression left, ViewExpression right)
      implements ViewExpression {}

  /** Two conditions in SQL's logic of true, false and null. */
  record Logical(Connective connective, ViewExpression left, ViewExpression right)
      implements ViewExpression {}

  /** Whether a condition is false; null if it is null. */
  record Not(ViewExpression operand) implements ViewExpression {}

  /** Whether a value is null; never null itself. */
  record IsNull(ViewExpression operand) implements ViewExpression {}

  /** The operations on two numbers. */
  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  /** The ways to compare two values. Unequal is not equal. */
  enum Comparator {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** What joins two conditions. */
  enum Connective {
    AND,
    OR
  }

  /** The columns that the expression reads, in the order in which it names them. */
  default Set<String> fields() {
    Set<String> names = new LinkedHashSet<>();
    collectFields(names);
    return names;
  }

  /** The expressions that this one is made of, as they are written. */
  default List<ViewExpression> operands() {
    if (this instanceof Arithmetic arithmetic) {
      return List.of(arithmetic.left(), arithmetic.right());
    }
    if (this instanceof Comparison comparison) {
      return List.of(comparison.left(), comparison.right());
    }
    if (this instanceof Logical logical) {
      return List.of(logical.left(), logical.right());
    }
    if (this instanceof Negation negation) {
      return List.of(negation.operand());
    }
    if (this instanceof Not not) {
      return List.of(not.operand());
    }
    return this instanceof IsNull isNull ? List.of(isNull.operand()) : List.of();
  }

  private void collectFields(Set<String> names) {
    if (this instanceof Field field) {
      names.add(field.name());
    }
    operands().forEach(operand -> operand.collectFields(names));
  }
}
