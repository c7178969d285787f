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
package io.feathub.spark.benchmark.workload;

import static io.feathub.spark.benchmark.contender.Contenders.DUCKDB;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_AS_OF_JOIN;
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_AS_OF_JOIN;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_ROW_NUMBER;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;

import java.time.Duration;
import java.util.List;

/** As-of joins alone, in shapes that are hard for one or another. */
final class AsOfWorkloads {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Spark's own node with FeatHub and without it, among the other ways. */
  private static final List<String> WITH_AS_OF_JOIN =
      List.of(
          FEATHUB,
          FEATHUB_AS_OF_JOIN,
          SPARK_UNION,
          SPARK_ROW_NUMBER,
          SPARK_AS_OF_JOIN,
          DUCKDB,
          POLARS);

  private final Jobs jobs;

  AsOfWorkloads(double scale) {
    this.jobs = new Jobs(scale);
  }

  List<Workload> all() {
    return all(10_000);
  }

  /**
   * The same with another number of rows in some.
   *
   * @param square events, and as many facts, where all pairs are formed by somebody
   */
  List<Workload> all(long square) {
    long many = jobs.scaled(1_000_000);
    long rows = jobs.scaled(square);
    return List.of(
        Workload.of(
            "asof-one-key",
            "as many facts as events, one item",
            jobs.square(many, 1),
            MainWorkloads.WITH_FORMS,
            PATIENCE),
        Workload.of(
            "asof-no-key",
            "as many facts as events, by time alone",
            jobs.withoutKey(many, (int) many),
            MainWorkloads.WITH_FORMS,
            PATIENCE),
        Workload.of(
            "asof-square-100",
            "as many facts as events, 100 items",
            jobs.square(rows, 100),
            WITH_AS_OF_JOIN,
            PATIENCE),
        Workload.of(
            "asof-square-10",
            "as many facts as events, 10 items",
            jobs.square(rows, 10),
            WITH_AS_OF_JOIN,
            PATIENCE),
        Workload.of(
            "asof-square-no-key",
            "as many facts as events, no key",
            jobs.withoutKey(rows, (int) rows),
            WITH_AS_OF_JOIN,
            PATIENCE));
  }
}
