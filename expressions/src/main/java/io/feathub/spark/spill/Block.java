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

/** A piece of a log: in memory, on disk, or both. */
final class Block {
  /** The sequence number of a block that its log has given up, though a cursor is still in it. */
  static final long GONE = -1;

  private final int words;
  private long sequence;
  private long[] cells;
  private int[] slots;
  private int pins;
  private Block older;
  private Block newer;

  Block(long[] cells) {
    this.words = cells.length;
    this.cells = cells;
  }

  /** Its place in the log. */
  long sequence() {
    return sequence;
  }

  void setSequence(long newSequence) {
    this.sequence = newSequence;
  }

  /** How many words it has. */
  int words() {
    return words;
  }

  /** Its words, or null while they are on disk only. */
  long[] cells() {
    return cells;
  }

  void setCells(long[] newCells) {
    this.cells = newCells;
  }

  /** Where the same words are on disk, or null. */
  int[] slots() {
    return slots;
  }

  void setSlots(int[] newSlots) {
    this.slots = newSlots;
  }

  /** How many hold it in memory: cursors, and the log itself if it is the last block. */
  int pins() {
    return pins;
  }

  void setPins(int newPins) {
    this.pins = newPins;
  }

  /** The neighbours among the blocks that can be spilled, or null. */
  Block older() {
    return older;
  }

  void setOlder(Block block) {
    this.older = block;
  }

  Block newer() {
    return newer;
  }

  void setNewer(Block block) {
    this.newer = block;
  }
}
