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

import org.apache.spark.sql.execution.datasources.PartitionedFile;

/** Names of files and places in them, as users know them. */
final class FilePaths {
  private FilePaths() {}

  /** The path without URL escapes. */
  static String display(PartitionedFile file) {
    return file.toPath().toString();
  }

  /** A row by its number, counted from one; of a later split by where the split begins. */
  static String rowPlace(PartitionedFile file, long row) {
    return file.start() == 0
        ? "row " + row + " of those read"
        : "row " + row + " of those read from byte " + file.start() + " on";
  }
}
