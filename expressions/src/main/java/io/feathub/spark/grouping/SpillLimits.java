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

import org.apache.spark.SparkConf;

/**
 * When a sorter spills though there is memory, and how it reads what it has spilled.
 *
 * @param rows in memory
 * @param bytes in memory; looked at when there has to be more
 * @param fanIn how many runs are read at a time, at least 2
 */
record SpillLimits(int rows, long bytes, int fanIn) {
  private static final String SIZE = "spark.shuffle.spill.maxSizeInBytesForSpillThreshold";
  private static final int USUAL_FAN_IN = 32;

  /** What Spark's sorters do by default, which can take the heap. */
  private static final int UNLIMITED = -1;

  /** As Spark's own sorters are configured; by default there are none of the first two. */
  static SpillLimits of(SparkConf conf) {
    int fanIn = conf.getInt("spark.unsafe.sorter.spill.merge.factor", UNLIMITED);
    return new SpillLimits(
        conf.getInt("spark.shuffle.spill.numElementsForceSpillThreshold", Integer.MAX_VALUE),
        conf.contains(SIZE) ? conf.getSizeAsBytes(SIZE) : Long.MAX_VALUE,
        fanIn == UNLIMITED ? USUAL_FAN_IN : fanIn);
  }
}
