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
package io.feathub.spark.grouping;

import java.util.Arrays;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.memory.MemoryBlock;

/**
 * Rows in memory, divided into buckets by the upper bits of a hash, in the order of insertion.
 *
 * <p>A bucket is a chain of chunks, which are cut from pages and begin small, so that many buckets
 * with few rows take little. A chunk is the pointer to the next one, the offset where its rows end,
 * and rows: [hash, length][bytes].
 *
 * <p>A pointer to a row is Spark's: page number and offset. Its lowest bits are free for flags.
 */
final class RowStore {
  static final int BUCKETS = 256;

  /** The hash and the length before the bytes of a row. */
  static final int ROW_HEADER = 8;

  static final long NONE = -1;

  private static final int BUCKET_SHIFT = Integer.SIZE - 8;
  private static final long FLAGS = 7;
  private static final int CHUNK_HEADER = 16;
  private static final int END = 8;
  private static final long LEAST_CHUNK = 1 << 10;
  private static final long GREATEST_CHUNK = 32 << 10;

  /** Rows up to so many bytes are copied word by word; calling a stub costs more. */
  private static final int SHORT_ROW = 160;

  private final TaskMemoryManager manager;
  private final RowPages pages;
  private final Object[] bases = new Object[BUCKETS];
  private final long[] cursors = new long[BUCKETS];
  private final long[] limits = new long[BUCKETS];
  private final long[] heads = new long[BUCKETS];
  private final long[] tails = new long[BUCKETS];
  private final long[] bytes = new long[BUCKETS];
  private final int[] counts = new int[BUCKETS];
  private long size;

  RowStore(SorterMemory memory, TaskMemoryManager manager) {
    this.manager = manager;
    this.pages = new RowPages(memory, manager.pageSizeBytes());
    Arrays.fill(heads, NONE);
  }

  static int bucketOf(int hash) {
    return hash >>> BUCKET_SHIFT;
  }

  /** How many rows there are. */
  long size() {
    return size;
  }

  /** How many rows of a bucket there are. */
  int count(int bucket) {
    return counts[bucket];
  }

  boolean hasRoom(int bucket, int length) {
    return limits[bucket] - cursors[bucket] >= (long) length + ROW_HEADER;
  }

  boolean isFullOfPages() {
    return pages.isFull();
  }

  /** Takes memory for a row. The owner of the memory may be asked to spill, and so clear this. */
  void makeRoom(int bucket, int length) {
    long needed = (long) length + ROW_HEADER + CHUNK_HEADER;
    long wanted = Math.min(GREATEST_CHUNK, Math.max(LEAST_CHUNK, bytes[bucket]));
    pages.cut(Math.max(wanted, needed), needed);
    MemoryBlock page = pages.cutFrom();
    long offset = pages.cutOffset();
    long chunk = manager.encodePageNumberAndOffset(page, offset);
    Object base = page.getBaseObject();
    Platform.putLong(base, offset, NONE);
    if (heads[bucket] == NONE) {
      heads[bucket] = chunk;
    } else {
      close(bucket);
      Platform.putLong(
          manager.getPage(tails[bucket]), manager.getOffsetInPage(tails[bucket]), chunk);
    }
    tails[bucket] = chunk;
    bases[bucket] = base;
    cursors[bucket] = offset + CHUNK_HEADER;
    limits[bucket] = pages.cutEnd();
    bytes[bucket] += limits[bucket] - offset;
  }

  /** Copies a row for which there is room. */
  void append(int hash, UnsafeRow row) {
    int bucket = hash >>> BUCKET_SHIFT;
    Object base = bases[bucket];
    long at = cursors[bucket];
    int length = row.getSizeInBytes();
    Platform.putInt(base, at, hash);
    Platform.putInt(base, at + Integer.BYTES, length);
    copy(row.getBaseObject(), row.getBaseOffset(), base, at + ROW_HEADER, length);
    cursors[bucket] = at + ROW_HEADER + length;
    counts[bucket]++;
    size++;
  }

  private static void copy(Object from, long fromOffset, Object to, long toOffset, int length) {
    if (length > SHORT_ROW) {
      Platform.copyMemory(from, fromOffset, to, toOffset, length);
      return;
    }
    for (int i = 0; i < length; i += Long.BYTES) {
      Platform.putLong(to, toOffset + i, Platform.getLong(from, fromOffset + i));
    }
  }

  /** Lets a row point at what a pointer points at. */
  void read(long pointer, UnsafeRow row) {
    long address = pointer & ~FLAGS;
    Object page = manager.getPage(address);
    long offset = manager.getOffsetInPage(address);
    row.pointTo(page, offset + ROW_HEADER, Platform.getInt(page, offset + Integer.BYTES));
  }

  int hash(long pointer) {
    long address = pointer & ~FLAGS;
    return Platform.getInt(manager.getPage(address), manager.getOffsetInPage(address));
  }

  /** Forgets the rows of a bucket that has been read. */
  void release(int bucket) {
    long chunk = heads[bucket];
    while (chunk != NONE) {
      long next = Platform.getLong(manager.getPage(chunk), manager.getOffsetInPage(chunk));
      pages.release(TaskMemoryManager.decodePageNumber(chunk));
      chunk = next;
    }
    forget(bucket);
  }

  /**
   * Forgets all rows.
   *
   * @param kept a row whose memory is kept until the next call of this or {@link #freeKept}, or
   *     {@link #NONE}
   */
  void clear(long kept) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      forget(bucket);
    }
    pages.clear(kept == NONE ? RowPages.NO_PAGE : TaskMemoryManager.decodePageNumber(kept));
  }

  /** Frees what the last {@link #clear} has kept. */
  void freeKept() {
    pages.freeKept();
  }

  private void forget(int bucket) {
    size -= counts[bucket];
    counts[bucket] = 0;
    heads[bucket] = NONE;
    bases[bucket] = null;
    cursors[bucket] = 0;
    limits[bucket] = 0;
    bytes[bucket] = 0;
  }

  /** Notes where the rows of the last chunk end. */
  private void close(int bucket) {
    Platform.putLong(bases[bucket], manager.getOffsetInPage(tails[bucket]) + END, cursors[bucket]);
  }

  /** Goes through a bucket's rows in the order of insertion, chunk by chunk. */
  Scan scan(int bucket) {
    if (heads[bucket] != NONE) {
      close(bucket);
    }
    return new Scan(heads[bucket]);
  }

  /** A place in a bucket. */
  final class Scan {
    private long chunk;
    private Object page;
    private long offset;
    private long end;

    /** What to add to an offset to get a pointer. */
    private long toPointer;

    private Scan(long chunk) {
      moveTo(chunk);
    }

    boolean atChunk() {
      return chunk != NONE;
    }

    Object page() {
      return page;
    }

    /** Of the next row. */
    long offset() {
      return offset;
    }

    long end() {
      return end;
    }

    long toPointer() {
      return toPointer;
    }

    /** Goes on later with another row of this chunk. */
    void resumeAt(long rowOffset) {
      offset = rowOffset;
    }

    void nextChunk() {
      moveTo(Platform.getLong(page, manager.getOffsetInPage(chunk)));
    }

    private void moveTo(long next) {
      chunk = next;
      if (next != NONE) {
        page = manager.getPage(next);
        long start = manager.getOffsetInPage(next);
        end = Platform.getLong(page, start + END);
        offset = start + CHUNK_HEADER;
        toPointer = next - start;
      }
    }
  }
}
