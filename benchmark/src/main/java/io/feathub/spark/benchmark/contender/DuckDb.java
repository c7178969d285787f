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

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB in this process, on as many threads as Spark. */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  /**
   * Starts it.
   *
   * @param memoryMegabytes what it may use; beyond that it writes to the directory
   */
  DuckDb(int threads, long memoryMegabytes, Path temporary) {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException failure) {
      throw new DuckDbFailure(failure);
    }
    execute("SET threads = " + threads);
    execute("SET memory_limit = '" + memoryMegabytes + "MB'");
    execute("SET temp_directory = " + quoted(temporary.toString()));
    execute("SET TimeZone = 'UTC'");
    // Nobody asked for an order, and without one DuckDB need not keep that of the input.
    execute("SET preserve_insertion_order = false");
    execute("SET enable_progress_bar = false");
  }

  /** What is read from the first row of an answer. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** DuckDB's own message. */
  static final class DuckDbFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    DuckDbFailure(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }

  String version() {
    return ask("SELECT version()", row -> row.getString(1));
  }

  <T> T ask(String sql, Reader<T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return reader.read(rows);
    } catch (SQLException failure) {
      throw new DuckDbFailure(failure);
    }
  }

  /** The number of rows that a statement wrote, if it did. */
  long execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return statement.getLargeUpdateCount();
    } catch (SQLException failure) {
      throw new DuckDbFailure(failure);
    }
  }

  void createView(String view, Path directory) {
    execute("CREATE OR REPLACE VIEW " + view + " AS SELECT * FROM " + files(directory));
  }

  static String files(Path directory) {
    return "read_parquet(" + quoted(directory + "/*.parquet") + ")";
  }

  static String copy(String query, Path directory) {
    return String.format(
        "COPY (%s) TO %s (FORMAT parquet, COMPRESSION snappy, PER_THREAD_OUTPUT true, OVERWRITE"
            + " true)",
        query, quoted(directory.toString()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new DuckDbFailure(failure);
    }
  }
}
