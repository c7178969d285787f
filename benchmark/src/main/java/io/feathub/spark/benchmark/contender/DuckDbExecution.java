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

import io.feathub.spark.benchmark.results.Profile;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A query whose rows DuckDB folds or writes. */
final class DuckDbExecution implements Execution {
  private final DuckDb duckDb;
  private final String query;
  private final Path directory;
  private final String fold;
  private final long expectedRows;
  private final Evidence evidence;

  private DuckDbExecution(
      DuckDb duckDb,
      String query,
      Path directory,
      String fold,
      long expectedRows,
      Evidence evidence) {
    this.duckDb = duckDb;
    this.query = query;
    this.directory = directory;
    this.fold = fold;
    this.expectedRows = expectedRows;
    this.evidence = evidence;
  }

  /**
   * Into a checksum.
   *
   * @param hash of a row, an expression over the columns of the query
   */
  static DuckDbExecution checksum(
      DuckDb duckDb, String query, String hash, long expectedRows, Evidence evidence) {
    String fold = "SELECT sum(" + hash + " & 2147483647), count(*) FROM (" + query + ")";
    return new DuckDbExecution(duckDb, query, null, fold, expectedRows, evidence);
  }

  /** Into Parquet files. */
  static DuckDbExecution parquet(
      DuckDb duckDb, String query, Path directory, long expectedRows, Evidence evidence) {
    return new DuckDbExecution(duckDb, query, directory, null, expectedRows, evidence);
  }

  private record Folded(long hash, long rows) {}

  @Override
  public long run() {
    Folded folded =
        fold == null
            ? new Folded(0, duckDb.execute(DuckDb.copy(query, directory)))
            : duckDb.ask(
                fold,
                row -> new Folded(new BigInteger(row.getString(1)).longValue(), row.getLong(2)));
    WrongRows.unlessEqual(folded.rows(), expectedRows);
    return folded.hash();
  }

  @Override
  public List<String> operators() {
    return evidence.in(
        duckDb.ask(
            "EXPLAIN (FORMAT JSON) " + (fold == null ? query : fold),
            row -> DuckDbPlan.operators(row.getString(2))));
  }

  @Override
  public Optional<Profile> profile() {
    String sql = fold == null ? DuckDb.copy(query, directory) : fold;
    long start = System.nanoTime();
    String json =
        duckDb.ask("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, row -> row.getString("explain_value"));
    return Optional.of(DuckDbPlan.profile(json, (System.nanoTime() - start) / 1e9));
  }
}
