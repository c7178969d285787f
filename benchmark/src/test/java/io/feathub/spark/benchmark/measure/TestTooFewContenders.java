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
package io.feathub.spark.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import io.feathub.spark.benchmark.contender.SparkSessions;
import io.feathub.spark.benchmark.results.LeftOut;
import io.feathub.spark.benchmark.results.WorkloadResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One answer proves nothing. */
class TestTooFewContenders {
  private static SparkSessions sessions;

  private final StubLineup lineup = new StubLineup(sessions.stock());

  @BeforeAll
  static void start() {
    sessions = new SparkSessions(2, BenchmarkDirectories.WORK);
  }

  @AfterAll
  static void stop() {
    sessions.close();
  }

  @BeforeEach
  void oneWhoIsRight() {
    lineup.add("first");
  }

  @Test
  void whoIsAloneIsNotTimedAsOneAnswerProvesNothing() {
    WorkloadResult result = lineup.measure(1, "absent");
    assertThat(result.failures()).isEmpty();
    assertThat(result.leftOut())
        .containsExactly(
            new LeftOut("absent", "not on this machine"),
            new LeftOut("first", "nobody is left to compare its answer with"));
    assertThat(result.timings()).isEmpty();
    assertThat(result.answer()).isNull();
  }

  @Test
  void whoIsAloneAsOthersFailedIsAFailure() {
    lineup.addFailing(new IllegalStateException("out of luck"));
    WorkloadResult result = lineup.measure(1);
    assertThat(result.failures()).first().asString().contains("out of luck");
    assertThat(result.failures()).last().asString().contains("fewer than two");
    assertThat(result.timings()).isEmpty();
  }
}
