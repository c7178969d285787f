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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.benchmark.BenchmarkDirectories;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TestFeathubWay {
  private static final String THRESHOLD = "spark.sql.feathub.asOf.broadcastThreshold";

  @Test
  void asItComesNothingIsSet() {
    try (SparkSessions sessions = new SparkSessions(2, BenchmarkDirectories.WORK)) {
      assertThat(isSet(FeathubWay.DEFAULT.session(sessions))).isFalse();
      assertThat(isSet(FeathubWay.BROADCAST.session(sessions))).isTrue();
      assertThat(isSet(FeathubWay.SHUFFLED.session(sessions))).isTrue();
    }
  }

  private static boolean isSet(SparkSession session) {
    return session.conf().getAll().contains(THRESHOLD);
  }
}
