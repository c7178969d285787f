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

import io.feathub.spark.benchmark.heap.WrongResult;

/** A run gave more or fewer rows than there are. */
final class WrongRows extends RuntimeException implements WrongResult {
  private static final long serialVersionUID = 1;

  private WrongRows(long rows, long expected) {
    super("It has " + rows + " rows, not " + expected);
  }

  static void unlessEqual(long rows, long expected) {
    if (rows != expected) {
      throw new WrongRows(rows, expected);
    }
  }
}
