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
package io.feathub.spark.asof;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.FeathubException;
import io.feathub.spark.Suggestions;
import io.feathub.spark.interop.ExpressionText;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What can be wrong with an as-of join, one method per error. */
final class AsOfErrors {
  private static final String OUT_OF_MEMORY = "FEATHUB_AS_OF_OUT_OF_MEMORY";

  private AsOfErrors() {}

  static RuntimeException misplaced(Expression asOf) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_MISPLACED", Map.of("expression", ExpressionText.of(asOf)), asOf.origin());
  }

  static RuntimeException misplaced(String function) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_MISPLACED", Map.of("expression", function));
  }

  static RuntimeException extensionMissing() {
    throw FeathubErrors.invalid("FEATHUB_EXTENSION_MISSING", Map.of());
  }

  static RuntimeException columnNotFound(String name, String side, String[] columns) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_COLUMN",
        Map.of(
            "name",
            name,
            "side",
            side,
            "candidates",
            Suggestions.closestOrAll(name, List.of(columns))));
  }

  static RuntimeException nothingGiven(String method) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_NULL", Map.of("method", method));
  }

  static RuntimeException ambiguousOutput(String name) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_OUTPUT", Map.of("name", name));
  }

  static RuntimeException repeated(Expression second) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_REPEATED", Map.of("expression", ExpressionText.of(second)), second.origin());
  }

  static RuntimeException comparisonExpected(AsOfPredicate asOf) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_COMPARISON",
        Map.of("found", ExpressionText.of(asOf.comparison())),
        asOf.origin());
  }

  static RuntimeException mixedSides(AsOfPredicate asOf) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_SIDES", Map.of("expression", ExpressionText.of(asOf)), asOf.origin());
  }

  static RuntimeException stringTime(AsOfPredicate asOf, String type) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_STRING_TIME",
        Map.of("expression", ExpressionText.of(asOf), "type", type),
        asOf.origin());
  }

  static RuntimeException joinType(AsOfPredicate asOf, String joinType) {
    String hint =
        joinType.startsWith("RIGHT")
            ? "Swap the two sides and make it a LEFT JOIN."
            : "Make it an INNER, LEFT, LEFT SEMI or LEFT ANTI JOIN.";
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_JOIN_TYPE", Map.of("joinType", joinType, "hint", hint), asOf.origin());
  }

  static RuntimeException streaming(AsOfPredicate asOf) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_STREAMING", Map.of(), asOf.origin());
  }

  static RuntimeException correlated(AsOfPredicate asOf, String reference) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_CORRELATED", Map.of("reference", reference), asOf.origin());
  }

  static RuntimeException inputFile(Expression expression) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_INPUT_FILE",
        Map.of("expression", ExpressionText.of(expression)),
        expression.origin());
  }

  static RuntimeException argumentCount(String function, String expected, int found) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_ARGUMENTS",
        Map.of("function", function, "expected", expected, "found", Integer.toString(found)));
  }

  static RuntimeException tolerance(AsOfPredicate asOf, String reason) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_TOLERANCE",
        Map.of("expression", ExpressionText.of(asOf), "reason", reason),
        asOf.origin());
  }

  static RuntimeException noDistance(AsOfPredicate asOf, String type) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_DISTANCE",
        Map.of("expression", ExpressionText.of(asOf), "type", type),
        asOf.origin());
  }

  static RuntimeException tieBreak(AsOfPredicate asOf, Expression tieBreak) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_TIE_BREAK",
        Map.of("tieBreak", ExpressionText.of(tieBreak), "expression", ExpressionText.of(asOf)),
        asOf.origin());
  }

  static RuntimeException condition(AsOfPredicate asOf, Expression condition, String reason) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_CONDITION",
        Map.of("condition", ExpressionText.of(condition), "reason", reason),
        asOf.origin());
  }

  /** Whether memory was refused. */
  static boolean isOutOfMemory(FeathubException failure) {
    return OUT_OF_MEMORY.equals(failure.getCondition());
  }

  static FeathubException outOfMemory(long needed) {
    return FeathubErrors.failure(OUT_OF_MEMORY, Map.of("bytes", Long.toString(needed)));
  }

  static FeathubException broadcastTooLarge(String rows, OutOfMemoryError cause) {
    return FeathubErrors.failure("FEATHUB_AS_OF_BROADCAST_TOO_LARGE", Map.of("rows", rows), cause);
  }
}
