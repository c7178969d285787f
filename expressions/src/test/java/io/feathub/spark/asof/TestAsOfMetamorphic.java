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

import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What must become of an as-of join's rows when its input changes in a known way. Needs no oracle:
 * it compares joins with joins, each of them in another form and under other settings.
 */
class TestAsOfMetamorphic {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
  }

  @ParameterizedTest
  @FieldSource("io.feathub.spark.asof.AsOfRelation#ALL")
  void holds(AsOfRelation relation) {
    assertThat(check(relation, 12, 12)).isGreaterThanOrEqualTo(100);
  }

  @ParameterizedTest
  @FieldSource("io.feathub.spark.asof.AsOfRelation#ALL")
  @Tag("slow")
  void holdsInManyMoreCases(AsOfRelation relation) {
    assertThat(check(relation, 60, 120)).isGreaterThanOrEqualTo(5000);
  }

  /** Gives the number of cases. */
  private static int check(AsOfRelation relation, int batches, int batchSize) {
    System.out.println("feathub.test.seed=" + SEED);
    Random random = new Random(SEED);
    AsOfRuns runs = new AsOfRuns(spark, List.of(AsOfRuns.Form.values()), random);
    int cases = 0;
    for (int batch = 0; batch < batches; batch++) {
      cases += relation.check(batch, batchSize, runs, random);
    }
    assertThat(runs.found()).as("rows that came out").isGreaterThan(cases);
    return cases;
  }
}
