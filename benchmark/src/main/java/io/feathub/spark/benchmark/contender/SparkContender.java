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
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.classic.SparkSession;

/** A way to do a job in a Spark session of its own. */
final class SparkContender implements Contender {
  private final String name;
  private final Role role;
  private final SparkSession session;
  private final DataDirectory data;
  private final Way way;

  private SparkContender(
      String name, Role role, SparkSession session, DataDirectory data, Way way) {
    this.name = name;
    this.role = role;
    this.session = session;
    this.data = data;
    this.way = way;
  }

  static List<SparkContender> all(SparkSessions spark, DataDirectory data) {
    return List.of(
        feathub(Contenders.FEATHUB_BROADCAST, FeathubWay.BROADCAST, spark, data),
        feathub(Contenders.FEATHUB_SHUFFLED, FeathubWay.SHUFFLED, spark, data),
        stock(Contenders.SPARK_UNION, StockWay.UNION, spark, data),
        stock(Contenders.SPARK_SEGMENT_TREE, StockWay.SEGMENT_TREE, spark, data),
        stock(Contenders.SPARK_ROW_NUMBER, StockWay.ROW_NUMBER, spark, data),
        stock(Contenders.SPARK_AS_OF_JOIN, StockWay.AS_OF_JOIN, spark, data));
  }

  private static SparkContender feathub(
      String name, FeathubWay way, SparkSessions spark, DataDirectory data) {
    return new SparkContender(name, Role.OURS, spark.feathub(way.conf()), data, way);
  }

  private static SparkContender stock(
      String name, StockWay way, SparkSessions spark, DataDirectory data) {
    return new SparkContender(name, Role.PEER, spark.stock(way.conf()), data, way);
  }

  /** What contenders on Spark differ in. */
  interface Way {
    Optional<String> declines(Job job);

    /** The answer, not yet computed; the session has a view of each table of the job. */
    Dataset<Row> answer(SparkSession session, Job job);

    Evidence evidence(Job job);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Role role() {
    return role;
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

  private Execution execution(Job job, ToLongFunction<Dataset<Row>> sink) {
    JobFiles.of(job, data).forEach((view, path) -> createView(session, view, path));
    return new SparkExecution(session, () -> way.answer(session, job), sink, way.evidence(job));
  }

  static void createView(SparkSession session, String view, Path path) {
    session.read().parquet(path.toString()).createOrReplaceTempView(view);
  }

  static long write(Dataset<Row> rows, Path directory) {
    rows.write().mode(SaveMode.Overwrite).parquet(directory.toString());
    return 0;
  }

  /** Folds every column of every row, and counts the rows. */
  static long checksum(Dataset<Row> rows, List<String> columns, long expectedRows) {
    Row folded =
        rows.selectExpr("bit_xor(xxhash64(" + String.join(", ", columns) + "))", "count(*)")
            .collectAsList()
            .get(0);
    WrongRows.unlessEqual(folded.getLong(1), expectedRows);
    return folded.getLong(0);
  }
}
