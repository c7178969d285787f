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
package io.feathub.spark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.window.ExtremeValuesBenchmark.Course;
import org.junit.jupiter.api.Test;

class TestExtremeValuesBenchmark {
  @Test
  void everyMaximumIsThatOfAScanOfTheFrame() {
    for (Course course : Course.values()) {
      for (int frame : new int[] {1, 3, 100}) {
        ExtremeValuesBenchmark benchmark = new ExtremeValuesBenchmark(course, frame);
        benchmark.prepare();
        assertThat(benchmark.slide())
            .as(course + " " + frame)
            .isEqualTo(scan(benchmark.values(), frame));
        benchmark.close();
      }
    }
  }

  private static long scan(double[] values, int frame) {
    long sum = 0;
    for (int end = 0; end < values.length; end++) {
      double maximum = values[end];
      for (int i = Math.max(0, end - frame + 1); i < end; i++) {
        maximum = Math.max(maximum, values[i]);
      }
      sum += Double.doubleToRawLongBits(maximum);
    }
    return sum;
  }
}
