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

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * The keys of a bucket, numbered as they were found, and where the rows of each go: a hash table
 * with open addressing, at most half full.
 *
 * <p>A group is [pointer to the first row, hash, start, two parts]. A part is at first the number
 * of rows in it, then the position of the next one, and so in the end where the part ends.
 */
final class KeyGroups {
  static final int NOT_FOUND = -1;

  private static final int HASH = 8;
  private static final int START = 12;
  private static final int PARTS = 16;

  private final RowStore store;
  private final RowKeys keys;
  private final UnsafeRow found;
  private SortRoom room;
  private Object base;
  private long groups;
  private long table;
  private int mask;
  private int size;

  /**
   * @param fields how many columns the rows have
   */
  KeyGroups(RowStore store, RowKeys keys, int fields) {
    this.store = store;
    this.keys = keys;
    this.found = new UnsafeRow(fields);
  }

  /** Begins with no key. */
  void begin(SortRoom newRoom, int rows) {
    room = newRoom;
    base = newRoom.base();
    groups = newRoom.groups();
    table = newRoom.table();
    int slots = Integer.highestOneBit(Math.max(1, rows - 1)) << 2;
    mask = Math.min(slots, newRoom.slots()) - 1;
    size = 0;
    Platform.setMemory(base, table, (mask + 1L) * Integer.BYTES, (byte) 0);
  }

  int size() {
    return size;
  }

  /**
   * The number of a row's key, which is added if it is new; {@link #NOT_FOUND} if there is no room.
   */
  int findOrAdd(int hash, UnsafeRow row, long pointer) {
    int slot = hash & mask;
    int number = Platform.getInt(base, table + (long) slot * Integer.BYTES);
    while (number != 0) {
      if (isKey(number - 1, hash, row)) {
        return number - 1;
      }
      slot = (slot + 1) & mask;
      number = Platform.getInt(base, table + (long) slot * Integer.BYTES);
    }
    return size == room.keys() ? NOT_FOUND : add(slot, hash, pointer);
  }

  /** Counts a row of a key; the parts are 0 and 1. */
  void count(int key, int part) {
    long at = partOf(key, part);
    Platform.putInt(base, at, Platform.getInt(base, at) + 1);
  }

  /** Gives the rows of a key the places from a position on, and says where the next key begins. */
  int place(int key, int start) {
    int middle = start + Platform.getInt(base, partOf(key, 0));
    int end = middle + Platform.getInt(base, partOf(key, 1));
    Platform.putInt(base, group(key) + START, start);
    Platform.putInt(base, partOf(key, 0), start);
    Platform.putInt(base, partOf(key, 1), middle);
    return end;
  }

  /** The place of the next row of a part. */
  int nextPlace(int key, int part) {
    long at = partOf(key, part);
    int place = Platform.getInt(base, at);
    Platform.putInt(base, at, place + 1);
    return place;
  }

  /** Where the rows of a key begin, once they have places. */
  int start(int key) {
    return Platform.getInt(base, group(key) + START);
  }

  /** Where a part ends, once all rows have taken their places. */
  int end(int key, int part) {
    return Platform.getInt(base, partOf(key, part));
  }

  long firstRow(int key) {
    return Platform.getLong(base, group(key));
  }

  int hash(int key) {
    return Platform.getInt(base, group(key) + HASH);
  }

  private boolean isKey(int key, int hash, UnsafeRow row) {
    if (hash(key) != hash) {
      return false;
    }
    store.read(firstRow(key), found);
    return keys.equalTo(found, row);
  }

  private int add(int slot, int hash, long pointer) {
    int key = size;
    size++;
    Platform.putInt(base, table + (long) slot * Integer.BYTES, size);
    long group = group(key);
    Platform.putLong(base, group, pointer);
    Platform.putInt(base, group + HASH, hash);
    Platform.putLong(base, group + PARTS, 0);
    return key;
  }

  private long group(int key) {
    return groups + (long) key * SortRoom.GROUP_BYTES;
  }

  private long partOf(int key, int part) {
    return group(key) + PARTS + (long) part * Integer.BYTES;
  }
}
