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

import io.feathub.spark.spill.SpillMemory;
import io.feathub.spark.window.aggregate.FrameMemory;

/** The memory of distinct values, which cannot go to disk. */
record CountsMemory(SpillMemory memory) implements FrameMemory {
  @Override
  public void reserve(long bytes) {
    if (!memory.tryReserve(bytes)) {
      throw WindowErrors.outOfMemory(bytes);
    }
  }

  @Override
  public void release(long bytes) {
    memory.release(bytes);
  }
}
