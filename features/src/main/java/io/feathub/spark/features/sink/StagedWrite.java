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
package io.feathub.spark.features.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write of a DataFrame to a directory that appears as a whole or not at all: Spark's own writer
 * of the format fills a {@link StagingDirectory}, whose output a {@link Publication} then renames.
 */
public final class StagedWrite {
  private static final Logger LOG = LoggerFactory.getLogger(StagedWrite.class);

  private final Configuration conf;
  private final Publication publication;

  private StagedWrite(Configuration conf, Publication publication) {
    this.conf = conf;
    this.publication = publication;
  }

  /**
   * Prepares a write.
   *
   * @param path the directory to publish, which must not exist yet unless {@code replace} is true
   */
  public static StagedWrite to(SparkSession session, String path, boolean replace) {
    Configuration conf = classic(session).sessionState().newHadoopConf();
    Path target = new Path(path);
    try {
      Publication publication = Publication.to(target, replace, conf);
      publication.requireFree();
      return new StagedWrite(conf, publication);
    } catch (IOException e) {
      throw SinkErrors.publishFailed(target, e);
    }
  }

  /**
   * Computes and publishes the rows.
   *
   * @param options of Spark's writer of the format
   */
  public void run(Dataset<Row> rows, String format, Map<String, String> options) {
    Path target = publication.target();
    String hidden = "." + target.getName() + ".feathub-" + UUID.randomUUID();
    Path old = new Path(target.getParent(), hidden + ".old");
    try {
      StagingDirectory staging = StagingDirectory.of(new Path(target.getParent(), hidden), conf);
      try {
        stagedRows(rows)
            .write()
            .format(format)
            .options(options)
            .save(staging.attempts().toString());
        publication.publish(staging.output(), old);
      } finally {
        delete(staging);
      }
    } catch (IOException e) {
      throw SinkErrors.publishFailed(target, e);
    } catch (UncheckedIOException e) {
      throw SinkErrors.publishFailed(target, e.getCause());
    }
  }

  /**
   * The same rows on a copy of their session that differs in the commit protocol only, so that the
   * user's session and its other writes stay as they are.
   */
  private static Dataset<Row> stagedRows(Dataset<Row> rows) {
    org.apache.spark.sql.classic.SparkSession session = classic(rows.sparkSession()).cloneSession();
    session
        .sessionState()
        .conf()
        .setConfString(
            "spark.sql.sources.commitProtocolClass", StagedCommitProtocol.class.getName());
    return org.apache.spark.sql.classic.Dataset.ofRows(
        session, ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed());
  }

  private static void delete(StagingDirectory staging) {
    try {
      staging.delete();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Could not delete {}, which is of no use to anyone: delete it.", staging.root(), e);
    }
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession session) {
    return (org.apache.spark.sql.classic.SparkSession) session;
  }
}
