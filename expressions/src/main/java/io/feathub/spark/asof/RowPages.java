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

  /** The size in bytes stands before each row, in a whole word so that rows stay aligned. */
  private static final int HEADER_BYTES = 8;

  private final ArrayList<byte[]> pages = new ArrayList<>();
  private int used;
  private long allocated;

  /**
   * Copies a row; its address is that of the page in the upper and the offset in the lower half.
   */
  long append(UnsafeRow row, MemoryBudget budget) {
    int size = row.getSizeInBytes();
    int needed = Math.addExact(size, HEADER_BYTES);
    if (pages.isEmpty() || needed > current().length - used) {
      int pageBytes = Math.max(PAGE_BYTES, needed);
      budget.reserve(pageBytes);
      allocated += pageBytes;
      pages.add(new byte[pageBytes]);
      used = 0;
    }
    byte[] page = current();
    long address = ((long) (pages.size() - 1) << 32) | used;
    Platform.putInt(page, (long) Platform.BYTE_ARRAY_OFFSET + used, size);
    row.writeToMemory(page, (long) Platform.BYTE_ARRAY_OFFSET + used + HEADER_BYTES);
    used += needed;
    return address;
  }

  /** Lets a row point at what is stored at an address; nothing is copied. */
  void read(long address, UnsafeRow row) {
    byte[] page = pages.get((int) (address >>> 32));
    long offset = (long) Platform.BYTE_ARRAY_OFFSET + (int) address;
    row.pointTo(page, offset + HEADER_BYTES, Platform.getInt(page, offset));
  }

  /** Gives back what the last page has not used; nothing is appended any more. */
  void trim(MemoryBudget budget) {
    if (pages.isEmpty()) {
      return;
    }
    byte[] last = current();
    budget.reserve(used);
    pages.set(pages.size() - 1, Arrays.copyOf(last, used));
    budget.release(last.length);
    allocated -= last.length - used;
  }

  long allocatedBytes() {
    return allocated;
  }

  private byte[] current() {
    return pages.get(pages.size() - 1);
  }
}
