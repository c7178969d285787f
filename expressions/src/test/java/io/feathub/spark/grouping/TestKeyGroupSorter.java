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

import io.feathub.spark.grouping.Events.Shape;
import io.feathub.spark.grouping.Events.Times;
import io.feathub.spark.testing.TestSession;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In as much memory as it wants. */
class TestKeyGroupSorter {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final long ENOUGH = 256L << 20;

  @BeforeAll
  static void startSpark() {
    TestSession.stock();
  }

  private static Stream<Grouping> groupings() {
    return Stream.concat(Grouping.KEYS.stream(), Grouping.ORDERS.stream());
  }

  private static List<Shape> shapes() {
    return List.of(
        new Shape(0, 1, Times.RANDOM, 0),
        new Shape(1, 1, Times.RANDOM, 0),
        new Shape(2000, 1, Times.RANDOM, 20),
        new Shape(2000, 1, Times.DESCENDING, 20),
        new Shape(3000, 100, Times.SORTED_BLOCKS, 20),
        new Shape(3000, 3, Times.FEW, 20),
        new Shape(3000, 40, Times.ASCENDING, 300),
        new Shape(5000, 1_000_000, Times.RANDOM, 20),
        new Shape(300, 20, Times.FEW, 100_000));
  }

  @ParameterizedTest
  @MethodSource("groupings")
  void rowsComeKeyByKeyInOrder(Grouping grouping) {
    for (Shape shape : shapes()) {
      assertGrouped(grouping, shape, SortTask.onHeap(ENOUGH));
    }
  }

  @ParameterizedTest
  @MethodSource("groupings")
  void rowsOffTheHeapComeInOrderToo(Grouping grouping) {
    assertGrouped(grouping, new Shape(3000, 50, Times.RANDOM, 300), SortTask.offHeap(ENOUGH));
  }

  @Test
  void manyRowsOfFewKeysComeInOrder() {
    for (Times times : Times.values()) {
      assertGrouped(Grouping.KEYS.get(1), new Shape(100_000, 3, times, 0), SortTask.onHeap(ENOUGH));
    }
  }

  @Test
  void rowsOfAMegabyteComeInOrder() {
    Shape shape = new Shape(40, 4, Times.RANDOM, 3 << 20);
    assertGrouped(Grouping.KEYS.get(1), shape, SortTask.onHeap(ENOUGH));
    assertGrouped(Grouping.KEYS.get(1), shape, SortTask.offHeap(ENOUGH));
  }

  @Test
  void whatIsNotReadIsFreedWhenTheTaskEnds() {
    Events events = new Events(new Shape(1000, 10, Times.RANDOM, 20), new Random(SEED));
    SortTask task = SortTask.onHeap(ENOUGH);
    KeyGroupSorter sorter = Grouping.KEYS.get(1).sorter(task, SortTask.NO_LIMITS);
    events.rows().forEach(sorter::insert);
    KeyedRows rows = sorter.sorted();
    assertThat(rows.advanceNext()).isTrue();
    assertThat(rows.advanceNext()).isTrue();
    assertThat(task.manager().getMemoryConsumptionForThisTask()).isPositive();

    assertThat(task.end()).isZero();
  }

  @Test
  void theRowObjectIsUsedAgain() {
    Events events = new Events(new Shape(100, 3, Times.RANDOM, 20), new Random(SEED));
    SortTask task = SortTask.onHeap(ENOUGH);
    KeyGroupSorter sorter = Grouping.KEYS.get(0).sorter(task, SortTask.NO_LIMITS);
    events.rows().forEach(sorter::insert);
    KeyedRows rows = sorter.sorted();
    rows.advanceNext();
    UnsafeRow first = rows.row();
    rows.advanceNext();

    assertThat(rows.row()).isSameAs(first);
    task.end();
  }

  private static void assertGrouped(Grouping grouping, Shape shape, SortTask task) {
    String description = grouping + ", " + shape + ", seed " + SEED;
    Events events = new Events(shape, new Random(SEED));
    KeyGroupSorter sorter = grouping.sorter(task, SortTask.NO_LIMITS);
    events.rows().forEach(sorter::insert);

    grouping.assertReads(sorter.sorted(), events, description);

    assertThat(task.manager().getMemoryConsumptionForThisTask()).as(description).isZero();
    assertThat(sorter.spillBytes()).as(description).isZero();
    assertThat(task.end()).as(description).isZero();
  }
}
