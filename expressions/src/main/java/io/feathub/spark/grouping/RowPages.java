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
import org.apache.spark.unsafe.memory.MemoryBlock;

/**
 * Pages that chunks are cut from. A page is freed with its last chunk.
 *
 * <p>Pages begin small and grow with what there is, as a task can have 8192 of them at most.
 */
final class RowPages {
  static final int NO_PAGE = -1;

  private static final int MOST_PAGES = 4096;
  private static final long LEAST_PAGE = 64 << 10;
  private static final long USUAL_PAGE = 4 << 20;

  /** An array of so many bytes and its header fit in a power of two, as G1 likes it. */
  private static final long ARRAY_HEADER = 16;

  private static final long WORD_MASK = ~7L;

  private final SorterMemory memory;
  private final long pageSize;

  /** By page number; those that are ours are not null. */
  private MemoryBlock[] pages = new MemoryBlock[16];

  private int[] chunks = new int[16];
  private int pageCount;
  private long allocated;
  private MemoryBlock current;
  private long currentOffset;
  private MemoryBlock kept;
  private MemoryBlock cutFrom;
  private long cutOffset;
  private long cutEnd;

  /**
   * @param pageSize of Spark's own sorters in this task, in bytes
   */
  RowPages(SorterMemory memory, long pageSize) {
    this.memory = memory;
    this.pageSize = pageSize;
  }

  /** Whether it is time to give pages back, however much memory there is. */
  boolean isFull() {
    return pageCount >= MOST_PAGES;
  }

  /**
   * Cuts a chunk off. May ask for memory, and so be cleared before.
   *
   * @param needed what the chunk has at least; all sizes are in bytes and multiples of 8
   */
  void cut(long wanted, long needed) {
    if (current == null || end(current) - currentOffset < needed) {
      MemoryBlock page = memory.page(nextPageSize(), needed);
      add(page);
      if (current != null
          && end(page) - needed - page.getBaseOffset() < end(current) - currentOffset) {
        // A page for a long row: there is more room left in the one before.
        setCut(page, page.getBaseOffset(), end(page));
        return;
      }
      current = page;
      currentOffset = page.getBaseOffset();
    }
    long cutTo = Math.min(currentOffset + wanted, end(current));
    setCut(current, currentOffset, cutTo);
    currentOffset = cutTo;
  }

  /** The page of the last chunk. */
  MemoryBlock cutFrom() {
    return cutFrom;
  }

  /** Where the last chunk begins. */
  long cutOffset() {
    return cutOffset;
  }

  /** Where the last chunk ends. */
  long cutEnd() {
    return cutEnd;
  }

  /** A chunk of this page is not needed any more. */
  void release(int number) {
    chunks[number]--;
    if (chunks[number] == 0) {
      if (pages[number] == current) {
        current = null;
      }
      free(number);
    }
  }

  /** Frees all pages but one. */
  void clear(int keptNumber) {
    if (kept != null && kept.pageNumber != keptNumber) {
      freeKept();
    }
    current = null;
    for (int number = 0; number < pages.length; number++) {
      if (pages[number] != null && number == keptNumber) {
        kept = pages[number];
        forget(number);
      } else if (pages[number] != null) {
        free(number);
      }
    }
  }

  /** Frees the page that the last {@link #clear} has kept. */
  void freeKept() {
    if (kept != null) {
      memory.free(kept);
      kept = null;
    }
  }

  private void setCut(MemoryBlock page, long from, long to) {
    chunks[page.pageNumber]++;
    cutFrom = page;
    cutOffset = from;
    cutEnd = to;
  }

  private void add(MemoryBlock page) {
    int number = page.pageNumber;
    if (number >= pages.length) {
      int length = Math.max(number + 1, 2 * pages.length);
      pages = Arrays.copyOf(pages, length);
      chunks = Arrays.copyOf(chunks, length);
    }
    pages[number] = page;
    chunks[number] = 0;
    pageCount++;
    allocated += page.size();
  }

  private void free(int number) {
    MemoryBlock page = pages[number];
    forget(number);
    memory.free(page);
  }

  private void forget(int number) {
    allocated -= pages[number].size();
    pages[number] = null;
    pageCount--;
  }

  /** A sixteenth of what there is, and enough that there are never too many pages. */
  private long nextPageSize() {
    long most = Math.min(pageSize, Math.max(USUAL_PAGE, allocated / (MOST_PAGES / 8)));
    long size = Math.min(most, Math.max(LEAST_PAGE, allocated / 16));
    return Long.highestOneBit(size) - ARRAY_HEADER;
  }

  private static long end(MemoryBlock page) {
    return page.getBaseOffset() + (page.size() & WORD_MASK);
  }
}
