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
package io.feathub.spark.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.spill.RecordLogBenchmark.Frame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestRecordLogBenchmark {
  @ParameterizedTest
  @EnumSource(Frame.class)
  void everySumIsThatOfTheFrame(Frame frame) {
    RecordLogBenchmark benchmark = new RecordLogBenchmark(frame);
    benchmark.prepare();
    long expected = sums(benchmark.values(), frame.records());
    assertThat(benchmark.slide()).isEqualTo(expected);
    assertThat(benchmark.slide()).as("again").isEqualTo(expected);
    assertThat(benchmark.spilledBytes() > 0).isEqualTo(frame == Frame.SPILLED);
    benchmark.close();
  }

  private static long sums(long[] values, int records) {
    long[] before = new long[values.length + 1];
    long sums = 0;
    for (int i = 0; i < values.length; i++) {
      before[i + 1] = before[i] + values[i];
      sums += before[i + 1] - before[Math.max(0, i + 1 - records)];
    }
    return sums;
  }
}
