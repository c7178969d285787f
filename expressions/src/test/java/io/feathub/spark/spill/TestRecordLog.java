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
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRecordLog {
  private static final long BLOCK = 64 + 16;

  @TempDir private Path directory;
  private final AtomicLong spilled = new AtomicLong();

  private SpillSpace space(SpillMemory memory, long residentBytes) {
    return SpillSpace.inDirectory(
        directory, memory, new Limits(64, residentBytes), spilled::addAndGet);
  }

  private static void append(RecordLog log, long value) {
    log.append();
    log.tailCells()[log.tailBase()] = value;
  }

  private static long read(RecordLog.Cursor cursor) {
    return cursor.cells()[cursor.base()];
  }

  @Test
  void anySequenceOfOperationsDoesWhatAListDoes() {
    long seed = Seeds.next(TestRecordLog.class);
    for (int round = 0; round < 300; round++) {
      Random random = new Random(seed + round);
      UnsteadyMemory memory = new UnsteadyMemory(random, 14 * 144, 24 * 144);
      SpillSpace space = space(memory, random.nextBoolean() ? 0 : 6 * BLOCK);
      // Two logs of one space, so that each makes the other spill.
      RecordLogModel one = new RecordLogModel(space, 1 + random.nextInt(10), random);
      RecordLogModel other = new RecordLogModel(space, 1 + random.nextInt(3), random);
      try {
        for (int i = 0; i < 400; i++) {
          (random.nextInt(3) == 0 ? other : one).step();
          if (random.nextInt(20) == 0) {
            space.spill(1 + random.nextInt(500));
          }
        }
        one.checkAll();
        other.checkAll();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dfeathub.test.seed=" + (seed + round), e);
      }
      one.log().close();
      other.log().close();
      assertThat(memory.inUse()).isZero();
      assertThat(space.file().slotsInUse()).isZero();
      space.close();
    }
    assertThat(spilled.get()).isGreaterThan(300 * 64);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFrameLargerThanMemorySlidesThroughIt() {
    UnsteadyMemory memory = UnsteadyMemory.of(10 * BLOCK);
    SpillSpace space = space(memory, Long.MAX_VALUE);
    RecordLog log = new RecordLog(space, 2);
    RecordLog.Cursor start = log.newCursor();
    start.moveTo(0);
    for (long i = 0; i < 100_000; i++) {
      append(log, i);
      if (i >= 1_000) {
        assertThat(read(start)).isEqualTo(i - 1_000);
        start.next();
        log.dropBefore(start.position());
      }
    }
    assertThat(memory.refused()).isPositive();
    // The frame has 250 blocks, and slots are used again.
    assertThat(space.file().slotsInUse()).isBetween(200, 250);
    assertThat(space.file().path().toFile().length()).isBetween(64L * 200, 64L * 251);
    space.close();
    assertThat(memory.inUse()).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatIsInMemoryIsReadWithoutTheDisk() {
    SpillSpace space = space(UnsteadyMemory.of(100 * BLOCK), Long.MAX_VALUE);
    RecordLog log = new RecordLog(space, 1);
    for (long i = 0; i < 8 * 110; i++) {
      append(log, i);
    }
    // 110 blocks in the room of 100: what is over went out, once.
    assertThat(spilled.get()).isEqualTo(10 * 64);
    RecordLog.Cursor cursor = log.newCursor();
    cursor.moveTo(0);
    while (cursor.position() < log.end()) {
      assertThat(read(cursor)).isEqualTo(cursor.position());
      cursor.next();
      log.dropBefore(cursor.position());
    }
    assertThat(spilled.get()).isEqualTo(10 * 64);
    space.close();
  }

  @Test
  void slidingWithinMemoryTakesNoMoreMemory() {
    UnsteadyMemory memory = UnsteadyMemory.of(Long.MAX_VALUE);
    SpillSpace space = space(memory, Long.MAX_VALUE);
    RecordLog log = new RecordLog(space, 1);
    for (long i = 0; i < 10_000; i++) {
      append(log, i);
      log.dropBefore(Math.max(0, i - 20));
    }
    assertThat(memory.inUse()).isLessThanOrEqualTo(5 * BLOCK);
    assertThat(space.file().path()).isNull();
    space.close();
  }

  @Test
  void theEndMovesBackIntoABlockOnDisk() {
    SpillSpace space = space(UnsteadyMemory.of(100 * BLOCK), 0);
    RecordLog log = new RecordLog(space, 1);
    for (long i = 0; i < 800; i++) {
      append(log, i);
    }
    assertThat(space.file().slotsInUse()).isGreaterThan(90);
    log.truncate(101);
    assertThat(log.tailCells()[log.tailBase()]).isEqualTo(100);
    append(log, -101);
    for (long i = 102; i < 200; i++) {
      append(log, -i);
    }
    RecordLog.Cursor cursor = log.newCursor();
    for (cursor.moveTo(0); cursor.position() < 200; cursor.next()) {
      long expected = cursor.position() <= 100 ? cursor.position() : -cursor.position();
      assertThat(read(cursor)).isEqualTo(expected);
    }
    space.close();
  }

  @Test
  void aClearedLogBeginsAtZeroInTheBlockThatItHas() {
    UnsteadyMemory memory = UnsteadyMemory.of(Long.MAX_VALUE);
    RecordLog log = new RecordLog(space(memory, Long.MAX_VALUE), 1);
    append(log, 1);
    long[] cells = log.tailCells();
    log.clear();
    assertThat(log.end()).isZero();
    append(log, 2);
    assertThat(log.tailCells()).isSameAs(cells);
    RecordLog.Cursor cursor = log.newCursor();
    cursor.moveTo(0);
    assertThat(read(cursor)).isEqualTo(2);
    log.close();
    assertThat(memory.inUse()).isZero();
  }

  @Test
  void aCursorWaitsAfterTheEndForTheRecordThatComes() {
    RecordLog log = new RecordLog(space(UnsteadyMemory.of(4 * BLOCK), 0), 1);
    RecordLog.Cursor cursor = log.newCursor();
    cursor.moveTo(0);
    for (long i = 0; i < 50; i++) {
      append(log, i);
      assertThat(read(cursor)).isEqualTo(i);
      cursor.next();
    }
    assertThatThrownBy(
            () -> {
              cursor.moveTo(80);
              cursor.cells();
            })
        .isInstanceOf(IllegalStateException.class);
    log.close();
  }

  @Test
  void positionsOutsideOfTheLogAreRefused() {
    RecordLog log = new RecordLog(space(UnsteadyMemory.of(9 * BLOCK), 0), 1);
    for (int i = 0; i < 20; i++) {
      append(log, i);
    }
    log.dropBefore(10);
    assertThatThrownBy(() -> log.dropBefore(21)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.truncate(21)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.truncate(9)).isInstanceOf(IllegalArgumentException.class);
    log.dropBefore(5);
    assertThat(log.first()).isEqualTo(10);
    log.close();
  }

  @Test
  void blocksThatAreHeldAndDoNotFitAreAnErrorWithAWayOut() {
    UnsteadyMemory memory = UnsteadyMemory.of(3 * BLOCK);
    RecordLog log = new RecordLog(space(memory, Long.MAX_VALUE), 1);
    RecordLog.Cursor[] cursors = {log.newCursor(), log.newCursor()};
    for (int i = 0; i < 100; i++) {
      append(log, i);
    }
    cursors[0].moveTo(0);
    cursors[1].moveTo(50);
    assertThat(read(cursors[0])).isZero();
    assertThat(read(cursors[1])).isEqualTo(50);
    assertThatThrownBy(
            () -> {
              while (true) {
                append(log, 0);
              }
            })
        .isInstanceOf(FeathubException.class)
        .hasMessageStartingWith("[FEATHUB_WINDOW_OUT_OF_MEMORY]")
        .hasMessageContaining("80 more bytes")
        .hasMessageContaining("240 bytes are held");
    // Nothing is lost, and there is room as soon as a cursor leaves.
    cursors[1].leave();
    append(log, 7);
    cursors[1].moveTo(50);
    cursors[0].leave();
    assertThat(read(cursors[1])).isEqualTo(50);
    log.close();
    assertThat(memory.inUse()).isZero();
  }
}
