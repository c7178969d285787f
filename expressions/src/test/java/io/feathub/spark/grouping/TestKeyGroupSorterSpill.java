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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.grouping.Events.Shape;
import io.feathub.spark.grouping.Events.Times;
import io.feathub.spark.testing.TestSession;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.memory.SparkOutOfMemoryError;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With files: the same rows in the same order, and nothing left behind. */
class TestKeyGroupSorterSpill {
  private static final long SEED = Long.getLong("feathub.test.seed", System.nanoTime());
  private static final long KILOBYTE = 1 << 10;
  private static final long MEGABYTE = 1 << 20;
  private static final long ENOUGH = 64 * MEGABYTE;
  private static final Shape SMALL = new Shape(300, 30, Times.FEW, 20);
  private static final Shape MANY = new Shape(20_000, 100, Times.SORTED_BLOCKS, 40);
  private static final Grouping BY_TEXT = Grouping.KEYS.get(1);

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    TestSession.stock();
  }

  private static Stream<Grouping> groupings() {
    return Stream.concat(Grouping.KEYS.stream(), Grouping.ORDERS.stream());
  }

  @ParameterizedTest
  @MethodSource("groupings")
  void everyRowMayBeARunOfItsOwn(Grouping grouping) {
    assertSpills(grouping, SMALL, SortTask.onHeap(ENOUGH), limit(1, 32));
    assertSpills(grouping, SMALL, SortTask.onHeap(ENOUGH), limit(1, 2));
  }

  @ParameterizedTest
  @MethodSource("groupings")
  void whatIsOnDiskIsMergedWithWhatIsInMemory(Grouping grouping) {
    assertSpills(grouping, SMALL, SortTask.onHeap(ENOUGH), limit(90, 32));
    assertSpills(grouping, SMALL, SortTask.offHeap(ENOUGH), limit(170, 2));
    assertSpills(grouping, SMALL, SortTask.encrypted(ENOUGH), limit(290, 3));
  }

  @ParameterizedTest
  @MethodSource("groupings")
  void littleMemoryIsEnough(Grouping grouping) {
    assertSpills(grouping, MANY, SortTask.onHeap(MEGABYTE), SortTask.NO_LIMITS);
    assertSpills(grouping, MANY, SortTask.offHeap(MEGABYTE), SortTask.NO_LIMITS);
  }

  @Test
  void encryptedFilesAreRead() {
    assertSpills(BY_TEXT, MANY, SortTask.encrypted(MEGABYTE), SortTask.NO_LIMITS);
  }

  @Test
  void aKeyNeedNotFitInMemory() {
    for (Times times : Times.values()) {
      Shape oneKey = new Shape(50_000, 1, times, 40);
      assertSpills(BY_TEXT, oneKey, SortTask.onHeap(MEGABYTE), SortTask.NO_LIMITS);
    }
  }

  @Test
  void anyAmountOfMemoryIsEnoughOrAnError() {
    Events events = new Events(new Shape(2000, 50, Times.RANDOM, 40), new Random(SEED));
    int failures = 0;
    for (long bytes = 4 * KILOBYTE; bytes < 2 * MEGABYTE; bytes += bytes / 3) {
      SortTask task = SortTask.onHeap(bytes);
      KeyGroupSorter sorter = BY_TEXT.sorter(task, SortTask.NO_LIMITS);
      try {
        events.rows().forEach(sorter::insert);
        BY_TEXT.assertReads(sorter.sorted(), events, bytes + " bytes, seed " + SEED);
      } catch (SparkOutOfMemoryError e) {
        failures++;
        assertThat(bytes).isLessThan(16 * KILOBYTE);
      }
      assertThat(task.end()).isZero();
      assertThat(task.newFiles()).isZero();
    }
    assertThat(failures).isPositive();
  }

  @Test
  void rowsOfAMegabyteAreSpilled() {
    Shape wide = new Shape(40, 4, Times.RANDOM, (int) (2 * MEGABYTE));
    assertSpills(BY_TEXT, wide, SortTask.onHeap(6 * MEGABYTE), SortTask.NO_LIMITS);
    assertSpills(BY_TEXT, wide, SortTask.offHeap(6 * MEGABYTE), SortTask.NO_LIMITS);
  }

  @ParameterizedTest
  @MethodSource("groupings")
  void anotherConsumerGetsTheMemoryWheneverItAsks(Grouping grouping) {
    String description = grouping + ", seed " + SEED;
    Events events = new Events(new Shape(2000, 60, Times.RANDOM, 60), new Random(SEED));
    for (int everyInserted : new int[] {701, Integer.MAX_VALUE}) {
      for (int everyRead : new int[] {1, 97, 1003}) {
        SortTask task = SortTask.onHeap(ENOUGH);
        GreedyConsumer other = new GreedyConsumer(task.manager());
        KeyGroupSorter sorter = grouping.sorter(task, SortTask.NO_LIMITS);
        AtomicInteger inserted = new AtomicInteger();
        for (UnsafeRow row : events.rows()) {
          sorter.insert(row);
          askEvery(everyInserted, inserted, other);
        }
        AtomicInteger read = new AtomicInteger();

        grouping.assertReads(
            sorter.sorted(), events, () -> askEvery(everyRead, read, other), description);

        assertThat(sorter.spillBytes()).as(description).isPositive();
        assertEnds(task, description);
      }
    }
  }

  /** All but the page of the row that is being read, which its user may still look at. */
  private static void askEvery(int times, AtomicInteger count, GreedyConsumer other) {
    if (count.incrementAndGet() % times == 0) {
      assertThat(other.ask(ENOUGH)).isGreaterThan(ENOUGH - 256 * KILOBYTE);
    }
  }

  @Test
  void anotherThreadGetsNothing() throws Exception {
    Events events = new Events(SMALL, new Random(SEED));
    SortTask task = SortTask.onHeap(ENOUGH);
    GreedyConsumer other = new GreedyConsumer(task.manager());
    KeyGroupSorter sorter = BY_TEXT.sorter(task, SortTask.NO_LIMITS);
    events.rows().forEach(sorter::insert);
    long held = task.manager().getMemoryConsumptionForThisTask();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      assertThat(thread.submit(() -> other.ask(ENOUGH)).get()).isEqualTo(ENOUGH - held);
    } finally {
      thread.shutdown();
    }
    assertThat(sorter.spillBytes()).isZero();
    assertThat(other.ask(ENOUGH)).isEqualTo(ENOUGH);
    assertThat(sorter.spillBytes()).isEqualTo(held);
    BY_TEXT.assertReads(sorter.sorted(), events, "seed " + SEED);
    assertEnds(task, "seed " + SEED);
  }

  @Test
  void aRowForWhichThereIsNoMemoryIsAnErrorAndTheOthersRemain() {
    Events events = new Events(SMALL, new Random(SEED));
    SortTask task = SortTask.onHeap(MEGABYTE);
    KeyGroupSorter sorter = BY_TEXT.sorter(task, SortTask.NO_LIMITS);
    List<UnsafeRow> rows = events.rows();
    rows.subList(0, 150).forEach(sorter::insert);
    UnsafeRow wide = new UnsafeRow(Events.FIELDS);
    wide.pointTo(new byte[(int) (2 * MEGABYTE)], (int) (2 * MEGABYTE));

    assertThatThrownBy(() -> sorter.insert(wide)).isInstanceOf(SparkOutOfMemoryError.class);

    rows.subList(150, rows.size()).forEach(sorter::insert);
    BY_TEXT.assertReads(sorter.sorted(), events, "seed " + SEED);
    assertEnds(task, "seed " + SEED);
  }

  @Test
  void rowsThatCannotBeWrittenRemainInMemory() {
    Events events = new Events(SMALL, new Random(SEED));
    SortTask task = SortTask.withoutDisk(ENOUGH, directory);
    GreedyConsumer other = new GreedyConsumer(task.manager());
    KeyGroupSorter sorter = BY_TEXT.sorter(task, SortTask.NO_LIMITS);
    events.rows().forEach(sorter::insert);

    assertThatThrownBy(() -> other.ask(ENOUGH)).hasMessageContaining("SPILL_OUT_OF_MEMORY");

    BY_TEXT.assertReads(sorter.sorted(), events, "seed " + SEED);
    task.end();
  }

  /** Who asked may live without the memory: what comes after is an error then, not a wrong row. */
  @Test
  void rowsThatCannotBeWrittenWhileTheyAreReadAreAnError() {
    Events events = new Events(SMALL, new Random(SEED));
    SortTask task = SortTask.withCodec("unknown codec", ENOUGH);
    GreedyConsumer other = new GreedyConsumer(task.manager());
    KeyGroupSorter sorter = BY_TEXT.sorter(task, SortTask.NO_LIMITS);
    events.rows().forEach(sorter::insert);
    KeyedRows rows = sorter.sorted();
    rows.advanceNext();

    assertThatThrownBy(() -> other.ask(ENOUGH)).hasMessageContaining("unknown codec");

    assertThatThrownBy(rows::advanceNext).isInstanceOf(UncheckedIOException.class);
    task.end();
    assertThat(task.newFiles()).isZero();
  }

  @Test
  void filesAreDeletedWhenTheTaskEndsBeforeTheRows() {
    Events events = new Events(SMALL, new Random(SEED));
    SortTask task = SortTask.onHeap(ENOUGH);
    KeyGroupSorter sorter = BY_TEXT.sorter(task, limit(10, 2));
    events.rows().forEach(sorter::insert);
    KeyedRows rows = sorter.sorted();
    rows.advanceNext();
    assertThat(task.newFiles()).isGreaterThanOrEqualTo(29);

    assertEnds(task, "seed " + SEED);
  }

  private static SpillLimits limit(int rows, int fanIn) {
    return new SpillLimits(rows, Long.MAX_VALUE, fanIn);
  }

  private static void assertSpills(
      Grouping grouping, Shape shape, SortTask task, SpillLimits limits) {
    String description = grouping + ", " + shape + ", " + limits + ", seed " + SEED;
    Events events = new Events(shape, new Random(SEED));
    KeyGroupSorter sorter = grouping.sorter(task, limits);
    events.rows().forEach(sorter::insert);
    assertThat(task.newFiles()).as(description).isPositive();

    grouping.assertReads(sorter.sorted(), events, description);

    assertThat(sorter.spillBytes()).as(description).isPositive();
    assertThat(task.metrics().memoryBytesSpilled()).isEqualTo(sorter.spillBytes());
    assertThat(task.metrics().diskBytesSpilled()).as(description).isPositive();
    assertThat(task.newFiles()).as(description).isZero();
    assertThat(task.manager().getMemoryConsumptionForThisTask()).as(description).isZero();
    assertEnds(task, description);
  }

  private static void assertEnds(SortTask task, String description) {
    assertThat(task.end()).as(description).isZero();
    assertThat(task.newFiles()).as(description).isZero();
  }
}
