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

import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.FileIndexOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;

/** Which options Spark's own reader of a format understands, by Spark's own lists. */
final class ReaderOptions {
  /** Options of every file source, and those that Spark reads without listing them. */
  private static final List<String> UNLISTED_FILE_OPTIONS = List.of("ignoreCorruptFiles");

  private static final List<String> UNLISTED_JSON_OPTIONS =
      List.of("maxNestingDepth", "maxNumLen", "maxStringLen");

  /** Prefixes of Hadoop's keys; Spark hands options on to the file system's configuration. */
  private static final List<String> HADOOP_PREFIXES = List.of("fs.", "dfs.", "parquet.");

  private ReaderOptions() {}

  /** The names as Spark spells them, without regard to case. */
  static Set<String> names(DataFormat format) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    switch (format) {
      case JSON -> {
        names.addAll(ScalaCollections.set(JSONOptions.getAllOptions()));
        names.addAll(UNLISTED_JSON_OPTIONS);
      }
      case CSV -> names.addAll(ScalaCollections.set(CSVOptions.getAllOptions()));
      case PARQUET -> names.addAll(ScalaCollections.set(ParquetOptions.getAllOptions()));
    }
    // Spelt as the documentation of Spark spells them; its list has them in lower case.
    names.addAll(List.of("pathGlobFilter", "modifiedBefore", "modifiedAfter"));
    names.addAll(ScalaCollections.set(FileIndexOptions.getAllOptions()));
    names.addAll(UNLISTED_FILE_OPTIONS);
    return names;
  }

  static boolean isHadoopKey(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return HADOOP_PREFIXES.stream().anyMatch(lower::startsWith);
  }
}
