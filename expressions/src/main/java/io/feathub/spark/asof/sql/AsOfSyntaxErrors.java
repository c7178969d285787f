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
package io.feathub.spark.asof.sql;

import io.feathub.spark.FeathubErrors;
import java.util.Map;
import org.apache.spark.sql.catalyst.trees.Origin;

/** What can be wrong with the text of an as-of join, one method per error. */
final class AsOfSyntaxErrors {
  private AsOfSyntaxErrors() {}

  static RuntimeException joinType(String kind, Origin place) {
    throw FeathubErrors.invalid(
        "FEATHUB_AS_OF_JOIN_TYPE",
        Map.of(
            "joinType",
            kind,
            "hint",
            "Write [INNER | LEFT [OUTER]] ASOF JOIN, or LEFT SEMI JOIN and LEFT ANTI JOIN with"
                + " asof(..) in the ON clause."),
        place);
  }

  static RuntimeException matchCondition(String reason, Origin place) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_MATCH_CONDITION", Map.of("reason", reason), place);
  }

  static RuntimeException alias(Origin place) {
    throw FeathubErrors.invalid("FEATHUB_AS_OF_ALIAS", Map.of(), place);
  }
}
