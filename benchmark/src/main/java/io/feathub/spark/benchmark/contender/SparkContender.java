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
import io.feathub.spark.benchmark.results.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.classic.SparkSession;

/** A way to do a job in a Spark session of its own. */
final class SparkContender implements Contender {
  private final SparkWay way;
  private final SparkSession session;
  private final DataDirectory data;

  private SparkContender(SparkWay way, SparkSession session, DataDirectory data) {
    this.way = way;
    this.session = session;
    this.data = data;
  }

  static List<SparkContender> all(SparkSessions sessions, DataDirectory data) {
    List<SparkWay> ways = new ArrayList<>(List.of(FeathubWay.values()));
    ways.addAll(List.of(StockWay.values()));
    return ways.stream().map(way -> new SparkContender(way, way.session(sessions), data)).toList();
  }

  @Override
  public String name() {
    return way.label();
  }

  @Override
  public Role role() {
    return way.role();
  }

  @Override
  public Optional<String> declines(Job job) {
    return way.declines(job);
  }

  @Override
  public Execution checksum(Job job) {
    return execution(job, answer -> checksum(answer, job.columns(), job.events().rows()));
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    return execution(job, answer -> write(answer, directory));
  }

  @Override
  public OptionalLong fold(Job job, Path answer) {
    Dataset<Row> rows = session.read().parquet(answer.toString());
    return OptionalLong.of(checksum(rows, job.columns(), job.events().rows()));
  }

  private Execution execution(Job job, ToLongFunction<Dataset<Row>> sink) {
    SparkTables tables = SparkTables.of(job, session, data);
    return new SparkExecution(
        session,
        () -> {
          tables.createViews();
          return way.answer(session, job);
        },
        sink,
        way.evidence(job));
  }

  static long write(Dataset<Row> rows, Path directory) {
    rows.write().mode(SaveMode.Overwrite).parquet(directory.toString());
    return 0;
  }

  /** Folds every column of every row, and counts the rows. */
  static long checksum(Dataset<Row> rows, List<String> columns, long expectedRows) {
    String hash = "xxhash64(" + String.join(", ", columns) + ")";
    // A sum of half of each hash: equal rows do not cancel, and it cannot overflow.
    Row folded =
        rows.selectExpr("sum(" + hash + " & 2147483647)", "count(*)").collectAsList().get(0);
    WrongRows.unlessEqual(folded.getLong(1), expectedRows);
    return folded.getLong(0);
  }
}
