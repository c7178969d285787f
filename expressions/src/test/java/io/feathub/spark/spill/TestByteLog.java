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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestByteLog {
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path directory;
  private final AtomicLong spilled = new AtomicLong();

  private SpillSpace space(SpillMemory memory, Limits limits) {
    return SpillSpace.inDirectory(directory, memory, limits, spilled::addAndGet);
  }

  private static long append(ByteLog log, byte[] value) {
    return log.append(value, Platform.BYTE_ARRAY_OFFSET, value.length);
  }

  private static byte[] read(ByteLog.Reader reader) {
    byte[] value = new byte[reader.length()];
    Platform.copyMemory(
        reader.base(), reader.offset(), value, Platform.BYTE_ARRAY_OFFSET, value.length);
    return value;
  }

  @Test
  void anySequenceOfOperationsDoesWhatAListDoes() {
    long seed = Seeds.next(TestByteLog.class);
    for (int round = 0; round < 300; round++) {
      Random random = new Random(seed + round);
      UnsteadyMemory memory = new UnsteadyMemory(random, 3_500, 6_000);
      long resident = random.nextBoolean() ? 0 : 1_000;
      SpillSpace space = space(memory, new Limits(64 << random.nextInt(2), resident));
      ByteLogModel one = new ByteLogModel(space, random);
      ByteLogModel other = new ByteLogModel(space, random);
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
  void largeValuesGoToDiskAndBack() {
    UnsteadyMemory memory = UnsteadyMemory.of(32L * MEGABYTE);
    SpillSpace space = space(memory, Limits.standard());
    ByteLog log = new ByteLog(space);
    Random random = new Random(8);
    byte[][] values = new byte[10][];
    long[] handles = new long[10];
    for (int i = 0; i < values.length; i++) {
      values[i] = new byte[i % 2 == 0 ? 10 * MEGABYTE : 100];
      random.nextBytes(values[i]);
      handles[i] = append(log, values[i]);
    }
    assertThat(handles).isSorted().doesNotHaveDuplicates();
    assertThat(spilled.get()).isGreaterThan(20L * MEGABYTE);
    ByteLog.Reader reader = log.newReader();
    for (int i : new int[] {0, 9, 4, 1, 2}) {
      reader.moveTo(handles[i]);
      assertThat(read(reader)).isEqualTo(values[i]);
    }
    reader.leave();
    log.clear();
    assertThat(space.file().slotsInUse()).isZero();
    assertThat(memory.inUse()).isLessThan(MEGABYTE);
    space.close();
    assertThat(memory.inUse()).isZero();
  }

  @Test
  void aReadValueIsAStringOfSpark() {
    ByteLog log = new ByteLog(space(UnsteadyMemory.of(MEGABYTE), new Limits(64, 0)));
    UTF8String wide = UTF8String.fromString("größer als ein Wort");
    long none = log.append(null, 0, 0);
    long handle = log.append(wide.getBaseObject(), wide.getBaseOffset(), wide.numBytes());
    append(log, new byte[60]);
    ByteLog.Reader reader = log.newReader();
    reader.moveTo(handle);
    UTF8String read = UTF8String.fromAddress(reader.base(), reader.offset(), reader.length());
    assertThat(read).isEqualTo(wide);
    assertThat(read.hashCode()).isEqualTo(wide.hashCode());
    assertThat(read.toString()).isEqualTo("größer als ein Wort");
    assertThat(reader.offset() % 8).isZero();
    reader.moveTo(none);
    assertThat(reader.length()).isZero();
    log.close();
  }

  @Test
  void slidingAndClearingWithinMemoryTakeNoMoreMemory() {
    UnsteadyMemory memory = UnsteadyMemory.of(Long.MAX_VALUE);
    SpillSpace space = space(memory, new Limits(64, Long.MAX_VALUE));
    ByteLog log = new ByteLog(space);
    byte[] value = "a value".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10_000; i++) {
      long handle = append(log, value);
      log.dropBefore(handle);
      if (i % 100 == 99) {
        log.clear();
        assertThat(log.end()).isZero();
      }
    }
    assertThat(memory.inUse()).isLessThanOrEqualTo(4 * (64 + 16));
    assertThat(space.file().path()).isNull();
    log.close();
    assertThat(memory.inUse()).isZero();
  }

  @Test
  void handlesThatWereDroppedAreRefused() {
    ByteLog log = new ByteLog(space(UnsteadyMemory.of(MEGABYTE), new Limits(64, 0)));
    long first = append(log, new byte[50]);
    long second = append(log, new byte[50]);
    log.dropBefore(second);
    assertThatThrownBy(() -> log.truncate(first)).isInstanceOf(IllegalArgumentException.class);
    ByteLog.Reader reader = log.newReader();
    assertThatThrownBy(() -> reader.moveTo(first)).isInstanceOf(IllegalStateException.class);
    log.close();
  }
}
