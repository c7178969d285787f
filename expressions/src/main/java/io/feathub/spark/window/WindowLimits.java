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

import io.feathub.spark.spill.Limits;
import org.apache.spark.sql.internal.SQLConf;

/** How much a window keeps in memory, by the thresholds of Spark's own operator. */
final class WindowLimits {
  private static final int LEAST_BLOCK = 64;

  private WindowLimits() {}

  /**
   * The limits of the running query. A threshold of few rows, by which spilling is tested, makes
   * for small blocks of which none is kept.
   */
  static Limits current() {
    SQLConf conf = SQLConf.get();
    int rows = conf.windowExecBufferSpillThreshold();
    Limits standard = Limits.standard();
    return rows < standard.blockBytes() / Long.BYTES
        ? new Limits(Math.max(LEAST_BLOCK, rows * Long.BYTES), 0)
        : standard;
  }
}
