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
package io.feathub.spark.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TestSpillLimits {
  @Test
  void byDefaultNothingSpillsWithoutNeed() {
    assertThat(SpillLimits.of(new SparkConf(false)))
        .isEqualTo(new SpillLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 32));
  }

  @Test
  void theyAreThoseOfSparksSorters() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.shuffle.spill.numElementsForceSpillThreshold", "7")
            .set("spark.shuffle.spill.maxSizeInBytesForSpillThreshold", "3k")
            .set("spark.unsafe.sorter.spill.merge.factor", "2");
    assertThat(SpillLimits.of(conf)).isEqualTo(new SpillLimits(7, 3072, 2));
  }
}
