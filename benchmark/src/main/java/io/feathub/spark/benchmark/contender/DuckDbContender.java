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
import java.util.OptionalLong;

/** DuckDB's own as-of join and windows. */
final class DuckDbContender implements Contender {
  private final DuckDb duckDb;
  private final DataDirectory data;

  DuckDbContender(DuckDb duckDb, DataDirectory data) {
    this.duckDb = duckDb;
    this.data = data;
  }

  @Override
  public String name() {
    return Contenders.DUCKDB;
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public Execution checksum(Job job) {
    return DuckDbExecution.checksum(
        duckDb, query(job), hash(job), job.events().rows(), evidence(job));
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    return DuckDbExecution.parquet(
        duckDb, query(job), directory, job.events().rows(), evidence(job));
  }

  @Override
  public OptionalLong fold(Job job, Path answer) {
    String rows = "SELECT " + String.join(", ", job.columns()) + " FROM " + DuckDb.files(answer);
    return OptionalLong.of(
        DuckDbExecution.checksum(
                duckDb, rows, hash(job), job.events().rows(), Evidence.of(List.of()))
            .run());
  }

  private static String hash(Job job) {
    return "hash(" + String.join(", ", job.columns()) + ")";
  }

  private String query(Job job) {
    JobFiles.of(job, data).forEach(duckDb::createView);
    return JobSql.withAsOfJoin(job);
  }

  private static Evidence evidence(Job job) {
    List<String> required = new ArrayList<>();
    if (!job.facts().isEmpty()) {
      required.add("ASOF_JOIN");
    }
    if (!job.windows().isEmpty()) {
      required.add("WINDOW");
    }
    return Evidence.of(required);
  }
}
