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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.unsafe.Platform;

/** A log of values, readers in it, and a list that gets the same values. */
final class ByteLogModel {
  private static final class Value {
    private final long handle;
    private final byte[] bytes;

    Value(long handle, byte[] bytes) {
      this.handle = handle;
      this.bytes = bytes;
    }
  }

  private final ByteLog log;
  private final Random random;
  private final List<Value> values = new ArrayList<>();
  private final List<ByteLog.Reader> readers = new ArrayList<>();

  /** Where the readers are, or null if they must be moved first. */
  private final Value[] places = new Value[3];

  ByteLogModel(SpillSpace space, Random random) {
    this.log = new ByteLog(space);
    this.random = random;
    for (int i = 0; i < places.length; i++) {
      readers.add(log.newReader());
    }
  }

  ByteLog log() {
    return log;
  }

  /** Does something, and the same with the list. */
  void step() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> append(1 + random.nextInt(15));
      case 3, 4 -> drop(random.nextInt(Math.min(10, values.size()) + 1));
      case 5 -> truncate(random.nextInt(Math.min(20, values.size()) + 1));
      case 6 -> clear();
      default -> move(random.nextInt(places.length));
    }
    for (int i = 0; i < places.length; i++) {
      check(i);
    }
    if (!values.isEmpty()) {
      assertThat(log.end()).isGreaterThan(values.get(values.size() - 1).handle);
    }
  }

  /** Reads everything there is. */
  void checkAll() {
    for (Value value : values) {
      places[0] = value;
      readers.get(0).moveTo(value.handle);
      check(0);
    }
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 500 : 40)];
      random.nextBytes(bytes);
      int skipped = random.nextInt(8);
      byte[] source = new byte[skipped + bytes.length];
      System.arraycopy(bytes, 0, source, skipped, bytes.length);
      long end = log.end();
      long handle = log.append(source, Platform.BYTE_ARRAY_OFFSET + skipped, bytes.length);
      assertThat(handle).isGreaterThanOrEqualTo(end);
      values.add(new Value(handle, bytes));
    }
  }

  private void drop(int count) {
    values.subList(0, count).clear();
    log.dropBefore(values.isEmpty() ? log.end() : values.get(0).handle);
    forgetPlaces();
  }

  private void truncate(int count) {
    int size = values.size() - count;
    long handle = count == 0 ? log.end() : values.get(size).handle;
    values.subList(size, values.size()).clear();
    log.truncate(handle);
    forgetPlaces();
  }

  private void clear() {
    if (random.nextInt(4) == 0) {
      log.clear();
      values.clear();
      forgetPlaces();
    }
  }

  private void forgetPlaces() {
    for (int i = 0; i < places.length; i++) {
      places[i] = values.contains(places[i]) ? places[i] : null;
    }
  }

  private void move(int index) {
    if (random.nextInt(5) == 0) {
      readers.get(index).leave();
      places[index] = null;
    }
    if (!values.isEmpty()) {
      places[index] = values.get(random.nextInt(values.size()));
      readers.get(index).moveTo(places[index].handle);
    }
  }

  private void check(int index) {
    if (places[index] != null) {
      ByteLog.Reader reader = readers.get(index);
      byte[] expected = places[index].bytes;
      byte[] read = new byte[reader.length()];
      Platform.copyMemory(
          reader.base(), reader.offset(), read, Platform.BYTE_ARRAY_OFFSET, read.length);
      assertThat(Arrays.equals(read, expected)).isTrue();
      assertThat(reader.offset() % 8).isZero();
    }
  }
}
