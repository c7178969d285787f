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
package io.feathub.spark.benchmark.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Generated tables as Parquet files; one that is complete is not generated again. */
public final class DataDirectory {
  private static final long ROWS_PER_FILE = 500_000;

  private final SparkSession session;
  private final Path root;

  public DataDirectory(SparkSession session, Path root) {
    this.session = session;
    this.root = root;
  }

  /** The directory with a table's files, made first if need be. */
  public Path of(Table table) {
    Path directory = root.resolve(table.directory());
    if (!Files.exists(directory.resolve("_SUCCESS"))) {
      int files = (int) Math.max(2, (table.rows() + ROWS_PER_FILE - 1) / ROWS_PER_FILE);
      session
          .range(0, table.rows(), 1, files)
          .selectExpr("id")
          .createOrReplaceTempView("generated");
      session
          .sql("SELECT " + table.select() + " FROM generated")
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(directory.toString());
    }
    return directory;
  }
}
