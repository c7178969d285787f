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
package io.feathub.spark.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Small files for tests, and frames over them. */
final class Files {
  private Files() {}

  static Path write(Path directory, String name, String... lines) {
    try {
      Path file = directory.resolve(name);
      java.nio.file.Files.createDirectories(file.getParent());
      return java.nio.file.Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one Parquet file, in the order of the rows, and gives its path. */
  static Path parquet(SparkSession spark, Path directory, String name, String sql) {
    Path target = directory.resolve(name + "-written");
    spark.sql(sql).coalesce(1).write().parquet(target.toString());
    try (Stream<Path> files = java.nio.file.Files.list(target)) {
      Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Path file = directory.resolve(name);
      java.nio.file.Files.createDirectories(file.getParent());
      return java.nio.file.Files.move(part, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> rows(Dataset<Row> frame) {
    return frame.collectAsList().stream().map(Row::mkString).toList();
  }

  static List<String> rows(Dataset<Row> frame, String separator) {
    return frame.collectAsList().stream().map(row -> row.mkString(separator)).toList();
  }
}
