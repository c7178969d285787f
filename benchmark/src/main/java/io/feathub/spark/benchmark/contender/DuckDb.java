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
import io.feathub.spark.benchmark.profile.DuckDbProfile;
import io.feathub.spark.benchmark.results.Profile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DuckDB in this process, on as many threads as Spark. */
final class DuckDb implements Contender, AutoCloseable {
  private final Connection connection;
  private final DataDirectory data;

  DuckDb(int threads, DataDirectory data) {
    this.data = data;
    try {
      this.connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException failure) {
      throw new IllegalStateException("DuckDB does not start", failure);
    }
    execute("SET threads = " + threads);
    execute("SET TimeZone = 'UTC'");
    // Nobody asked for an order, and without one DuckDB need not keep that of the input.
    execute("SET preserve_insertion_order = false");
    execute("SET enable_progress_bar = false");
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public Optional<String> declines(Job job) {
    return Optional.empty();
  }

  @Override
  public Execution checksum(Job job) {
    JobFiles.of(job, data).forEach(this::createView);
    String query = JobSql.withAsOfJoin(job);
    return new Query(
        "SELECT bit_xor(hash("
            + String.join(", ", job.columns())
            + ")), count(*) FROM ("
            + query
            + ")",
        job.events().rows(),
        query,
        evidence(job));
  }

  @Override
  public Execution parquet(Job job, Path directory) {
    JobFiles.of(job, data).forEach(this::createView);
    String query = JobSql.withAsOfJoin(job);
    return new Query(copy(query, directory), job.events().rows(), query, evidence(job));
  }

  /** The input and output that DuckDB cannot do without, as {@link SparkFloor} for Spark. */
  Contender floor(Path answer) {
    return new Floor(answer);
  }

  String version() {
    try {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException failure) {
      throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
    }
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

  private static String copy(String query, Path directory) {
    return "COPY ("
        + query
        + ") TO '"
        + directory
        + "' (FORMAT parquet, COMPRESSION snappy, PER_THREAD_OUTPUT true, OVERWRITE true)";
  }

  private void createView(String view, Path directory) {
    execute("CREATE OR REPLACE VIEW " + view + " AS SELECT * FROM " + files(directory));
  }

  private static String files(Path directory) {
    return "read_parquet('" + directory + "/*.parquet')";
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException("DuckDB does not stop", failure);
    }
  }

  /** A SELECT of a fold of all rows and of their number, or a COPY, which counts them itself. */
  private final class Query implements Execution {
    private final String sql;
    private final long expectedRows;
    private final String explained;
    private final Evidence evidence;

    Query(String sql, long expectedRows, String explained, Evidence evidence) {
      this.sql = sql;
      this.expectedRows = expectedRows;
      this.explained = explained;
      this.evidence = evidence;
    }

    @Override
    public long run() {
      long rows;
      long fold = 0;
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          try (ResultSet result = statement.getResultSet()) {
            result.next();
            fold = new BigInteger(result.getString(1)).longValue();
            rows = result.getLong(2);
          }
        } else {
          rows = statement.getLargeUpdateCount();
        }
      } catch (SQLException failure) {
        throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
      }
      if (rows != expectedRows) {
        throw new IllegalStateException(
            "The answer has " + rows + " rows for " + expectedRows + " events");
      }
      return fold;
    }

    @Override
    public Optional<Profile> profile() {
      try {
        return Optional.of(DuckDbProfile.of(connection, sql));
      } catch (SQLException failure) {
        throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
      }
    }

    @Override
    public List<String> operators() {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("EXPLAIN (FORMAT JSON) " + explained)) {
        result.next();
        return evidence.in(DuckDbPlan.operators(result.getString(2)));
      } catch (SQLException failure) {
        throw new IllegalStateException("DuckDB: " + failure.getMessage(), failure);
      }
    }
  }

  private final class Floor implements Contender {
    private final Path answer;

    Floor(Path answer) {
      this.answer = answer;
    }

    @Override
    public String name() {
      return "floor: duckdb";
    }

    @Override
    public Role role() {
      return Role.FLOOR;
    }

    @Override
    public Optional<String> declines(Job job) {
      return Optional.empty();
    }

    @Override
    public Execution checksum(Job job) {
      JobFiles.of(job, data).forEach(DuckDb.this::createView);
      List<String> hashes = new ArrayList<>();
      hashes.add(hashes(job.events().columns(), JobFiles.EVENTS));
      job.facts()
          .forEach(
              table ->
                  hashes.add(
                      hashes(List.of("item_id", "ts", table.column()), JobFiles.name(table))));
      String query = String.join(" UNION ALL ", hashes);
      return new Query(
          "SELECT bit_xor(h), count(*) FROM (" + query + ")",
          job.rowsOfAllTables(),
          query,
          Evidence.of(List.of()));
    }

    @Override
    public Execution parquet(Job job, Path directory) {
      String query = "SELECT * FROM " + files(answer);
      return new Query(copy(query, directory), job.events().rows(), query, Evidence.of(List.of()));
    }

    private static String hashes(List<String> columns, String view) {
      return "SELECT hash(" + String.join(", ", columns) + ") AS h FROM " + view;
    }
  }
}
