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
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.Job.AsOfKeys;
import io.feathub.spark.benchmark.job.RangeWindow;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What jobs mean, in plain SQL. */
record PlainSql(SparkSession session, DataDirectory data) {
  /** The meaning of a job, as slow as it may be. */
  Dataset<Row> answer(Job job) {
    Dataset<Row> rows = session.read().parquet(data.of(job.events()).toString());
    for (Facts table : job.facts()) {
      rows.selectExpr("*", "monotonically_increasing_id() AS id").createOrReplaceTempView("l");
      session.read().parquet(data.of(table).toString()).createOrReplaceTempView("r");
      String key = job.keys() == AsOfKeys.ITEM ? "l.item_id = r.item_id AND " : "";
      rows =
          session
              .sql(
                  String.format(
                      "SELECT first(l) AS l, max_by(r.%s, r.ts) AS latest FROM (SELECT struct(*) AS"
                          + " l, * FROM l) l LEFT JOIN r ON %s r.ts <= l.ts GROUP BY l.id",
                      table.features().get(0), key))
              .selectExpr("l.*", "latest AS " + table.features().get(0))
              .drop("id");
    }
    String[] columns =
        Stream.concat(Arrays.stream(rows.columns()), job.windows().stream().map(w -> expression(w)))
            .toArray(String[]::new);
    return rows.selectExpr(columns);
  }

  private static String expression(RangeWindow window) {
    return String.format(
        "%s(item_count * price) OVER (PARTITION BY user_id ORDER BY ts RANGE BETWEEN INTERVAL %d"
            + " SECOND PRECEDING AND CURRENT ROW) AS %s",
        window.aggregate(), window.range().toSeconds(), window.column());
  }
}
