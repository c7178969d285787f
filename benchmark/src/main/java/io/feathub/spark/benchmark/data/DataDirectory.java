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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Generated tables as Parquet files; one that is complete is not generated again. */
public final class DataDirectory {
  private static final String SORTED = "generated_sorted";

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
      session
          .range(0, table.rows(), 1, table.files())
          .selectExpr("id")
          .createOrReplaceTempView("generated");
      Dataset<Row> rows = session.sql("SELECT " + table.select() + " FROM generated");
      switch (table.layout()) {
        case SCATTERED -> rows.write().mode(SaveMode.Overwrite).parquet(directory.toString());
        case BY_USER_AND_TIME -> writeSorted(rows, table.files(), directory);
      }
    }
    return directory;
  }

  /** A task for each bucket: a bucket of several files is in no order. */
  private void writeSorted(Dataset<Row> rows, int buckets, Path directory) {
    session.sql("DROP TABLE IF EXISTS " + SORTED);
    rows.repartition(buckets, functions.col(Events.USER))
        .write()
        .mode(SaveMode.Overwrite)
        .format("parquet")
        .bucketBy(buckets, Events.USER)
        .sortBy(Events.USER, Events.TIME)
        .option("path", directory.toString())
        .saveAsTable(SORTED);
    // The files stay, as for all tables with a path.
    session.sql("DROP TABLE " + SORTED);
  }
}
