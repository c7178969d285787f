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
package io.feathub.spark.asof;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.asof.AsOfRuns.Form;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.SpillAtOnce;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SortExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Random as-of joins against the naive oracle while sorters, buffers and shuffles go to disk with
 * every row.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfSpill {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final int CASES_PER_BATCH = 10;

  private SparkSession spark;
  private SpillAtOnce spill;

  @BeforeAll
  void spillAtOnce() {
    spark = TestSession.with(AsOfExtension::install);
    spill = new SpillAtOnce(spark);
  }

  @AfterAll
  void restore() {
    spill.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BROADCAST")
  void givesTheSameRows(Form form) throws Exception {
    Random random = new Random(seed());
    AsOfRuns runs = new AsOfRuns(spark, List.of(form), random);
    for (int number = 0; number < 12; number++) {
      RandomBatch batch = batch(number, runs, random);
      spill.spilledBytes();

      batch.assertSame(batch.join(), batch.expected());
      assertThat(spill.spilledBytes()).as(batch.toString()).isPositive();
      spillingOperators(runs.executed())
          .forEach(
              operator ->
                  assertThat(operator.longMetric("spillSize").value())
                      .as(batch.toString())
                      .isPositive());
    }
  }

  /** The sorts of the key-ordered form, and those inside the merged one. */
  private static Stream<SparkPlan> spillingOperators(ExecutedPlan plan) {
    return plan.operators(SparkPlan.class).stream()
        .filter(node -> node instanceof SortExec || node.nodeName().equals("MergedAsOfJoin"));
  }

  @Test
  void givesTheSameRowsThroughSparksOwnOperators() {
    Random random = new Random(seed());
    AsOfRuns runs = new AsOfRuns(spark, List.of(Form.HASHED), random);
    for (int number = 0; number < 6; number++) {
      RandomBatch batch = batch(number, runs, random);
      batch.assertSame(
          runs.joinThroughSpark(batch.scenario(), batch.left(), batch.right()), batch.expected());
    }
  }

  private static long seed() {
    System.out.println("feathub.test.seed=" + SEED);
    return SEED;
  }

  private RandomBatch batch(int number, AsOfRuns runs, Random random) {
    AsOfScenario scenario = AsOfScenario.draw(number, random);
    spark.conf().set("spark.sql.sort.enableRadixSort", random.nextBoolean());
    return new RandomBatch(
        runs,
        scenario,
        scenario.rows(CASES_PER_BATCH, random),
        scenario.rows(CASES_PER_BATCH, random),
        random);
  }
}
