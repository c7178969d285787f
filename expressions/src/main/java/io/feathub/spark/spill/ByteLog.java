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

import org.apache.spark.unsafe.Platform;

/**
 * A queue of values of variable length, for the values of the records of a {@link RecordLog}, which
 * have their handles. Handles grow from value to value, but not by one. A value is in one piece, at
 * an address that is a multiple of eight, after a word with its length; its last word is filled up
 * with zeros. One that is larger than a block gets a block of its size.
 *
 * <p>The block at the end and those with a reader in them are in memory; the others go to disk when
 * memory is short.
 */
public final class ByteLog implements AutoCloseable {
  private final int shift;
  private final int blockWords;
  private final BlockQueue queue;

  /** The block to which values are appended, or null if the next one begins a new block. */
  private Block tail;

  /** How many words of it are used. */
  private int tailUsed;

  /** An empty log. It takes no memory before the first value. */
  public ByteLog(SpillSpace space) {
    int words = Math.max(1, space.limits().blockBytes() / Long.BYTES);
    this.shift = 31 - Integer.numberOfLeadingZeros(words);
    this.blockWords = 1 << shift;
    this.queue = new BlockQueue(space, blockWords);
  }

  /**
   * Copies a value to the end and returns its handle.
   *
   * @param base the object with the value, or null for an address outside of the heap
   * @param offset where it begins, as for {@link Platform}
   * @param length its length in bytes
   */
  public long append(Object base, long offset, int length) {
    int words = 1 + (int) ((length + 7L) >> 3);
    if (tail == null || words > blockWords - tailUsed) {
      addBlock(words);
    }
    int at = tailUsed;
    long[] cells = tail.cells();
    cells[at] = length;
    cells[at + words - 1] = words == 1 ? length : 0;
    Platform.copyMemory(base, offset, cells, address(at + 1), length);
    tailUsed = at + words;
    return (tail.sequence() << shift) + at;
  }

  /** A handle larger than that of any value so far, and not larger than that of the next. */
  public long end() {
    if (tail == null || tailUsed > blockWords) {
      return queue.end() << shift;
    }
    return (tail.sequence() << shift) + tailUsed;
  }

  /** Values before a handle are not needed any more. */
  public void dropBefore(long handle) {
    long sequence = handle >> shift;
    if (sequence > queue.first()) {
      queue.dropBefore(Math.min(sequence, tail == null ? queue.end() : queue.end() - 1));
    }
  }

  /**
   * Takes the value of a handle and those after it away. Readers in them must be moved before they
   * are read.
   */
  public void truncate(long handle) {
    long sequence = handle >> shift;
    int at = (int) (handle - (sequence << shift));
    if (sequence < queue.first()) {
      throw new IllegalArgumentException("handle " + handle + " was dropped");
    }
    if (tail != null && sequence == tail.sequence()) {
      tailUsed = Math.min(tailUsed, at);
    } else if (sequence < queue.end()) {
      truncateBlocks(sequence, at);
    }
  }

  /** Begins anew at handle 0. Readers must be moved before they are read. */
  public void clear() {
    tailUsed = 0;
    boolean reusable = tail != null && tail.words() == blockWords;
    if (reusable && (tail.sequence() != 0 || queue.end() != 1)) {
      queue.keepLast();
    } else if (!reusable) {
      seal();
      queue.clear();
    }
  }

  /** A reader, which is of use after its first {@link Reader#moveTo}. */
  public Reader newReader() {
    return new Reader(this);
  }

  /** Releases memory and disk. */
  @Override
  public void close() {
    queue.close();
    tail = null;
  }

  private void addBlock(int words) {
    Block added = queue.addLast(Math.max(words, blockWords));
    seal();
    tail = added;
    tailUsed = 0;
  }

  private void seal() {
    if (tail != null) {
      queue.unpin(tail);
      tail = null;
    }
  }

  private void truncateBlocks(long sequence, int at) {
    seal();
    queue.dropFrom(at == 0 ? sequence : sequence + 1);
    if (at > 0) {
      tail = queue.pinForWriting(sequence);
      tailUsed = at;
    }
  }

  private static long address(int word) {
    return Platform.LONG_ARRAY_OFFSET + ((long) word << 3);
  }

  /** Reads values. The block that it is in stays in memory. */
  public static final class Reader {
    private final BlockQueue queue;
    private final int shift;
    private Block block;
    private int at;

    private Reader(ByteLog log) {
      this.queue = log.queue;
      this.shift = log.shift;
    }

    /** Moves to the value of a handle, which must be one that the log holds. */
    public void moveTo(long handle) {
      long sequence = handle >> shift;
      if (block == null || block.sequence() != sequence) {
        leave();
        block = queue.pin(sequence);
      }
      at = (int) (handle - (sequence << shift));
    }

    /** The array with the value; it is valid until the reader moves. */
    public Object base() {
      return block.cells();
    }

    /** Where it begins, as for {@link Platform}. */
    public long offset() {
      return address(at + 1);
    }

    /** Its length in bytes. */
    public int length() {
      return (int) block.cells()[at];
    }

    /** Holds no block in memory until it is moved again. */
    public void leave() {
      if (block != null) {
        Block left = block;
        block = null;
        queue.unpin(left);
      }
    }
  }
}
