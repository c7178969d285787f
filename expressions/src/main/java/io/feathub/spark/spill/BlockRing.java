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

/** Blocks by their numbers, which are consecutive; a ring that grows. */
final class BlockRing {
  private Block[] blocks = new Block[4];
  private long first;
  private long end;

  /** The number of the first block; equal to {@link #end} when there is none. */
  long first() {
    return first;
  }

  /** The number that the next block gets. */
  long end() {
    return end;
  }

  /** The block of a number from {@link #first} on and before {@link #end}. */
  Block get(long number) {
    return blocks[index(number)];
  }

  /** Adds a block, which gets the next number. */
  void addLast(Block block) {
    if (end - first == blocks.length) {
      grow();
    }
    block.setSequence(end);
    blocks[index(end++)] = block;
  }

  Block removeFirst() {
    return take(first++);
  }

  Block removeLast() {
    return take(--end);
  }

  /** Begins at 0 again, when there is no block. */
  void reset() {
    first = 0;
    end = 0;
  }

  private Block take(long number) {
    Block block = blocks[index(number)];
    blocks[index(number)] = null;
    return block;
  }

  private int index(long number) {
    return (int) number & (blocks.length - 1);
  }

  private void grow() {
    Block[] larger = new Block[2 * blocks.length];
    for (long number = first; number < end; number++) {
      larger[(int) number & (larger.length - 1)] = blocks[index(number)];
    }
    blocks = larger;
  }
}
