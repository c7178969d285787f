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
package io.feathub.spark.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.features.ViewWindowOracle.Event;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import io.feathub.spark.window.StreamingWindowExec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.window.WindowExecBase;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Random windows of views, against what they mean in the simplest way. */
class TestRandomViewWindows {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());

  private static Dataset<Row> features(RandomView view, Random random) {
    Dataset<Row> rows = SESSION.createDataFrame(view.rows(), StructType.fromDDL(RandomView.SCHEMA));
    DerivedFeatureView.Builder definition =
        DerivedFeatureView.builder("view")
            .source(
                DataFrameSource.builder("source", rows.repartition(1 + random.nextInt(3)))
                    .timestampField("t")
                    .build())
            .keepSourceFields(random.nextBoolean());
    view.features().forEach(definition::feature);
    definition.feature(Feature.of("row", "id"));
    return FeathubClient.create(SESSION).getFeatures(definition.build());
  }

  private static void check(RandomView view, Dataset<Row> result, String where) {
    List<Row> rows = new ArrayList<>(result.collectAsList());
    rows.sort(Comparator.comparing(row -> row.<Long>getAs("row")));
    assertThat(rows).as(where).hasSameSizeAs(view.events());
    for (int i = 0; i < rows.size(); i++) {
      Event event = view.events().get(i);
      for (Feature feature : view.features()) {
        assertThat(Rows.value(rows.get(i), rows.get(i).fieldIndex(feature.name())))
            .as("%s%s%nfeature %s of %s", where, view, feature.name(), event.values())
            .isEqualTo(event.get(feature.name()));
      }
    }
  }

  @Test
  void windowsOfOneGroupRunInOnePassAndMeanWhatTheyShould() {
    for (int i = 0; i < 10; i++) {
      Random random = new Random(SEED + i);
      RandomView view = RandomView.of(random, 20 + random.nextInt(120));
      if (random.nextBoolean()) {
        view.replaceField();
      }
      for (int window = 0; window < 8; window++) {
        view.addWindow("w" + window);
      }
      String where = "seed " + SEED + ", view " + i;
      Dataset<Row> result = features(view, random);

      check(view, result, where);
      ExecutedPlan plan = ExecutedPlan.of(result);
      assertThat(plan.operators(WindowExecBase.class)).as(where).isEmpty();
      assertThat(plan.operators(StreamingWindowExec.class))
          .as(where + view + plan)
          .hasSameSizeAs(view.groups());
      assertThat(plan.meetsItsRequirements()).as(where).isTrue();
    }
  }

  @Test
  void windowsOverWindowsMeanWhatTheyShould() {
    for (int i = 0; i < 4; i++) {
      Random random = new Random(SEED - 1 - i);
      RandomView view = RandomView.of(random, 20 + random.nextInt(80));
      view.addCount("rows");
      view.addWindow("w1");
      view.replaceField();
      view.addWindowOver("w2", "rows");
      view.addWindow("w3");
      view.addCount("more_rows");
      view.addWindowOver("w4", "more_rows");
      String where = "seed " + SEED + ", view " + i;
      Dataset<Row> result = features(view, random);

      check(view, result, where);
      assertThat(ExecutedPlan.of(result).operators(WindowExecBase.class)).as(where).isEmpty();
    }
  }
}
