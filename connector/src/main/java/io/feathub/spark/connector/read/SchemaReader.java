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

import io.feathub.spark.connector.options.PlainFilesOptions;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import org.apache.spark.sql.types.StructType;

/** The schema of a table of Spark's: the declared one, or what the footers of Parquet say. */
final class SchemaReader {
  private SchemaReader() {}

  static StructType schemaOf(FileTable files, PlainFilesOptions options) {
    try {
      return files.schema();
    } catch (Exception e) {
      SparkThrowable unreadable = Causes.withCondition(e, "FAILED_READ_FILE").orElse(null);
      if (unreadable != null) {
        throw ReadErrors.corruptFile(
            unreadable.getMessageParameters().getOrDefault("path", files.name()), e);
      }
      if (Causes.withCondition(e, "UNABLE_TO_INFER_SCHEMA").isPresent()) {
        throw ReadErrors.schemaRequired(options.format().optionValue());
      }
      throw Unchecked.rethrow(e);
    }
  }
}
