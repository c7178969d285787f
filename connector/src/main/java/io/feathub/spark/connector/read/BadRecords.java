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
package io.feathub.spark.connector.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.util.CannotParseJSONFieldException;
import org.apache.spark.sql.catalyst.util.LazyBadRecordCauseWrapper;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What Spark's parsers say about a record that they refuse. */
final class BadRecords {
  private static final String WRONG_COUNT = "MALFORMED_CSV_RECORD";
  private static final int MAX_REASON = 200;

  private BadRecords() {}

  static String reason(Throwable failure) {
    if (hasWrongColumnCount(failure)) {
      return "it has not as many columns as the schema";
    }
    Optional<JsonProcessingException> json = Causes.find(failure, JsonProcessingException.class);
    if (json.isPresent()) {
      // The original message leaves out where Jackson stood, which is relative to the record.
      return Snippet.of(String.valueOf(json.get().getOriginalMessage()), MAX_REASON);
    }
    Optional<CannotParseJSONFieldException> root =
        Causes.find(failure, CannotParseJSONFieldException.class);
    if (root.isPresent()) {
      return Snippet.of("the value " + root.get().fieldValue() + " is not a record", MAX_REASON);
    }
    Optional<SparkThrowable> field = Causes.withCondition(failure, "CANNOT_PARSE_JSON_FIELD");
    if (field.isPresent()) {
      Map<String, String> parameters = field.get().getMessageParameters();
      return Snippet.of(
          "the value "
              + parameters.get("fieldValue")
              + " is not of the type "
              + parameters.get("dataType"),
          MAX_REASON);
    }
    return Causes.reason(failure);
  }

  static boolean hasWrongColumnCount(Throwable failure) {
    return Causes.withCondition(failure, WRONG_COUNT).isPresent()
        || Causes.find(failure, LazyBadRecordCauseWrapper.class)
            .map(lazy -> Causes.withCondition(lazy.cause().apply(), WRONG_COUNT).isPresent())
            .orElse(false);
  }

  /** The schema without the column that malformed records go to. */
  static StructType without(StructType schema, String corruptRecordColumn) {
    StructType result = new StructType();
    for (StructField field : schema.fields()) {
      if (!field.name().equals(corruptRecordColumn)) {
        result = result.add(field);
      }
    }
    return result;
  }
}
