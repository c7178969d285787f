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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that have the same hash. */
class TestCollidingKeys {
  private static final int ROWS = 2000;
  private static final long[] NUMBERS = collidingNumbers();

  @BeforeAll
  static void startSpark() {
    TestSession.stock();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 300, Integer.MAX_VALUE})
  void areTakenApart(int spillRows) {
    assertThat(NUMBERS).hasSizeGreaterThan(10);
    List<Attribute> columns = List.of(Events.column("number"), Events.column("id"));
    SortTask task = SortTask.onHeap(64 << 20);
    KeyGroupSorter sorter =
        task.sorter(
            RowKeySpec.of(columns.subList(0, 1), columns),
            RowOrder.of(List.of(), columns, Ties.AS_INSERTED),
            columns.size(),
            new SpillLimits(spillRows, Long.MAX_VALUE, 5));
    UnsafeRow row = new UnsafeRow(columns.size());
    row.pointTo(new byte[24], 24);
    for (int i = 0; i < ROWS; i++) {
      row.setLong(0, NUMBERS[i % NUMBERS.length]);
      row.setLong(1, i);
      sorter.insert(row);
    }

    assertGrouped(sorter.sorted());

    assertThat(task.end()).isZero();
  }

  private static void assertGrouped(KeyedRows rows) {
    Set<Long> keys = new HashSet<>();
    long lastKey = 0;
    long lastId = 0;
    int count = 0;
    for (; rows.advanceNext(); count++) {
      long key = rows.row().getLong(0);
      long id = rows.row().getLong(1);
      assertThat(NUMBERS[(int) id % NUMBERS.length]).isEqualTo(key);
      assertThat(rows.atNewKey()).isEqualTo(keys.add(key));
      if (!rows.atNewKey()) {
        assertThat(key).isEqualTo(lastKey);
        assertThat(id).isGreaterThan(lastId);
      }
      lastKey = key;
      lastId = id;
    }
    assertThat(count).isEqualTo(ROWS);
  }

  /** Every two of them. */
  private static long[] collidingNumbers() {
    Map<Integer, Long> seen = new HashMap<>();
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < 600_000; i++) {
      Long other = seen.put(KeyHash.ofLong(i), i);
      if (other != null) {
        numbers.add(other);
        numbers.add(i);
      }
    }
    return numbers.stream().mapToLong(i -> i).toArray();
  }
}
