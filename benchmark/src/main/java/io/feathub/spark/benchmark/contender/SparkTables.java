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

import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.JobFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a job as Spark knows those of a catalog: their schemas beforehand, their files only
 * when it looks.
 */
final class SparkTables {
  private final SparkSession session;
  private final Map<String, Path> files;
  private final Map<String, StructType> schemas = new HashMap<>();

  /** The events; null if they are in no order. */
  private final SortedTable sorted;

  private SparkTables(SparkSession session, Events events, Map<String, Path> files) {
    this.session = session;
    this.files = files;
    files.forEach(
        (view, path) -> schemas.put(view, session.read().parquet(path.toString()).schema()));
    this.sorted =
        switch (events.layout()) {
          case SCATTERED -> null;
          case BY_USER_AND_TIME ->
              SortedTable.create(
                  session, events, schemas.get(JobFiles.EVENTS), files.get(JobFiles.EVENTS));
        };
  }

  static SparkTables of(Job job, SparkSession session, DataDirectory data) {
    return new SparkTables(session, job.events(), JobFiles.of(job, data));
  }

  /** Lists the files anew. */
  void createViews() {
    files.forEach((view, path) -> rows(view, path).createOrReplaceTempView(view));
  }

  private Dataset<Row> rows(String view, Path path) {
    return sorted != null && view.equals(JobFiles.EVENTS)
        ? sorted.rows()
        : session.read().schema(schemas.get(view)).parquet(path.toString());
  }
}
