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
import io.feathub.spark.benchmark.results.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that can take part on this machine, started once and stopped together. */
public final class Contenders implements Lineup, AutoCloseable {
  public static final String FEATHUB = Names.FEATHUB;
  public static final String FEATHUB_BROADCAST = "feathub broadcast";
  public static final String FEATHUB_SHUFFLED = "feathub shuffled";
  public static final String FEATHUB_AS_OF_JOIN = "feathub AsOfJoin";
  public static final String SPARK_UNION = "spark union";
  public static final String SPARK_SEGMENT_TREE = "spark segment tree";
  public static final String SPARK_ROW_NUMBER = "spark row_number";
  public static final String SPARK_AS_OF_JOIN = "spark AsOfJoin";
  public static final String DUCKDB = "duckdb";
  public static final String SPARK_FLOOR = "floor: spark";
  public static final String DUCKDB_FLOOR = "floor: duckdb";
  public static final String POLARS = "polars";
  public static final String PANDAS = "pandas";
  public static final String TEMPO = "tempo";

  private static final Duration PYTHON_LIMIT = Duration.ofMinutes(10);

  private final SparkSessions spark;
  private final DataDirectory data;
  private final DuckDb duckDb;
  private final PythonContenders python;
  private final Map<String, Contender> byName = new LinkedHashMap<>();

  /**
   * Starts Spark in this JVM, and DuckDB.
   *
   * @param module the directory of the benchmark module
   * @param logs a directory for what processes of contenders print
   * @param workDirectory for temporary files
   */
  public Contenders(int cores, Path module, Path logs, Path workDirectory) {
    spark = new SparkSessions(cores, workDirectory);
    data = new DataDirectory(spark.stock(), module.resolve("target/data"));
    duckDb = new DuckDb(cores, heapMegabytes(), workDirectory.resolve("duckdb"));
    SparkContender.all(spark, data).forEach(this::add);
    add(new DuckDbContender(duckDb, data));
    python =
        PythonContenders.open(
            data,
            new PythonContenders.Setup(
                module.resolve("target/venv"),
                module.resolve("python/worker.py"),
                logs.resolve("python"),
                workDirectory.resolve("python"),
                cores,
                heapMegabytes() + "m",
                PYTHON_LIMIT));
    python.all().forEach(this::add);
  }

  @Override
  public Optional<String> absence(String name) {
    return byName.containsKey(name) ? Optional.empty() : python.unavailable();
  }

  @Override
  public Contender named(String name) {
    Contender contender = byName.get(name);
    if (contender == null) {
      throw new IllegalArgumentException(name + " is none of " + byName.keySet());
    }
    return contender;
  }

  @Override
  public List<Contender> floors(Path answer) {
    List<Contender> floors = new ArrayList<>();
    floors.add(new SparkFloor(spark.stock(), data, answer));
    floors.add(new DuckDbFloor(duckDb, data, answer));
    return floors;
  }

  /** Versions of the engines, by name. */
  public Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Spark", spark.version());
    versions.put("DuckDB", duckDb.version());
    versions.putAll(python.versions());
    return versions;
  }

  /** What this JVM has, every engine that can be limited gets. */
  private static long heapMegabytes() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }

  public SparkSessions spark() {
    return spark;
  }

  public DataDirectory data() {
    return data;
  }

  @Override
  public void close() {
    // Each is closed even if one of the others cannot be.
    try (spark;
        duckDb;
        python) {
      byName.clear();
    }
  }

  private void add(Contender contender) {
    byName.put(contender.name(), contender);
  }
}
