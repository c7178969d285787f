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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.FeathubException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTaskMemory {
  private static final long KILOBYTE = 1 << 10;
  private static final long MEGABYTE = 1 << 20;

  /** Another operator of the task, which releases what it is told to when it has to spill. */
  private static final class Other extends MemoryConsumer {
    private Runnable onSpill = () -> {};
    private long spills;

    Other(TaskMemoryManager manager) {
      super(manager, MemoryMode.ON_HEAP);
    }

    @Override
    public long spill(long size, MemoryConsumer trigger) {
      if (trigger == this) {
        return 0;
      }
      long all = getUsed();
      freeMemory(all);
      spills++;
      onSpill.run();
      return all;
    }
  }

  @TempDir private Path directory;
  private final TaskMemoryManager manager =
      new TaskMemoryManager(new UnifiedMemoryManager(new SparkConf(false), 4 * MEGABYTE, 0, 1), 0);
  private final TaskMemory memory = new TaskMemory(manager);
  private final Other other = new Other(manager);
  private final AtomicLong spilled = new AtomicLong();

  private SpillSpace space() {
    SpillSpace space =
        SpillSpace.inDirectory(directory, memory, Limits.standard(), spilled::addAndGet);
    memory.register(space);
    return space;
  }

  private static RecordLog filled(SpillSpace space, long bytes) {
    RecordLog log = new RecordLog(space, 1);
    for (long i = 0; i < bytes / Long.BYTES; i++) {
      log.append();
      log.tailCells()[log.tailBase()] = i;
    }
    return log;
  }

  private static void checkRecords(RecordLog log) {
    RecordLog.Cursor cursor = log.newCursor();
    for (cursor.moveTo(log.first()); cursor.position() < log.end(); cursor.next()) {
      if (cursor.cells()[cursor.base()] != cursor.position()) {
        throw new AssertionError("record " + cursor.position());
      }
    }
    cursor.leave();
  }

  @Test
  void memoryComesFromTheTaskAndGoesBack() {
    assertThat(memory.tryReserve(MEGABYTE)).isTrue();
    assertThat(manager.getMemoryConsumptionForThisTask()).isEqualTo(MEGABYTE);
    memory.release(MEGABYTE);
    assertThat(manager.getMemoryConsumptionForThisTask()).isLessThan(MEGABYTE / 4);
    memory.close();
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
    assertThat(memory.peak()).isEqualTo(MEGABYTE);
    assertThat(memory.tryReserve(1)).isFalse();
  }

  @Test
  void smallRequestsAreServedInChunks() {
    for (int i = 0; i < 100; i++) {
      assertThat(memory.tryReserve(100)).isTrue();
    }
    assertThat(manager.getMemoryConsumptionForThisTask()).isEqualTo(64 * KILOBYTE);
    memory.close();
  }

  @Test
  void whatIsRefusedIsNotReserved() {
    assertThat(memory.tryReserve(MEGABYTE)).isTrue();
    assertThat(memory.tryReserve(8 * MEGABYTE)).isFalse();
    assertThat(memory.tryReserve(MEGABYTE)).isTrue();
    assertThat(memory.peak()).isEqualTo(2 * MEGABYTE);
    memory.close();
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
  }

  @Test
  void logsSpillWhenAnotherOperatorNeedsMemory() {
    SpillSpace space = space();
    RecordLog log = filled(space, 3 * MEGABYTE);
    assertThat(spilled.get()).isZero();
    assertThat(other.acquireMemory(2 * MEGABYTE)).isEqualTo(2 * MEGABYTE);
    assertThat(spilled.get()).isBetween(MEGABYTE / 2, 2 * MEGABYTE);
    assertThat(space.heldBytes()).isLessThan(2 * MEGABYTE);
    checkRecords(log);
    assertThat(manager.getMemoryConsumptionForThisTask()).isLessThanOrEqualTo(4 * MEGABYTE);
    space.close();
    memory.close();
    other.freeMemory(other.getUsed());
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
  }

  @Test
  void anotherOperatorSpillsBeforeLogsDo() {
    assertThat(other.acquireMemory(3 * MEGABYTE)).isEqualTo(3 * MEGABYTE);
    SpillSpace space = space();
    RecordLog log = filled(space, 2 * MEGABYTE);
    assertThat(other.spills).isOne();
    assertThat(spilled.get()).isZero();
    checkRecords(log);
    space.close();
    memory.close();
  }

  @Test
  void aLogLargerThanTheTaskSpillsItsOwnBlocks() {
    SpillSpace space = space();
    RecordLog log = filled(space, 16 * MEGABYTE);
    assertThat(spilled.get()).isBetween(12 * MEGABYTE, 13 * MEGABYTE);
    checkRecords(log);
    assertThat(memory.peak()).isLessThanOrEqualTo(4 * MEGABYTE);
    space.close();
    memory.close();
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
  }

  @Test
  void whatIsHeldStaysInMemory() {
    SpillSpace space = space();
    RecordLog log = filled(space, MEGABYTE);
    RecordLog.Cursor cursor = log.newCursor();
    cursor.moveTo(5);
    long[] cells = cursor.cells();
    long[] tail = log.tailCells();
    assertThat(memory.spill(Long.MAX_VALUE, other)).isPositive();
    assertThat(space.heldBytes()).isEqualTo(2 * (32 * KILOBYTE + 16));
    assertThat(cursor.cells()).isSameAs(cells);
    assertThat(log.tailCells()).isSameAs(tail);
    assertThat(cells[cursor.base()]).isEqualTo(5);
    checkRecords(log);
    space.close();
    memory.close();
  }

  @Test
  void nothingIsSpilledInTheMiddleOfAChange() {
    assertThat(other.acquireMemory(3 * MEGABYTE)).isEqualTo(3 * MEGABYTE);
    SpillSpace space = space();
    AtomicLong released = new AtomicLong(-1);
    // The log is waiting for a block when the other operator, which spills, wants memory again.
    other.onSpill = () -> released.set(memory.spill(MEGABYTE, other));
    RecordLog log = filled(space, 2 * MEGABYTE);
    assertThat(released).hasValue(0);
    assertThat(spilled.get()).isZero();
    checkRecords(log);
    space.close();
    memory.close();
  }

  @Test
  void nothingIsSpilledByAThreadThatDoesNotUseTheMemory() throws InterruptedException {
    SpillSpace space = space();
    RecordLog log = filled(space, MEGABYTE);
    AtomicLong released = new AtomicLong(-1);
    Thread thread = new Thread(() -> released.set(memory.spill(MEGABYTE, other)));
    thread.start();
    thread.join();
    assertThat(released).hasValue(0);
    assertThat(memory.spill(MEGABYTE, memory)).isZero();
    assertThat(spilled.get()).isZero();
    checkRecords(log);
    space.close();
    memory.close();
  }

  @Test
  void whatCannotBeSpilledIsAnErrorAndEverythingGoesBack() {
    SpillSpace space = space();
    RecordLog log = new RecordLog(space, 1 << 18);
    RecordLog.Cursor cursor = log.newCursor();
    log.append();
    cursor.moveTo(0);
    assertThat(cursor.cells()).hasSize(1 << 18);
    assertThatThrownBy(log::append)
        .isInstanceOf(FeathubException.class)
        .hasMessageStartingWith("[FEATHUB_WINDOW_OUT_OF_MEMORY]");
    space.close();
    memory.close();
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
  }
}
