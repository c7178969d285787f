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

/** A record log, cursors in it, and a list that gets the same records. */
final class RecordLogModel {
  private final RecordLog log;
  private final int stride;
  private final Random random;
  private final List<long[]> records = new ArrayList<>();
  private final List<RecordLog.Cursor> cursors = new ArrayList<>();

  /** Where the cursors are, or -1 if they must be moved first. */
  private final long[] positions = {-1, -1, -1};

  private int first;

  RecordLogModel(SpillSpace space, int stride, Random random) {
    this.log = new RecordLog(space, stride);
    this.stride = stride;
    this.random = random;
    for (int i = 0; i < positions.length; i++) {
      cursors.add(log.newCursor());
    }
  }

  RecordLog log() {
    return log;
  }

  /** Does something, and the same with the list. */
  void step() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> append(1 + random.nextInt(30));
      case 3, 4 -> drop(random.nextInt(between(20) + 1));
      case 5 -> truncate(between(1 + random.nextInt(50)));
      case 6 -> clear();
      case 7, 8 -> move(random.nextInt(positions.length));
      default -> walk(random.nextInt(positions.length));
    }
    assertThat(log.first()).isEqualTo(first);
    assertThat(log.end()).isEqualTo(records.size());
    if (first < records.size()) {
      checkRecord(log.tailCells(), log.tailBase(), records.size() - 1);
    }
  }

  /** Reads everything there is. */
  void checkAll() {
    RecordLog.Cursor cursor = cursors.get(0);
    for (cursor.moveTo(first); cursor.position() < log.end(); cursor.next()) {
      checkRecord(cursor.cells(), cursor.base(), (int) cursor.position());
    }
  }

  private int between(int most) {
    return Math.min(most, records.size() - first);
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      long[] record = random.longs(stride).toArray();
      assertThat(log.append()).isEqualTo(records.size());
      System.arraycopy(record, 0, log.tailCells(), log.tailBase(), stride);
      records.add(record);
    }
  }

  private void drop(int count) {
    first += count;
    log.dropBefore(first);
    for (int i = 0; i < positions.length; i++) {
      positions[i] = positions[i] < first ? -1 : positions[i];
    }
  }

  private void truncate(int count) {
    int end = records.size() - count;
    records.subList(end, records.size()).clear();
    log.truncate(end);
    for (int i = 0; i < positions.length; i++) {
      positions[i] = count > 0 && positions[i] >= end ? -1 : positions[i];
    }
  }

  private void clear() {
    if (random.nextInt(4) == 0) {
      log.clear();
      records.clear();
      first = 0;
      Arrays.fill(positions, -1);
    }
  }

  private void move(int index) {
    positions[index] = (long) first + random.nextInt(records.size() - first + 1);
    cursors.get(index).moveTo(positions[index]);
    check(index);
  }

  private void walk(int index) {
    if (random.nextInt(10) == 0) {
      cursors.get(index).leave();
    }
    for (int steps = random.nextInt(40); steps > 0 && positions[index] >= 0; steps--) {
      check(index);
      if (positions[index] == records.size()) {
        return;
      }
      cursors.get(index).next();
      positions[index]++;
    }
  }

  private void check(int index) {
    RecordLog.Cursor cursor = cursors.get(index);
    assertThat(cursor.position()).isEqualTo(positions[index]);
    if (positions[index] < records.size()) {
      checkRecord(cursor.cells(), cursor.base(), (int) positions[index]);
    }
  }

  private void checkRecord(long[] cells, int base, int position) {
    long[] record = records.get(position);
    for (int i = 0; i < stride; i++) {
      assertThat(cells[base + i]).isEqualTo(record[i]);
    }
  }
}
