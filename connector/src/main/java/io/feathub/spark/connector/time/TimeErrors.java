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
package io.feathub.spark.connector.time;

import io.feathub.spark.FeathubErrors;
import java.util.Map;
import org.apache.spark.sql.types.DataType;

/** The errors in how event time is declared. */
final class TimeErrors {
  private TimeErrors() {}

  static RuntimeException invalidFormat(String format, String reason) {
    throw FeathubErrors.invalid(
        "FEATHUB_INVALID_TIMESTAMP_FORMAT", Map.of("format", format, "reason", reason));
  }

  static RuntimeException formatDoesNotFitType(
      String field, DataType type, String format, String fix) {
    throw FeathubErrors.invalid(
        "FEATHUB_TIMESTAMP_TYPE",
        Map.of("field", field, "type", type.sql(), "format", format, "fix", fix));
  }
}
