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
package io.feathub.spark.benchmark.measure;

import io.feathub.spark.benchmark.contender.Contender;
import io.feathub.spark.benchmark.contender.Execution;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.JobFiles;
import io.feathub.spark.benchmark.results.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Does jobs of one version per key, with a condition of its own and a fault where one is set. By
 * its name one is shy and declines, fickle and never folds twice alike, a liar whose checksum is
 * not that of its answer, or a forger that writes another answer when it is timed.
 */
final class StubContender implements Contender {
  private final String name;
  private final SparkSession session;
  private final DataDirectory data;
  private final String match;
  private final Runnable beforeRun;
  private final Runnable evidence;
  private int runs;

  StubContender(
      String name,
      SparkSession session,
      DataDirectory data,
      String match,
      Runnable beforeRun,
      Runnable evidence) {
    this.name = name;
    this.session = session;
    this.data = data;
    this.match = match;
    this.beforeRun = beforeRun;
    this.evidence = evidence;
  }

  int runs() {
    return runs;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public Optional<String> declines(Job job) {
    return name.startsWith("shy") ? Optional.of("too shy") : Optional.empty();
  }

  @Override
  public Execution checksum(Job job) {
    return execution(() -> {});
  }

  @Override
  public OptionalLong fold(Job job, Path answer) {
    if (name.equals("liar")) {
      return OptionalLong.of(7);
    }
    return name.equals("forger")
        ? OptionalLong.of(
            session
                .read()
                .parquet(answer.toString())
                .selectExpr("sum(hash(*))")
                .collectAsList()
                .get(0)
                .getLong(0))
        : OptionalLong.empty();
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    boolean forges = name.equals("forger") && directory.getParent().endsWith("timed");
    return execution(
        () -> {
          JobFiles.of(job, data)
              .forEach(
                  (view, path) ->
                      session.read().parquet(path.toString()).createOrReplaceTempView(view));
          session
              .sql(
                  String.format(
                      "SELECT e.*, %sf.price AS price FROM events e LEFT JOIN facts_1 f"
                          + " ON e.item_id = f.item_id AND %s",
                      forges ? "1 + " : "", match))
              .write()
              .mode(SaveMode.Overwrite)
              .parquet(directory.toString());
        });
  }

  private Execution execution(Runnable work) {
    return new Execution() {
      @Override
      public long run() {
        runs++;
        beforeRun.run();
        work.run();
        return name.startsWith("fickle") ? runs : 0;
      }

      @Override
      public List<String> operators() {
        evidence.run();
        return List.of("Stub");
      }
    };
  }
}
