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
package io.feathub.spark.connector.options;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The errors in options. Values of options are never repeated unless they are one of our own. */
final class OptionErrors {
  private OptionErrors() {}

  static RuntimeException unknownOption(String name, DataFormat format) {
    TreeSet<String> known = new TreeSet<>(ReaderOptions.names(format));
    known.addAll(OptionNames.OWN);
    throw FeathubErrors.invalid(
        "FEATHUB_UNKNOWN_OPTION",
        Map.of(
            "option",
            name,
            "format",
            format.optionValue(),
            "suggestion",
            Suggestions.didYouMean(name, known),
            "options",
            String.join(", ", OptionNames.OWN)));
  }

  static RuntimeException missingOption(String name, String fix) {
    throw FeathubErrors.invalid("FEATHUB_MISSING_OPTION", Map.of("option", name, "fix", fix));
  }

  static RuntimeException invalidOption(String name, String reason) {
    throw FeathubErrors.invalid("FEATHUB_INVALID_OPTION", Map.of("option", name, "reason", reason));
  }

  static RuntimeException columnNotFound(String option, String column, List<String> available) {
    throw FeathubErrors.invalid(
        "FEATHUB_COLUMN_NOT_FOUND",
        Map.of(
            "option",
            option,
            "column",
            column,
            "columns",
            String.join(", ", available),
            "suggestion",
            Suggestions.didYouMean(column, available)));
  }

  static RuntimeException eventTimeColumnClash(String column) {
    throw FeathubErrors.invalid("FEATHUB_EVENT_TIME_COLUMN_CLASH", Map.of("column", column));
  }
}
