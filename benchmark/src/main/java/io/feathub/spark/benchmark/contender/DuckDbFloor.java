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
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.results.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The input and output that DuckDB cannot do without, as {@link SparkFloor} for Spark. */
final class DuckDbFloor implements Contender {
  private final DuckDb duckDb;
  private final DataDirectory data;
  private final Path answer;

  DuckDbFloor(DuckDb duckDb, DataDirectory data, Path answer) {
    this.duckDb = duckDb;
    this.data = data;
    this.answer = answer;
  }

  @Override
  public String name() {
    return Contenders.DUCKDB_FLOOR;
  }

  @Override
  public Role role() {
    return Role.FLOOR;
  }

  @Override
  public Execution checksum(Job job) {
    JobFiles.of(job, data).forEach(duckDb::createView);
    List<String> tables = new ArrayList<>();
    tables.add(hashes(job.events().columns(), JobFiles.EVENTS));
    job.facts().forEach(table -> tables.add(hashes(table.columns(), JobFiles.name(table))));
    return DuckDbExecution.checksum(
        duckDb,
        String.join(" UNION ALL ", tables),
        "h",
        job.rowsOfAllTables(),
        Evidence.of(List.of()));
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    return DuckDbExecution.parquet(
        duckDb,
        "SELECT * FROM " + DuckDb.files(answer),
        directory,
        job.events().rows(),
        Evidence.of(List.of()));
  }

  private static String hashes(List<String> columns, String view) {
    return "SELECT hash(" + String.join(", ", columns) + ") AS h FROM " + view;
  }
}
