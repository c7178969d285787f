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
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_BROADCAST;
import static io.feathub.spark.benchmark.contender.Contenders.FEATHUB_SHUFFLED;
import static io.feathub.spark.benchmark.contender.Contenders.POLARS;
import static io.feathub.spark.benchmark.contender.Contenders.SPARK_UNION;

import java.util.List;
import java.util.Locale;

/** How little memory is enough. */
final class HeapWorkloads {
  /**
   * In MB. Spark does not start below 450: it keeps 300 for itself and wants half as much again.
   */
  private static final List<Integer> LADDER =
      List.of(192, 256, 320, 384, 450, 512, 640, 768, 1024, 1536, 2048, 3072, 4096);

  private static final int ONE_KEY_MEGABYTES = 512;
  private static final List<Integer> UP_TO_ONE_KEY =
      LADDER.stream().filter(size -> size <= ONE_KEY_MEGABYTES).toList();

  private final Jobs jobs;

  HeapWorkloads(double scale) {
    this.jobs = new Jobs(scale);
  }

  List<HeapWorkload> all() {
    return List.of(
        new HeapWorkload(
            "heap-main",
            "the smallest heap for main",
            jobs.main(),
            List.of(FEATHUB_BROADCAST, FEATHUB_SHUFFLED, SPARK_UNION),
            SPARK_UNION,
            LADDER),
        new HeapWorkload(
            "heap-one-key",
            String.format(
                Locale.ROOT,
                "%,d purchases of one user and one item in a heap of %d MB",
                jobs.oneKey().events().rows(),
                ONE_KEY_MEGABYTES),
            jobs.oneKey(),
            List.of(FEATHUB_BROADCAST, FEATHUB_SHUFFLED),
            POLARS,
            List.of(ONE_KEY_MEGABYTES)),
        new HeapWorkload(
            "window-one-key-50m",
            String.format(
                Locale.ROOT,
                "SUM and MAX over frames of %,d of %,d purchases of one user in a heap of %d MB",
                jobs.largeFrames().events().rows() / Jobs.LARGE_FRAME_SHARE,
                jobs.largeFrames().events().rows(),
                ONE_KEY_MEGABYTES),
            jobs.largeFrames(),
            List.of(FEATHUB),
            DUCKDB,
            List.of(ONE_KEY_MEGABYTES)),
        new HeapWorkload(
            "asof-heap",
            String.format(
                Locale.ROOT,
                "the smallest heap for the as-of join of %,d purchases and as many prices of one"
                    + " item",
                jobs.oneKeyOnBothSides().events().rows()),
            jobs.oneKeyOnBothSides(),
            List.of(FEATHUB, FEATHUB_SHUFFLED),
            DUCKDB,
            UP_TO_ONE_KEY));
  }
}
