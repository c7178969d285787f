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

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.FeathubException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;

/** The errors of reading plain files. */
final class ReadErrors {
  private ReadErrors() {}

  static RuntimeException pathNotFound(String path, Throwable cause) {
    throw FeathubErrors.invalid("FEATHUB_PATH_NOT_FOUND", Map.of("path", path), cause);
  }

  static RuntimeException noDataFiles(List<String> paths, String globFilter) {
    String filter = globFilter == null ? "" : " that match pathGlobFilter `" + globFilter + "`";
    throw FeathubErrors.invalid(
        "FEATHUB_NO_DATA_FILES", Map.of("path", String.join(", ", paths), "filter", filter));
  }

  static RuntimeException feathubTable(String path) {
    throw FeathubErrors.invalid("FEATHUB_TABLE_UNSUPPORTED", Map.of("path", path));
  }

  static RuntimeException schemaRequired(String format) {
    throw FeathubErrors.invalid("FEATHUB_SCHEMA_REQUIRED", Map.of("format", format));
  }

  static RuntimeException unorderable(String column, DataType type) {
    throw FeathubErrors.invalid(
        "FEATHUB_INVALID_OPTION",
        Map.of(
            "option",
            "ordering",
            "reason",
            "values of column `" + column + "`, " + type.sql() + ", have no order"));
  }

  static RuntimeException optionOfQuery(String name) {
    throw FeathubErrors.invalid(
        "FEATHUB_INVALID_OPTION",
        Map.of(
            "option",
            name,
            "reason",
            "a query cannot change the options that the files were loaded with; load them again"));
  }

  static FeathubException missingColumn(String file, String column, List<String> columns) {
    return FeathubErrors.failure(
        "FEATHUB_COLUMN_MISSING_IN_FILE",
        Map.of("file", file, "column", column, "columns", String.join(", ", columns)));
  }

  static FeathubException columnType(
      String file, String column, String declared, String found, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_COLUMN_TYPE_MISMATCH",
        Map.of("file", file, "column", column, "declared", declared, "found", found),
        cause);
  }

  static FeathubException corruptFile(String file, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_CORRUPT_FILE", Map.of("file", file, "reason", Causes.reason(cause)), cause);
  }

  static FeathubException unreadableFile(String file, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_UNREADABLE_FILE", Map.of("file", file, "reason", Causes.reason(cause)), cause);
  }

  static FeathubException csvHeader(String file, String reason, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_CSV_HEADER_MISMATCH", Map.of("file", file, "reason", reason), cause);
  }

  static FeathubException malformedRecord(String file, RecordPlace place, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_MALFORMED_RECORD",
        Map.of(
            "file",
            file,
            "place",
            place.where(),
            "column",
            place.column() == null ? "" : " in column `" + place.column() + "`",
            "reason",
            place.reason(),
            "record",
            place.snippet()),
        cause);
  }

  static FeathubException unparsableTimestamp(
      String file, String place, String column, String value, String format, String reason) {
    return FeathubErrors.failure(
        "FEATHUB_UNPARSABLE_TIMESTAMP",
        Map.of(
            "file", file, "place", place, "column", column, "value", value, "format", format,
            "reason", reason));
  }

  static FeathubException unsorted(
      String file, String place, String columns, String previous, String current) {
    return FeathubErrors.failure(
        "FEATHUB_UNSORTED_INPUT",
        Map.of(
            "file",
            file,
            "place",
            place,
            "columns",
            columns,
            "previous",
            previous,
            "current",
            current));
  }
}
