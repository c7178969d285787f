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
package io.feathub.spark.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.benchmark.results.Profile;
import io.feathub.spark.benchmark.results.Profile.Share;
import io.feathub.spark.testing.TestSession;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestOperatorProfile {
  private static SparkSession session;

  @BeforeAll
  static void start() {
    session = TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));
  }

  @Test
  void profilesARealQuery() throws Exception {
    AtomicReference<Dataset<Row>> ran = new AtomicReference<>();
    Profile profile =
        OperatorProfile.of(
            () -> {
              ran.set(
                  session.sql(
                      "SELECT bit_xor(xxhash64(k, t, s)) FROM (SELECT k, t, sum(v) OVER (PARTITION"
                          + " BY k ORDER BY t RANGE BETWEEN 100 PRECEDING AND CURRENT ROW) s FROM"
                          + " (SELECT id % 1000 k, id t, id * 0.25D v FROM range(0, 400000)))"));
              ran.get().collectAsList();
            },
            () ->
                CodegenStages.of(
                    ((org.apache.spark.sql.classic.Dataset<?>) ran.get())
                        .queryExecution()
                        .executedPlan()));

    assertThat(profile.samples()).isPositive();
    assertThat(profile.wallSeconds()).isPositive();
    assertThat(profile.cpuSeconds()).isPositive();
    assertThat(profile.shares().stream().mapToDouble(Share::share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(profile.shares()).extracting(Share::operator).doesNotHaveDuplicates();
    assertThat(profile.shares()).anyMatch(share -> share.operator().startsWith("FeatHub window, "));
    assertThat(ProfileText.of(profile)).contains("FeatHub window, ");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readValue(json.writeValueAsString(profile), Profile.class)).isEqualTo(profile);
  }

  @Test
  void namesTheOperatorsOfGeneratedCode() {
    Dataset<Row> query =
        session.sql("SELECT k, count(*) FROM (SELECT id % 7 k FROM range(100)) GROUP BY k");
    assertThat(query.collectAsList()).hasSize(7);

    Map<Integer, String> stages =
        CodegenStages.of(
            ((org.apache.spark.sql.classic.Dataset<?>) query).queryExecution().executedPlan());

    assertThat(stages)
        .hasSize(2)
        .containsEntry(1, "generated code 1: HashAggregate + Project + Range");
  }
}
