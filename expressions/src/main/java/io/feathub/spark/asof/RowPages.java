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
package io.feathub.spark.asof;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Rows one after another in pages of bytes, each found again by its address. Rows stay where they
 * are, so a row can be read without a copy.
 */
final class RowPages implements Serializable {
  /**
   * With the array's own header a page of a whole mebibyte would just miss the regions of the
   * garbage collector, and take twice its size of the heap.
   */
  private static final int PAGE_BYTES = (1 << 20) - 64;

  /** Pages double until then, so that few rows take little. */
  private static final int FIRST_PAGE_BYTES = 1 << 12;

  /** The size in bytes stands before each row, in a whole word so that rows stay aligned. */
  private static final int SIZE_BYTES = 8;

  /**
   * Addresses are multiples of a word, and pages, but for those of one large row, of a mebibyte.
   */
  private static final int OFFSET_BITS = 17;

  private static final int MOST_PAGES = 1 << 20;

  private final int headerBytes;

  private final ArrayList<byte[]> pages = new ArrayList<>();
  private int used;
  private long allocated;

  /** Of rows alone. */
  RowPages() {
    this(0);
  }

  /**
   * Of rows with a note each.
   *
   * @param noteBytes the size of a note, a multiple of 8
   */
  RowPages(int noteBytes) {
    this.headerBytes = SIZE_BYTES + noteBytes;
  }

  /**
   * Copies a row; its address is that of the page in the upper and the offset in the lower half.
   */
  long append(UnsafeRow row, MemoryBudget budget) {
    int size = row.getSizeInBytes();
    int needed = Math.addExact(size, headerBytes);
    if (pages.isEmpty() || needed > current().length - used) {
      long usual = Math.min(PAGE_BYTES, Math.max(FIRST_PAGE_BYTES, allocated));
      int pageBytes = Math.max((int) usual, needed);
      if (pages.size() == MOST_PAGES) {
        throw AsOfErrors.outOfMemory(pageBytes);
      }
      budget.reserve(pageBytes);
      allocated += pageBytes;
      pages.add(new byte[pageBytes]);
      used = 0;
    }
    byte[] page = current();
    long address = ((long) (pages.size() - 1) << 32) | used;
    Platform.putInt(page, (long) Platform.BYTE_ARRAY_OFFSET + used, size);
    row.writeToMemory(page, (long) Platform.BYTE_ARRAY_OFFSET + used + headerBytes);
    used += needed;
    return address;
  }

  /** Lets a row point at what is stored at an address; nothing is copied. */
  void read(long address, UnsafeRow row) {
    byte[] page = pages.get((int) (address >>> 32));
    long offset = (long) Platform.BYTE_ARRAY_OFFSET + (int) address;
    row.pointTo(page, offset + headerBytes, Platform.getInt(page, offset));
  }

  /** The page of an address. */
  Object page(long address) {
    return pages.get((int) (address >>> 32));
  }

  /** Where in its page the note of a row begins. */
  long noteOffset(long address) {
    return (long) Platform.BYTE_ARRAY_OFFSET + (int) address + SIZE_BYTES;
  }

  /** An address in 37 bits. */
  static long packed(long address) {
    return ((address >>> 32) << OFFSET_BITS) | ((int) address >>> 3);
  }

  static long unpacked(long packed) {
    return ((packed >>> OFFSET_BITS) << 32) | ((packed & ((1 << OFFSET_BITS) - 1)) << 3);
  }

  /** Gives back what the last page has not used, if it can; nothing is appended any more. */
  void trim(MemoryBudget budget) {
    if (pages.isEmpty() || !budget.tryReserve(used)) {
      return;
    }
    byte[] last = current();
    pages.set(pages.size() - 1, Arrays.copyOf(last, used));
    budget.release(last.length);
    allocated -= last.length - used;
  }

  /** Gives back the pages before that of an address; what they hold cannot be read any more. */
  void releaseBefore(long address, MemoryBudget budget) {
    for (int page = (int) (address >>> 32) - 1; page >= 0 && pages.get(page) != null; page--) {
      budget.release(pages.get(page).length);
      allocated -= pages.get(page).length;
      pages.set(page, null);
    }
  }

  /** Forgets everything; its memory is for the caller to give back. */
  void clear() {
    pages.clear();
    allocated = 0;
    used = 0;
  }

  long allocatedBytes() {
    return allocated;
  }

  private byte[] current() {
    return pages.get(pages.size() - 1);
  }
}
