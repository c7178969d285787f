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

import io.feathub.spark.benchmark.data.Events;
import io.feathub.spark.benchmark.data.Facts;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Small tables with many equal times.
 *
 * @param directory below which they are written, where a data directory looks for generated ones
 */
record TiedTables(SparkSession session, Path directory) {
  static final Events EVENTS = Events.purchases(2_000, 5, 7);
  static final Facts FACTS = Facts.prices(7, 12);

  /** Of their rows one is not in the files. */
  static final Events LACKING =
      new Events(
          2_001,
          EVENTS.users(),
          EVENTS.items(),
          EVENTS.skew(),
          true,
          EVENTS.values(),
          EVENTS.clock(),
          EVENTS.layout());

  private static final String PRICE = ", IF(id % 3 = 0, NULL, id % 40 * 0.25D) AS price";

  void write() {
    writeTied(EVENTS, EVENTS.rows(), "");
    writeTied(EVENTS.withPrice(), EVENTS.rows(), PRICE);
    writeTied(LACKING, LACKING.rows() - 1, PRICE);
    writeTiedFacts(FACTS);
    writeTiedFacts(FACTS.withNumber(2));
  }

  /** Events at 80 times ten seconds apart, the edges of windows among them. */
  private void writeTied(Events events, long rows, String price) {
    write(
        events.directory(),
        rows,
        "concat('user_', id % 5) AS user_id",
        "concat('item_', id % 7) AS item_id",
        "CAST(1 + id % 4 AS INT) AS item_count",
        "timestamp_seconds(1640995200 + pmod(xxhash64(id), 80) * 10) AS ts" + price);
  }

  /** The first facts come after the first events, and at times of events. */
  private void writeTiedFacts(Facts facts) {
    write(
        facts.directory(),
        facts.rows(),
        "concat('item_', id % 7) AS item_id",
        "timestamp_seconds(1640995300 + (id div 7) * 60) AS ts",
        "pmod(xxhash64(id), 400) * 0.25D AS " + facts.features().get(0));
  }

  private void write(String name, long rows, String... columns) {
    session.range(0, rows, 1, 3).createOrReplaceTempView("numbers");
    session
        .sql("SELECT " + String.join(", ", columns) + " FROM numbers")
        .write()
        .parquet(directory.resolve(name).toString());
  }
}
