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

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** A look-up on its own. */
final class OneLookUp {
  private OneLookUp() {}

  static UnsafeRow best(AsOfIndex.Prober prober, UnsafeRow key, long time) {
    return best(prober, key, time, null);
  }

  /**
   * Finds the match of a left row.
   *
   * @param leftRow that has the time
   */
  static UnsafeRow best(AsOfIndex.Prober prober, UnsafeRow key, long time, InternalRow leftRow) {
    LookUp lookUp = prober.newLookUp();
    lookUp.start(key, time);
    prober.prepare(new LookUp[] {lookUp}, 0, 1);
    return prober.best(lookUp, leftRow);
  }
}
