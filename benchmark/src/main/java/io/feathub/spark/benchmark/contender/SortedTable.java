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
package io.feathub.spark.benchmark.contender;

import io.feathub.spark.benchmark.data.Events;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Sorted files of events as a table of the session's catalog, which is in memory: bucketed by user,
 * sorted by user and time. Without a catalog Spark would not know of the order.
 */
record SortedTable(SparkSession session, String name) {
  /** Puts the table into the catalog. */
  static SortedTable create(SparkSession session, Events events, StructType schema, Path path) {
    String name = events.directory().replaceAll("[^A-Za-z0-9]+", "_");
    session.sql("DROP TABLE IF EXISTS " + name);
    session.sql(
        String.format(
            "CREATE TABLE %s (%s) USING parquet CLUSTERED BY (%s) SORTED BY (%s, %s)"
                + " INTO %d BUCKETS LOCATION '%s'",
            name,
            schema.toDDL(),
            Events.USER,
            Events.USER,
            Events.TIME,
            events.files(),
            path.toAbsolutePath().toString().replace("'", "\\'")));
    return new SortedTable(session, name);
  }

  /** Lists the files anew. */
  Dataset<Row> rows() {
    session.sessionState().catalog().invalidateCachedTable(new TableIdentifier(name));
    return session.table(name);
  }
}
