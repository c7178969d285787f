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

import io.feathub.spark.asof.TieOrderBenchmark.Difference;
import org.junit.jupiter.api.Test;

class TestTieOrderBenchmark {
  @Test
  void findsTheDifferenceThatWasMade() {
    for (int columns : new int[] {1, 2, 3, 64}) {
      for (Difference difference : Difference.values()) {
        TieOrderBenchmark benchmark = new TieOrderBenchmark(columns, difference);
        benchmark.prepare();
        assertThat(benchmark.compare())
            .as(columns + " " + difference)
            .isEqualTo(benchmark.expected());
        assertThat(benchmark.expected() == 0).isEqualTo(difference == Difference.NOWHERE);
      }
    }
  }
}
