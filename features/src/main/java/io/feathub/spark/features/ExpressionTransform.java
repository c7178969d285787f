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
package io.feathub.spark.features;

import static java.util.Objects.requireNonNull;

/**
 * A value computed from the columns of the same row.
 *
 * @param expr column names, {@code + - * /}, parentheses and literals; a literal with a point is a
 *     Float64. Null if an operand is null; overflow and division by zero are errors.
 */
public record ExpressionTransform(String expr) implements Transform {
  public ExpressionTransform {
    requireNonNull(expr, "expr is null");
  }

  public static ExpressionTransform of(String expr) {
    return new ExpressionTransform(expr);
  }
}
