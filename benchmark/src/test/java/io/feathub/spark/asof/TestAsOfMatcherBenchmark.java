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

import io.feathub.spark.asof.AsOfMatcherBenchmark.ProbeOrder;
import org.junit.jupiter.api.Test;

class TestAsOfMatcherBenchmark {
  @Test
  void findsWhatALinearScanFinds() {
    for (String shape : new String[] {"5x1", "7x3", "3x40"}) {
      for (ProbeOrder order : ProbeOrder.values()) {
        AsOfMatcherBenchmark benchmark = new AsOfMatcherBenchmark(shape, order);
        benchmark.prepare();
        assertThat(benchmark.find()).as(shape + " " + order).isEqualTo(scan(benchmark));
      }
    }
  }

  private static long scan(AsOfMatcherBenchmark benchmark) {
    VersionedKeys right = benchmark.right();
    int[] keys = benchmark.keyNumbers();
    long[] times = benchmark.times();
    long sum = 0;
    int unmatched = 0;
    for (int i = 0; i < keys.length; i++) {
      long value = 0;
      for (int version = 0; version < right.versions(); version++) {
        if (right.time(keys[i], version) <= times[i]) {
          value = right.value(keys[i], version);
        }
      }
      sum += value;
      unmatched += value == 0 ? 1 : 0;
    }
    assertThat(unmatched).as("left rows without a match").isBetween(1, keys.length - 1);
    return sum;
  }
}
