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

import io.feathub.spark.FeathubErrors;
import java.util.Map;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** The errors in expressions. */
final class ExpressionErrors {
  private ExpressionErrors() {}

  static RuntimeException syntax(String where, String text, ParseException cause) {
    return FeathubErrors.invalid(
        "FEATHUB_EXPRESSION_SYNTAX",
        Map.of("where", where, "expression", text, "position", position(cause)),
        cause);
  }

  static RuntimeException notSupported(String where, String text, String fragment) {
    return FeathubErrors.invalid(
        "FEATHUB_EXPRESSION_NOT_SUPPORTED",
        Map.of("where", where, "expression", text, "fragment", fragment));
  }

  static RuntimeException notNumeric(String where, String operand, String type) {
    return FeathubErrors.invalid(
        "FEATHUB_EXPRESSION_TYPE", Map.of("where", where, "operand", operand, "type", type));
  }

  static RuntimeException notACondition(String where, String operand, String type) {
    return FeathubErrors.invalid(
        "FEATHUB_EXPRESSION_CONDITION", Map.of("where", where, "operand", operand, "type", type));
  }

  static RuntimeException notComparable(
      String where, String left, String leftType, String right, String rightType) {
    return FeathubErrors.invalid(
        "FEATHUB_EXPRESSION_COMPARISON",
        Map.of(
            "where",
            where,
            "left",
            left,
            "leftType",
            leftType,
            "right",
            right,
            "rightType",
            rightType));
  }

  private static String position(ParseException cause) {
    if (cause.start() == null || cause.start().startPosition().isEmpty()) {
      return "somewhere";
    }
    return "at character " + (1 + (Integer) cause.start().startPosition().get());
  }
}
