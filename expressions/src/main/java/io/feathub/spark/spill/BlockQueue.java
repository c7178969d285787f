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

import java.util.Arrays;

/**
 * The blocks of one log, numbered upwards. Blocks that nobody holds ("pins") are written to disk
 * when memory is short and read back when they are pinned again; what is on disk stays there until
 * the block goes or changes, so spilling it again costs nothing.
 *
 * <p>It takes its memory in blocks and keeps a few that are free, so a log that slides allocates
 * nothing. Every method takes the lock of the space, as another operator that needs memory may make
 * the space spill; none is for the inner loop.
 */
final class BlockQueue {
  private static final int SPARES = 2;

  /** The header of an array, in bytes. */
  private static final long HEADER = 16;

  private final SpillSpace space;
  private final int words;
  private final BlockRing ring = new BlockRing();
  private final SpillOrder order = new SpillOrder();
  private final Block[] spares = new Block[SPARES];
  private int spareCount;
  private long residentBytes;
  private boolean closed;

  /** A queue whose blocks have so many words, unless a larger one is asked for. */
  BlockQueue(SpillSpace space, int words) {
    this.space = space;
    this.words = words;
    space.add(this);
  }

  /** The number of the first block; equal to {@link #end} when there is none. */
  long first() {
    return ring.first();
  }

  /** The number that the next block gets. */
  long end() {
    return ring.end();
  }

  /** What the blocks take in memory. */
  long residentBytes() {
    return residentBytes;
  }

  /** Adds a block of the usual size at the end, pinned once. */
  Block addLast() {
    return addLast(words);
  }

  /** Adds a block of a size of its own at the end, pinned once. */
  Block addLast(int blockWords) {
    space.lock();
    try {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      boolean reuses = blockWords == words && spareCount > 0;
      Block block = reuses ? takeSpare() : new Block(room(blockWords));
      block.setPins(1);
      ring.addLast(block);
      return block;
    } finally {
      space.unlock();
    }
  }

  /** The block of a number, in memory until it is unpinned as often as it was pinned. */
  Block pin(long sequence) {
    if (sequence < first() || sequence >= end()) {
      throw new IllegalStateException(
          String.format("block %d is not among [%d, %d)", sequence, first(), end()));
    }
    space.lock();
    try {
      Block block = ring.get(sequence);
      if (block.cells() == null) {
        load(block);
      } else if (block.pins() == 0) {
        order.remove(block);
      }
      block.setPins(block.pins() + 1);
      return block;
    } finally {
      space.unlock();
    }
  }

  /** Pins a block whose words are going to change, so that what is on disk is void. */
  Block pinForWriting(long sequence) {
    Block block = pin(sequence);
    space.lock();
    try {
      freeSlots(block);
      return block;
    } finally {
      space.unlock();
    }
  }

  void unpin(Block block) {
    space.lock();
    try {
      block.setPins(block.pins() - 1);
      if (block.pins() == 0 && !closed) {
        if (block.sequence() == Block.GONE) {
          recycle(block);
        } else {
          order.add(block);
        }
      }
    } finally {
      space.unlock();
    }
  }

  /** Gives up the blocks before a number. */
  void dropBefore(long sequence) {
    space.lock();
    try {
      while (first() < sequence) {
        giveUp(ring.removeFirst());
      }
    } finally {
      space.unlock();
    }
  }

  /** Gives up the blocks from a number on. */
  void dropFrom(long sequence) {
    space.lock();
    try {
      while (end() > sequence) {
        giveUp(ring.removeLast());
      }
    } finally {
      space.unlock();
    }
  }

  /** Gives up all blocks but the last, which gets the number 0. There must be one. */
  void keepLast() {
    space.lock();
    try {
      dropBefore(end() - 1);
      Block block = ring.removeLast();
      freeSlots(block);
      ring.reset();
      ring.addLast(block);
    } finally {
      space.unlock();
    }
  }

  /** Gives up all blocks; the next one gets the number 0. */
  void clear() {
    space.lock();
    try {
      dropBefore(end());
      ring.reset();
    } finally {
      space.unlock();
    }
  }

  /** Releases memory and disk. Whatever is still pinned is not accounted for any more. */
  void close() {
    space.lock();
    try {
      closed = true;
      clear();
      Arrays.fill(spares, null);
      spareCount = 0;
      space.memory().release(residentBytes);
      residentBytes = 0;
      space.remove(this);
    } finally {
      space.unlock();
    }
  }

  /** Releases at least so many bytes, or as many as it can. The caller has the lock. */
  long spill(long bytes) {
    long before = residentBytes;
    while (spareCount > 0 && before - residentBytes < bytes) {
      release(takeSpare().words());
    }
    while (before - residentBytes < bytes && order.next() != null) {
      release(evict().length);
    }
    return before - residentBytes;
  }

  /** An array that is accounted for. */
  private long[] room(int blockWords) {
    if (blockWords == words && spareCount > 0) {
      return takeSpare().cells();
    }
    long bytes = bytes(blockWords);
    long most = space.limits().residentBytes() - bytes;
    while ((residentBytes > most && order.next() != null) || !space.memory().tryReserve(bytes)) {
      if (order.next() != null) {
        long[] cells = evict();
        if (cells.length == blockWords) {
          return cells;
        }
        release(cells.length);
      } else if (space.spillOthers(bytes, this) == 0) {
        throw SpillErrors.outOfMemory(bytes, space.heldBytes());
      }
    }
    residentBytes += bytes;
    return new long[blockWords];
  }

  /** Takes the words away from a block, which are on disk then. */
  private long[] evict() {
    Block block = order.next();
    if (block.slots() == null) {
      block.setSlots(space.write(block));
    }
    order.remove(block);
    long[] cells = block.cells();
    block.setCells(null);
    return cells;
  }

  private void load(Block block) {
    long[] cells = room(block.words());
    try {
      space.file().read(block.slots(), cells, block.words());
    } catch (RuntimeException e) {
      release(cells.length);
      throw e;
    }
    block.setCells(cells);
  }

  private void giveUp(Block block) {
    freeSlots(block);
    if (block.pins() > 0) {
      block.setSequence(Block.GONE);
    } else {
      if (block.cells() != null) {
        order.remove(block);
      }
      recycle(block);
    }
  }

  /** Takes back the memory of a block that is given up and not held. */
  private void recycle(Block block) {
    if (block.cells() != null) {
      if (block.words() == words && spareCount < SPARES) {
        spares[spareCount++] = block;
      } else {
        release(block.words());
      }
    }
  }

  private Block takeSpare() {
    Block spare = spares[--spareCount];
    spares[spareCount] = null;
    return spare;
  }

  private void freeSlots(Block block) {
    if (block.slots() != null) {
      space.file().free(block.slots());
      block.setSlots(null);
    }
  }

  private void release(int blockWords) {
    residentBytes -= bytes(blockWords);
    space.memory().release(bytes(blockWords));
  }

  private static long bytes(int blockWords) {
    return HEADER + (long) blockWords * Long.BYTES;
  }
}
