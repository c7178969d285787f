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

/**
 * Numbers distinct keys in the order in which they come: 0, 1, 2, .. A hash table with open
 * addressing and linear probing, at most half full; keys are equal when their bytes are.
 */
final class KeyTable implements Serializable {
  private static final int EMPTY = -1;
  private static final int INITIAL_SLOTS = 64;

  private final RowPages pages;
  private final int fields;
  private int[] slots;
  private int[] hashes;
  private long[] addresses;
  private int size;

  KeyTable(RowPages pages, int fields, MemoryBudget budget) {
    this.pages = pages;
    this.fields = fields;
    budget.reserve(bytes(INITIAL_SLOTS));
    this.slots = filled(INITIAL_SLOTS);
    this.hashes = new int[INITIAL_SLOTS / 2];
    this.addresses = new long[INITIAL_SLOTS / 2];
  }

  int size() {
    return size;
  }

  /** The number of a key, or a negative number when it was never added. */
  int find(UnsafeRow key, UnsafeRow reused) {
    return slots[slotOf(key, key.hashCode(), reused)];
  }

  /** The number of a key, which is added when it is new. */
  int findOrAdd(UnsafeRow key, UnsafeRow reused, MemoryBudget budget) {
    int hash = key.hashCode();
    int slot = slotOf(key, hash, reused);
    if (slots[slot] != EMPTY) {
      return slots[slot];
    }
    if (2 * (size + 1) > slots.length) {
      grow(budget);
      slot = slotOf(key, hash, reused);
    }
    hashes[size] = hash;
    addresses[size] = pages.append(key, budget);
    slots[slot] = size;
    return size++;
  }

  /** A row to pass to the look-ups of one thread, which point it at stored keys. */
  UnsafeRow newReusedKey() {
    return new UnsafeRow(fields);
  }

  long allocatedBytes() {
    return bytes(slots.length);
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

  private boolean isKey(int number, UnsafeRow key, int hash, UnsafeRow reused) {
    if (hashes[number] != hash) {
      return false;
    }
    pages.read(addresses[number], reused);
    return reused.equals(key);
  }

  private void grow(MemoryBudget budget) {
    int capacity = Math.multiplyExact(slots.length, 2);
    int before = slots.length;
    budget.reserve(bytes(capacity));
    slots = filled(capacity);
    hashes = Arrays.copyOf(hashes, capacity / 2);
    addresses = Arrays.copyOf(addresses, capacity / 2);
    int mask = capacity - 1;
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number;
    }
    budget.release(bytes(before));
  }

  /** A slot takes an int; half as many keys take a hash and an address each. */
  private static long bytes(int slotCount) {
    return 4L * slotCount + 12L * (slotCount / 2);
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }
}
