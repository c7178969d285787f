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
package io.feathub.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.junit.jupiter.api.Test;

class TestFeathubErrors {
  private static final Map<String, String> PARAMETERS =
      Map.of("built", "4.2", "running", "4.1.2", "minor", "4.1");

  @Test
  void invalidRequestsAreAnalysisExceptionsWithConditionStateAndFix() {
    assertThatThrownBy(
            () -> {
              throw FeathubErrors.invalid("FEATHUB_SPARK_VERSION", PARAMETERS);
            })
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("[FEATHUB_SPARK_VERSION] This build of FeatHub is for Spark 4.2")
        .hasMessageContaining("feathub-spark-4.1_2.13")
        .hasMessageEndingWith("SQLSTATE: 0A000")
        .satisfies(
            thrown -> {
              SparkThrowable error = (SparkThrowable) thrown;
              assertThat(error.getCondition()).isEqualTo("FEATHUB_SPARK_VERSION");
              assertThat(error.getSqlState()).isEqualTo("0A000");
              assertThat(error.getMessageParameters()).isEqualTo(PARAMETERS);
            });
  }

  @Test
  void failuresAreFoundBelowWhatSparkWrapsAroundThem() {
    FeathubException failure = FeathubErrors.failure("FEATHUB_SPARK_VERSION", PARAMETERS);
    Throwable wrapped = new IllegalStateException(new RuntimeException("job aborted", failure));

    assertThat(FeathubErrors.find(wrapped)).containsSame(failure);
    assertThat(FeathubErrors.find(new RuntimeException("other"))).isEmpty();
  }

  @Test
  void aMissingOrUnknownParameterIsABugOfOurs() {
    assertThatThrownBy(() -> FeathubErrors.failure("FEATHUB_SPARK_VERSION", Map.of("built", "4.2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[built, minor, running]");
  }
}
