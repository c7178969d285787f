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

import io.feathub.spark.FeathubSparkExtensions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Sessions over one Spark application of this JVM, so that all contenders have the same memory and
 * the same threads. A session of stock Spark knows nothing of FeatHub.
 */
public final class SparkSessions implements AutoCloseable {
  private final int cores;
  private final Path workDirectory;
  private final SparkSession first;

  public SparkSessions(int cores, Path workDirectory) {
    this.cores = cores;
    this.workDirectory = workDirectory;
    this.first = stock(Map.of());
    first.sparkContext().setLogLevel("ERROR");
  }

  /** A session of Spark as it comes, with a few keys set. */
  public SparkSession stock(Map<String, String> conf) {
    return create(builder(), conf);
  }

  /** The session that was there first, of Spark as it comes. */
  public SparkSession stock() {
    return first;
  }

  SparkSession feathub(Map<String, String> conf) {
    return create(builder().withExtensions(new FeathubSparkExtensions()), conf);
  }

  String version() {
    return first.version();
  }

  @Override
  public void close() {
    first.stop();
  }

  private SparkSession.Builder builder() {
    return SparkSession.builder()
        .master("local[" + cores + "]")
        .appName("feathub-benchmark")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.local.dir", workDirectory.resolve("local").toString())
        .config("spark.sql.warehouse.dir", workDirectory.resolve("warehouse").toString())
        .config("spark.sql.session.timeZone", "UTC")
        // With all contenders in one application the usual 100 are not enough: each would find its
        // code thrown away for the others', and compile it again in every round.
        .config("spark.sql.codegen.cache.maxEntries", "2000")
        .config("spark.sql.shuffle.partitions", Integer.toString(4 * cores))
        // Without it Spark forgets the order of sorted tables when it reads them.
        .config("spark.sql.legacy.bucketedTableScan.outputOrdering", "true")
        // Spark's own default is the 96 bit format of old, which costs every contender on Spark a
        // quarter more.
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
  }

  private static SparkSession create(SparkSession.Builder builder, Map<String, String> conf) {
    SparkSession session = builder.create();
    conf.forEach(session.conf()::set);
    return session;
  }
}
