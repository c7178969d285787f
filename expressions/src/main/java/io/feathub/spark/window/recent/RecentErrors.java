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

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.Suggestions;
import io.feathub.spark.interop.ExpressionText;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What can be wrong with a function of the most recent rows, one method per error. */
final class RecentErrors {
  private RecentErrors() {}

  static RuntimeException argumentCount(RecentKind kind, int found) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_ARGUMENTS",
        Map.of("function", kind.functionName(), "found", Integer.toString(found)));
  }

  static RuntimeException limit(RecentAggregate recent, Expression limit, String reason) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_LIMIT",
        Map.of(
            "expression",
            ExpressionText.of(recent),
            "limit",
            ExpressionText.of(limit),
            "reason",
            reason),
        recent.origin());
  }

  static RuntimeException exclude(
      RecentAggregate recent, Expression exclude, String reason, String suggestion) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_EXCLUDE",
        Map.of(
            "expression",
            ExpressionText.of(recent),
            "exclude",
            ExpressionText.of(exclude),
            "reason",
            reason,
            "suggestion",
            suggestion),
        recent.origin());
  }

  static RuntimeException unknownExclude(RecentAggregate recent, Expression exclude, String name) {
    throw exclude(
        recent, exclude, "there is no such value", Suggestions.didYouMean(name, Exclusion.names()));
  }

  static RuntimeException inputType(RecentAggregate recent) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_INPUT_TYPE",
        Map.of(
            "expression",
            ExpressionText.of(recent),
            "needs",
            recent.kind().needs(),
            "input",
            ExpressionText.of(recent.input()),
            "type",
            recent.input().dataType().sql()),
        recent.origin());
  }

  static RuntimeException withoutOver(RecentAggregate recent) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_WITHOUT_OVER",
        Map.of("function", recent.prettyName(), "expression", ExpressionText.of(recent)),
        recent.origin());
  }

  static RuntimeException distinct(RecentAggregate recent) {
    String written = ExpressionText.of(recent).replaceFirst("\\(", "(DISTINCT ");
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_DISTINCT", Map.of("expression", written), recent.origin());
  }

  static RuntimeException order(RecentAggregate recent) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_ORDER", Map.of("expression", ExpressionText.of(recent)), recent.origin());
  }

  static RuntimeException frame(RecentAggregate recent, Expression frame) {
    throw FeathubErrors.invalid(
        "FEATHUB_RECENT_FRAME",
        Map.of("expression", ExpressionText.of(recent), "frame", ExpressionText.of(frame)),
        recent.origin());
  }
}
