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

import static org.assertj.core.api.Assertions.assertThat;

import io.feathub.spark.asof.AsOfMatching.Direction;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** Left rows (key, time, text) looked up together in right rows (key, time, value). */
class TestLookUpGroup {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final DataType[] LEFT_TYPES = {
    DataTypes.IntegerType, DataTypes.LongType, DataTypes.StringType
  };
  private static final List<DataType> RIGHT_TYPES =
      List.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.LongType);
  private static final RightSide SIDE =
      new RightSide(List.of(0), 1, RightSide.NONE, List.of(2), 1, false, RIGHT_TYPES);
  private static final int KEYS = 50;

  private final Random random = new Random(SEED);
  private final UnsafeProjection toUnsafe = UnsafeProjection.create(LEFT_TYPES);
  private final List<NavigableMap<Long, Long>> values = new ArrayList<>();
  private final LookUpGroup group = new LookUpGroup(prober(), key(), null, 3, 1);

  private AsOfIndex.Prober prober() {
    System.out.println("feathub.test.seed=" + SEED);
    List<InternalRow> rows = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      values.add(new TreeMap<>());
      for (int i = 0; i < key; i++) {
        long time = random.nextInt(1000);
        if (values.get(key).putIfAbsent(time, (long) rows.size()) == null) {
          rows.add(new GenericInternalRow(new Object[] {key, time, (long) rows.size()}));
        }
      }
    }
    return SIDE.index(rows.iterator(), MemoryBudget.unlimited())
        .prober(new AsOfMatching(Direction.BACKWARD, true), new LeftTime(1, DataTypes.LongType));
  }

  private static UnsafeProjection key() {
    return UnsafeProjection.create(
        ScalaCollections.seq(new BoundReference(0, DataTypes.IntegerType, true)));
  }

  @Test
  void eachRowComesOutOnceInItsPlaceWithItsMatch() {
    List<InternalRow> taken = new ArrayList<>();
    List<InternalRow> added = new ArrayList<>();
    while (added.size() < 5000) {
      if (group.isFull() || random.nextInt(10) == 0) {
        // Not always to the end: what is left is taken before or after more come.
        int some = group.isFull() ? Integer.MAX_VALUE : random.nextInt(5);
        for (int i = 0; i < some && group.advance(); i++) {
          take(taken);
        }
      }
      if (!group.isFull()) {
        UnsafeRow row = randomRow();
        added.add(row.copy());
        group.add(row);
      }
    }
    while (group.advance()) {
      take(taken);
    }
    assertThat(taken).isEqualTo(added);
  }

  private void take(List<InternalRow> taken) {
    UnsafeRow left = group.left();
    taken.add(left.copy());
    Long expected = null;
    if (!left.isNullAt(0) && !left.isNullAt(1) && left.getInt(0) < KEYS) {
      Map.Entry<Long, Long> floor = values.get(left.getInt(0)).floorEntry(left.getLong(1));
      expected = floor == null ? null : floor.getValue();
    }
    assertThat(group.match() == null ? null : group.match().getLong(0)).isEqualTo(expected);
  }

  private UnsafeRow randomRow() {
    Integer key = random.nextInt(10) == 0 ? null : random.nextInt(KEYS + 5);
    Long time = random.nextInt(10) == 0 ? null : (long) random.nextInt(1100) - 50;
    int length = random.nextInt(20) == 0 ? random.nextInt(100_000) : random.nextInt(100);
    return row(key, time, "x".repeat(length));
  }

  private UnsafeRow row(Integer key, Long time, String text) {
    return toUnsafe.apply(
        new GenericInternalRow(new Object[] {key, time, UTF8String.fromString(text)}));
  }

  @Test
  void largeRowsDoNotWaitForOthers() {
    group.add(row(1, 1L, "x"));
    assertThat(group.isFull()).isFalse();
    group.add(row(2, 1L, "x".repeat(2 << 20)));
    assertThat(group.isFull()).isTrue();
    assertThat(group.advance()).isTrue();
    assertThat(group.advance()).isTrue();
    assertThat(group.left().getUTF8String(2).numBytes()).isEqualTo(2 << 20);
    assertThat(group.advance()).isFalse();
    assertThat(group.isFull()).isFalse();
  }
}
