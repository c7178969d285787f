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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.grouping.RowOrder.Ties;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More keys of one bucket than there was room for when its rows were inserted. */
class TestManyKeysOfABucket {
  private static final int KEYS = 25_000;
  private static final int ROWS = 2 * KEYS;
  private static final long ENOUGH = 64L << 20;
  private static final int FIELDS = 2;

  /** Numbers whose hashes begin with eight zeros. */
  private static final long[] NUMBERS =
      IntStream.iterate(0, i -> i + 1)
          .filter(i -> RowStore.bucketOf(KeyHash.ofLong(i)) == 0)
          .limit(KEYS)
          .mapToLong(i -> i)
          .toArray();

  @BeforeAll
  static void startSpark() {
    TestSession.stock();
  }

  @Test
  void thereAreMoreKeysThanUsually() {
    assertThat(SortRoom.usualKeys(ROWS)).isLessThan(KEYS);
  }

  @Test
  void memoryForThemIsTakenWhenTheyAreRead() {
    SortTask task = SortTask.onHeap(ENOUGH);
    KeyGroupSorter sorter = filled(task);

    assertReads(sorter.sorted());

    assertThat(sorter.spillBytes()).isZero();
    assertThat(task.end()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 64 << 10})
  void ifThereIsNoMemoryTheyAreReadFromDisk(long left) {
    SortTask task = SortTask.onHeap(ENOUGH);
    KeyGroupSorter sorter = filled(task);
    long used = task.manager().getMemoryConsumptionForThisTask();
    GreedyConsumer other = new GreedyConsumer(task.manager());
    other.acquireMemory(ENOUGH - used - left);

    assertReads(sorter.sorted());

    assertThat(sorter.spillBytes()).isEqualTo(used);
    other.freeMemory(other.getUsed());
    assertThat(task.end()).isZero();
    assertThat(task.newFiles()).isZero();
  }

  private static KeyGroupSorter filled(SortTask task) {
    RowKeySpec keys = RowKeySpec.of(List.of(Events.COLUMNS.get(1)), numbers());
    RowOrder order = RowOrder.of(List.of(), numbers(), Ties.AS_INSERTED);
    KeyGroupSorter sorter = task.sorter(keys, order, FIELDS, SortTask.NO_LIMITS);
    UnsafeRow row = new UnsafeRow(FIELDS);
    row.pointTo(new byte[24], 24);
    for (int i = 0; i < ROWS; i++) {
      row.setLong(0, NUMBERS[i % KEYS]);
      row.setLong(1, i);
      sorter.insert(row);
    }
    return sorter;
  }

  private static List<Attribute> numbers() {
    return List.of(Events.column("number"), Events.column("id"));
  }

  private static void assertReads(KeyedRows rows) {
    Map<Long, List<Long>> read = new HashMap<>();
    while (rows.advanceNext()) {
      UnsafeRow row = rows.row();
      assertThat(rows.atNewKey()).isEqualTo(!read.containsKey(row.getLong(0)));
      read.computeIfAbsent(row.getLong(0), key -> new ArrayList<>()).add(row.getLong(1));
    }
    assertThat(read).hasSize(KEYS);
    for (int i = 0; i < KEYS; i++) {
      assertThat(read.get(NUMBERS[i])).containsExactly((long) i, (long) i + KEYS);
    }
  }
}
