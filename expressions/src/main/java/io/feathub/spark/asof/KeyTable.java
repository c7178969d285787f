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
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Keys, and where the rows of each are: a hash table with open addressing, at most half full.
 *
 * <p>A look-up is mostly waiting for memory, so it goes to two places only: a slot, and the record
 * of the key, where its bytes and all that is said of it lie together.
 */
final class KeyTable implements Serializable {
  private static final long EMPTY = -1;
  private static final int INITIAL_SLOTS = 64;

  /** A slot is an address in as few bits as there can be, below as many bits of the hash. */
  private static final int ADDRESS_BITS = 37;

  private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;

  /** Beside a key: its number at first, later where its rows start and end; two times. */
  private static final int FIRST = 0;

  private static final int BEYOND = 4;
  private static final int FIRST_TIME = 8;
  private static final int LAST_TIME = 16;
  private static final int NOTE_BYTES = 24;

  private final int fields;
  private final RowPages pages = new RowPages(NOTE_BYTES);
  private long[] slots;

  /** Of the records, by number; null when there is nothing to add any more. */
  private long[] addresses;

  private int size;

  /** Takes no memory before there is a key. */
  KeyTable(int fields) {
    this.fields = fields;
    this.slots = emptySlots(1);
    this.addresses = new long[0];
  }

  int size() {
    return size;
  }

  /** The number of a key, which is added when it is new. */
  int findOrAdd(UnsafeRow key, UnsafeRow reused, MemoryBudget budget) {
    int hash = key.hashCode();
    int slot = slotOf(key, hash, reused);
    if (slots[slot] == EMPTY) {
      if (2 * (size + 1) > slots.length) {
        grow(reused, budget);
        slot = slotOf(key, hash, reused);
      }
      long address = pages.append(key, budget);
      putInt(address, FIRST, size);
      addresses[size] = address;
      slots[slot] = entry(hash, address);
      size++;
      return size - 1;
    }
    return getInt(addressIn(slots[slot]), FIRST);
  }

  /** Says of a key which rows it has, and the times of the first and the last one. */
  void setRows(int number, int first, int beyond, long firstTime, long lastTime) {
    long address = addresses[number];
    putInt(address, FIRST, first);
    putInt(address, BEYOND, beyond);
    putLong(address, FIRST_TIME, firstTime);
    putLong(address, LAST_TIME, lastTime);
  }

  /** Where the rows of a key are, as it was set; read for one thread. */
  final class Span {
    private final UnsafeRow reused = newReusedKey();
    private int first;
    private int beyond;
    private long firstTime;
    private long lastTime;

    /**
     * Whether there is such a key.
     *
     * @param entry what {@link KeyTable#entry} gives for its hash
     */
    boolean find(UnsafeRow key, int hash, long entry) {
      boolean passesBy = entry != EMPTY && !isKey(entry, key, hash, reused);
      long held = passesBy ? slots[slotOf(key, hash, reused)] : entry;
      if (held == EMPTY) {
        return false;
      }
      long address = addressIn(held);
      Object page = pages.page(address);
      long note = pages.noteOffset(address);
      first = Platform.getInt(page, note + FIRST);
      beyond = Platform.getInt(page, note + BEYOND);
      firstTime = Platform.getLong(page, note + FIRST_TIME);
      lastTime = Platform.getLong(page, note + LAST_TIME);
      return true;
    }

    /** The position of the first one. */
    int first() {
      return first;
    }

    /** The position behind the last one. */
    int beyond() {
      return beyond;
    }

    long firstTime() {
      return firstTime;
    }

    long lastTime() {
      return lastTime;
    }
  }

  /** What stands in the slot that a hash leads to. */
  long entry(int hash) {
    return slots[hash & (slots.length - 1)];
  }

  /** A row to pass to the look-ups of one thread, which point it at stored keys. */
  UnsafeRow newReusedKey() {
    return new UnsafeRow(fields);
  }

  /** Lets a row point at the key of a number. */
  UnsafeRow read(int number, UnsafeRow reused) {
    pages.read(addresses[number], reused);
    return reused;
  }

  /** Gives back what only adding needs; nothing is added, set or read by number any more. */
  void seal(MemoryBudget budget) {
    pages.trim(budget);
    budget.release(8L * addresses.length);
    addresses = null;
  }

  long allocatedBytes() {
    return bytes(slots.length)
        - (addresses == null ? bytesOfAddresses(slots.length) : 0)
        + pages.allocatedBytes();
  }

  private int slotOf(UnsafeRow key, int hash, UnsafeRow reused) {
    int mask = slots.length - 1;
    // Murmur3 has mixed the bits already.
    int slot = hash & mask;
    while (slots[slot] != EMPTY && !isKey(slots[slot], key, hash, reused)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isKey(long entry, UnsafeRow key, int hash, UnsafeRow reused) {
    if (entry >>> ADDRESS_BITS != tag(hash)) {
      return false;
    }
    pages.read(addressIn(entry), reused);
    return reused.equals(key);
  }

  private static long entry(int hash, long address) {
    return (tag(hash) << ADDRESS_BITS) | RowPages.packed(address);
  }

  /** The bits of the hash that say least of the slot. */
  private static long tag(int hash) {
    return Integer.toUnsignedLong(hash) >>> (ADDRESS_BITS - Integer.SIZE);
  }

  private static long addressIn(long entry) {
    return RowPages.unpacked(entry & ADDRESS_MASK);
  }

  private int getInt(long address, int field) {
    return Platform.getInt(pages.page(address), pages.noteOffset(address) + field);
  }

  private void putInt(long address, int field, int value) {
    Platform.putInt(pages.page(address), pages.noteOffset(address) + field, value);
  }

  private void putLong(long address, int field, long value) {
    Platform.putLong(pages.page(address), pages.noteOffset(address) + field, value);
  }

  private void grow(UnsafeRow reused, MemoryBudget budget) {
    int capacity = Math.max(INITIAL_SLOTS, Math.multiplyExact(slots.length, 2));
    int before = slots.length;
    budget.reserve(bytes(capacity));
    slots = emptySlots(capacity);
    addresses = Arrays.copyOf(addresses, capacity / 2);
    int mask = capacity - 1;
    for (int number = 0; number < size; number++) {
      int hash = read(number, reused).hashCode();
      int slot = hash & mask;
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = entry(hash, addresses[number]);
    }
    budget.release(bytes(before));
  }

  private static long[] emptySlots(int count) {
    long[] empty = new long[count];
    Arrays.fill(empty, EMPTY);
    return empty;
  }

  /** A slot takes a long; half as many keys take an address each. A single slot is for no key. */
  private static long bytes(int slotCount) {
    return slotCount == 1 ? 0 : 8L * slotCount + bytesOfAddresses(slotCount);
  }

  private static long bytesOfAddresses(int slotCount) {
    return 8L * (slotCount / 2);
  }
}
