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
import io.feathub.spark.interop.ExpressionText;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What can be wrong with an as-of join, one method per error. */
final class AsOfErrors {
  private AsOfErrors() {}

  static RuntimeException misplaced(Expression asOf) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_MISPLACED", Map.of("expression", ExpressionText.of(asOf)), asOf.origin());
  }

  static RuntimeException repeated(Expression second) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_REPEATED", Map.of("expression", ExpressionText.of(second)), second.origin());
  }

  static RuntimeException comparisonExpected(String found) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_COMPARISON", Map.of("found", found));
  }

  static RuntimeException comparisonExpected(AsOfPredicate asOf) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_COMPARISON",
        Map.of("found", ExpressionText.of(asOf.child())),
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
            : "Make it an INNER or a LEFT JOIN.";
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

  static RuntimeException toleranceNotSupported() {
    throw notSupported(
        "a tolerance",
        "Select the right time too, and blank the right columns where it is too old: CASE WHEN"
            + " l.ts <= r.ts + INTERVAL 7 DAYS THEN r.price END.");
  }

  static RuntimeException tieBreakNotSupported() {
    throw notSupported(
        "a tie-break",
        "Without one, of right rows with equal keys and times the greatest row wins.");
  }

  static RuntimeException nearestNotSupported() {
    throw notSupported(
        "asof_nearest()", "Join twice, with asof(l >= r) and asof(l <= r), and take the closer.");
  }

  static RuntimeException semiNotSupported(AsOfPredicate asOf, String joinType) {
    throw notSupported(
        "a " + joinType + " JOIN",
        "Use a LEFT JOIN and filter on whether a right column is null.",
        asOf);
  }

  static RuntimeException residualNotSupported(AsOfPredicate asOf, Expression residual) {
    throw notSupported(
        "the further condition " + ExpressionText.of(residual),
        "Beside asof() only equalities between a left and a right expression may stand. Filter the"
            + " inputs below the join: FROM l LEFT JOIN (SELECT * FROM r WHERE ..) r ON ..",
        asOf);
  }

  static RuntimeException keylessNotSupported(AsOfPredicate asOf) {
    throw notSupported(
        "a join without an equality key",
        "Add one, such as `ON l.key = r.key AND asof(..)`; a constant column on both sides will"
            + " do.",
        asOf);
  }

  static RuntimeException keyTypeNotSupported(AsOfPredicate asOf, Expression key) {
    throw notSupported(
        "the key " + ExpressionText.of(key) + " of type " + key.dataType().sql(),
        "Join on columns of simple types: numbers, strings without a collation, times, binary.",
        asOf);
  }

  static RuntimeException timeTypeNotSupported(AsOfPredicate asOf, String type) {
    throw notSupported(
        "times of type " + type,
        "Compare timestamps, dates, day-time or year-month intervals, numbers, or decimals of up"
            + " to 18 digits.",
        asOf);
  }

  static FeathubException outOfMemory(long needed) {
    return FeathubErrors.failure(
        "FEATHUB_AS_OF_OUT_OF_MEMORY", Map.of("bytes", Long.toString(needed)));
  }

  private static RuntimeException notSupported(String feature, String instead) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_NOT_SUPPORTED", Map.of("feature", feature, "instead", instead));
  }

  private static RuntimeException notSupported(String feature, String instead, AsOfPredicate asOf) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_NOT_SUPPORTED",
        Map.of("feature", feature, "instead", instead),
        asOf.origin());
  }
}
