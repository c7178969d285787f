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
package io.feathub.spark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.testing.SpillAtOnce;
import io.feathub.spark.testing.TestSession;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random windows against the naive oracle, bit by bit, and the oracle against Spark's own
 * operators, with segment trees or without. Cases are batched: one Spark job runs many, told apart
 * by a case number that is part of the key.
 */
class TestWindowDifferential {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final int BATCHES_PER_SPILLING_ONE = 6;

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
  }

  @Test
  void agreesWithTheOracleAndWithSpark() {
    assertThat(run(11)).isGreaterThanOrEqualTo(2000);
  }

  @Test
  @Tag("slow")
  void agreesInManyMoreCases() {
    assertThat(run(100)).isGreaterThanOrEqualTo(20_000);
  }

  /** The number of cases that were tried. */
  private static int run(int batches) {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    int cases = 0;
    for (int number = 0; number < batches; number++) {
      RandomSetting setting = RandomSetting.next(number, random);
      RandomBatch batch = new RandomBatch(spark, setting, random);
      boolean spills = number % BATCHES_PER_SPILLING_ONE == 0;
      TestSession.withConf(
          spark,
          setting.conf(),
          () -> {
            if (spills) {
              checkSpilling(batch);
            } else {
              batch.checkStreaming();
            }
            batch.checkSpark();
          });
      cases += batch.size();
    }
    return cases;
  }

  /** Spark's own window keeps a megabyte for each spilled row, so that it is left out. */
  private static void checkSpilling(RandomBatch batch) {
    try (SpillAtOnce spill = new SpillAtOnce(spark)) {
      batch.checkStreaming();
      assertThat(spill.spilledBytes()).isPositive();
    } catch (TimeoutException late) {
      throw new AssertionError("Spark does not say what was spilled.", late);
    }
  }
}
