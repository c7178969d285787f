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
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.results.Role;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What no contender on Spark can do without. Into a checksum: all columns of all tables, read. Into
 * Parquet: an answer that is there already, read and written again.
 */
final class SparkFloor implements Contender {
  private final SparkSession session;
  private final DataDirectory data;
  private final Path answer;

  SparkFloor(SparkSession session, DataDirectory data, Path answer) {
    this.session = session;
    this.data = data;
    this.answer = answer;
  }

  @Override
  public String name() {
    return Contenders.SPARK_FLOOR;
  }

  @Override
  public Role role() {
    return Role.FLOOR;
  }

  @Override
  public Execution checksum(Job job) {
    SparkTables tables = SparkTables.of(job, session, data);
    return new SparkExecution(
        session,
        () -> {
          tables.createViews();
          return inputs(job);
        },
        input -> SparkContender.checksum(input, List.of("hash"), job.rowsOfAllTables()),
        Evidence.of(List.of()));
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    // Known beforehand, as the tables' are: to look it up would be a job of its own.
    StructType schema = session.read().parquet(answer.toString()).schema();
    return new SparkExecution(
        session,
        () -> session.read().schema(schema).parquet(answer.toString()),
        rows -> SparkContender.write(rows, directory),
        Evidence.of(List.of()));
  }

  /** A hash of each row of all tables, in one column. */
  private Dataset<Row> inputs(Job job) {
    Events events = job.events();
    Dataset<Row> rows =
        session
            .table(JobFiles.EVENTS)
            .selectExpr("xxhash64(" + String.join(", ", events.columns()) + ") AS hash");
    for (Facts table : job.facts()) {
      rows =
          rows.unionAll(
              session
                  .table(JobFiles.name(table))
                  .selectExpr("xxhash64(" + String.join(", ", table.columns()) + ") AS hash"));
    }
    return rows;
  }
}
