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

/**
 * A queue of records of a fixed number of 64-bit words, for a frame that slides: records are
 * appended at the end, where they can be taken away again, and dropped at the front, and cursors
 * read them in between. A record keeps its position, counted from 0, for as long as it is held.
 *
 * <p>The block at the end and those with a cursor in them are in memory; the others go to disk when
 * memory is short. Appending, moving on and dropping cost a comparison, but for once per block.
 */
public final class RecordLog implements AutoCloseable {
  private final int stride;
  private final int shift;
  private final int blockWords;
  private final BlockQueue queue;
  private long first;
  private long end;

  /** The position from which on dropping gives up the first block. */
  private long dropLimit = Long.MAX_VALUE;

  private Block tail;
  private long[] tailCells;

  /** The index of the last record. */
  private int tailBase;

  /** Where the words of the last block end; 0 when there is none. */
  private int tailEnd;

  /** A log of records of so many words. It takes no memory before the first record. */
  public RecordLog(SpillSpace space, int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException("records of " + stride + " words");
    }
    this.stride = stride;
    int records = Math.max(1, space.limits().blockBytes() / Long.BYTES / stride);
    this.shift = 31 - Integer.numberOfLeadingZeros(records);
    this.blockWords = stride << shift;
    this.queue = new BlockQueue(space, blockWords);
    this.tailBase = -stride;
  }

  /** The position of the first record that is held. */
  public long first() {
    return first;
  }

  /** The position after the last record. */
  public long end() {
    return end;
  }

  /**
   * Makes room for a record at the end and returns its position. The words there are anything; the
   * caller sets all of them, at {@link #tailBase} of {@link #tailCells}.
   */
  public long append() {
    int at = tailBase + stride;
    if (at >= tailEnd) {
      addBlock();
      at = 0;
    }
    tailBase = at;
    return end++;
  }

  /** The array with the last record. */
  public long[] tailCells() {
    return tailCells;
  }

  /** Where in {@link #tailCells} the last record begins. */
  public int tailBase() {
    return tailBase;
  }

  /** Records before a position, which is at most {@link #end}, are not needed any more. */
  public void dropBefore(long position) {
    if (position > end) {
      throw outOfBounds(position);
    }
    if (position > first) {
      first = position;
      if (position >= dropLimit) {
        dropBlocks();
      }
    }
  }

  /**
   * Takes records away from the end: the next one is appended at {@code newEnd}, which is between
   * {@link #first} and {@link #end}. Cursors at or after it must be moved before they are read.
   */
  public void truncate(long newEnd) {
    long taken = end - newEnd;
    if (newEnd > first && taken >= 0 && taken * stride <= tailBase) {
      tailBase -= (int) taken * stride;
      end = newEnd;
    } else if (newEnd < end) {
      truncateBlocks(newEnd);
    } else if (newEnd > end) {
      throw outOfBounds(newEnd);
    }
  }

  /** Begins anew at position 0. Cursors must be moved before they are read. */
  public void clear() {
    first = 0;
    end = 0;
    tailBase = -stride;
    if (tail != null && (tail.sequence() != 0 || queue.end() != 1)) {
      queue.keepLast();
      setDropLimit();
    }
  }

  /** A cursor, which is of use after its first {@link Cursor#moveTo}. */
  public Cursor newCursor() {
    return new Cursor(this);
  }

  /** Releases memory and disk. */
  @Override
  public void close() {
    queue.close();
    tail = null;
    tailCells = null;
    tailEnd = 0;
  }

  private void addBlock() {
    Block added = queue.addLast();
    if (tail != null) {
      queue.unpin(tail);
    }
    setTail(added);
  }

  private void setTail(Block block) {
    tail = block;
    tailCells = block.cells();
    tailEnd = blockWords;
    setDropLimit();
  }

  /** The last block stays even if all its records are dropped. */
  private void setDropLimit() {
    boolean several = queue.end() - queue.first() > 1;
    dropLimit = several ? (queue.first() + 1) << shift : Long.MAX_VALUE;
  }

  private void dropBlocks() {
    queue.dropBefore(Math.min(first >> shift, queue.end() - 1));
    setDropLimit();
  }

  private void truncateBlocks(long newEnd) {
    if (newEnd < first) {
      throw outOfBounds(newEnd);
    }
    long last = Math.min(Math.max(newEnd - 1, first) >> shift, tail.sequence());
    if (last < tail.sequence()) {
      Block left = tail;
      Block block = queue.pinForWriting(last);
      queue.dropFrom(last + 1);
      queue.unpin(left);
      setTail(block);
    }
    end = newEnd;
    tailBase = (int) (newEnd - 1 - (last << shift)) * stride;
  }

  private IllegalArgumentException outOfBounds(long position) {
    return new IllegalArgumentException(
        String.format("position %d is not in [%d, %d]", position, first, end));
  }

  /**
   * A place in a log. The block that it is in stays in memory; one that was moved and not read yet
   * is in none. It may stand after the last record, and is read once that record is there.
   */
  public static final class Cursor {
    private final BlockQueue queue;
    private final int stride;
    private final int shift;
    private final int blockWords;
    private long position;
    private int base;
    private Block block;
    private long[] cells;

    private Cursor(RecordLog log) {
      this.queue = log.queue;
      this.stride = log.stride;
      this.shift = log.shift;
      this.blockWords = log.blockWords;
    }

    /** Moves to a position. */
    public void moveTo(long target) {
      long sequence = target >> shift;
      position = target;
      base = (int) (target - (sequence << shift)) * stride;
      if (block != null && block.sequence() != sequence) {
        leave();
      }
    }

    /** Moves on by one record. */
    public void next() {
      position++;
      base += stride;
      if (base == blockWords) {
        base = 0;
        leave();
      }
    }

    /** The position it is at. */
    public long position() {
      return position;
    }

    /** The array with its record, which must be one that the log holds. */
    public long[] cells() {
      long[] here = cells;
      return here != null ? here : enter();
    }

    /** Where in {@link #cells} its record begins. */
    public int base() {
      return base;
    }

    /** Holds no block in memory until it is read again. */
    public void leave() {
      if (block != null) {
        Block left = block;
        block = null;
        cells = null;
        queue.unpin(left);
      }
    }

    private long[] enter() {
      block = queue.pin(position >> shift);
      cells = block.cells();
      return cells;
    }
  }
}
