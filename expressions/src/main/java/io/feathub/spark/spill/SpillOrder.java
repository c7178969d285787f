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

/** The blocks of a log that can be spilled, in the order in which they were let go. */
final class SpillOrder {
  /**
   * So many of the last ones are spared if there are others: a log from whose end records are taken
   * away comes back to them at once, and so does a cursor that stays close behind another.
   */
  private static final int SPARED = 2;

  private Block newest;

  void add(Block block) {
    block.setOlder(newest);
    block.setNewer(null);
    if (newest != null) {
      newest.setNewer(block);
    }
    newest = block;
  }

  /** Takes out a block that is in it. */
  void remove(Block block) {
    if (block.older() != null) {
      block.older().setNewer(block.newer());
    }
    if (block.newer() == null) {
      newest = block.older();
    } else {
      block.newer().setOlder(block.older());
    }
    block.setOlder(null);
    block.setNewer(null);
  }

  /**
   * The block to spill first, or null. Logs are read forwards, so what was let go last is needed
   * last; with what was let go first every block of a frame would go to disk and back as soon as
   * the frame is a little larger than memory.
   */
  Block next() {
    Block block = newest;
    for (int i = 0; i < SPARED && block != null && block.older() != null; i++) {
      block = block.older();
    }
    return block;
  }
}
