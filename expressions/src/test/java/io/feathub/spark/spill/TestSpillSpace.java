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

import io.feathub.spark.testing.TestSession;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.security.CryptoStreamUtils;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerManager;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Some;

class TestSpillSpace {
  /** What a task saw: the file that it spilled to, and Spark's and our own counts of bytes. */
  private record Seen(String file, boolean exists, long sum, long disk, long memory, long own)
      implements Serializable {}

  @TempDir private Path directory;

  private static long sumThrough(RecordLog log, long count) {
    for (long i = 0; i < count; i++) {
      log.append();
      log.tailCells()[log.tailBase()] = i;
    }
    long sum = 0;
    RecordLog.Cursor cursor = log.newCursor();
    for (cursor.moveTo(0); cursor.position() < log.end(); cursor.next()) {
      sum += cursor.cells()[cursor.base()];
    }
    return sum;
  }

  private static Seen spillInTask(long count) {
    TaskContext context = TaskContext.get();
    AtomicLong own = new AtomicLong();
    SpillSpace space = SpillSpace.ofTask(context, new Limits(1 << 10, 0), own::addAndGet);
    long sum = sumThrough(new RecordLog(space, 1), count);
    Path file = space.file().path();
    return new Seen(
        file.toString(),
        Files.exists(file),
        sum,
        context.taskMetrics().diskBytesSpilled(),
        context.taskMetrics().memoryBytesSpilled(),
        own.get());
  }

  private static List<Seen> runTasks(boolean failing) {
    SparkSession session = TestSession.stock();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    return spark
        .parallelize(List.of(10_000L, 20_000L), 2)
        .mapPartitions(
            (Iterator<Long> counts) -> {
              Seen seen = spillInTask(counts.next());
              if (failing) {
                throw new IllegalStateException("spilled to <" + seen.file() + ">");
              }
              return List.of(seen).iterator();
            })
        .collect();
  }

  @Test
  void aTaskSpillsToSparksDirectoriesCountsItAndCleansUp() {
    // The session is set to fail tasks that leave memory behind.
    List<Seen> all = runTasks(false);
    assertThat(all).extracting(Seen::sum).containsExactly(49_995_000L, 199_990_000L);
    for (Seen seen : all) {
      assertThat(seen.file()).contains("blockmgr").contains("temp_local_");
      assertThat(seen.exists()).isTrue();
      assertThat(Path.of(seen.file())).doesNotExist();
      assertThat(seen.own()).isGreaterThan(70_000);
      assertThat(seen.disk()).isEqualTo(seen.own());
      assertThat(seen.memory()).isEqualTo(seen.own());
    }
  }

  @Test
  void aTaskThatFailsCleansUpToo() {
    assertThatThrownBy(() -> runTasks(true))
        .hasMessageContaining("spilled to <")
        .satisfies(
            error -> {
              String file = error.getMessage().replaceAll("(?s).*?spilled to <([^>]*)>.*", "$1");
              assertThat(Path.of(file)).isAbsolute().doesNotExist();
            });
  }

  @Test
  void logsAreEncryptedIfSparkEncrypts() throws Exception {
    SparkConf conf = new SparkConf(false).set("spark.io.encryption.enabled", "true");
    SerializerManager streams =
        new SerializerManager(
            new JavaSerializer(conf), conf, new Some<>(CryptoStreamUtils.createKey(conf)));
    Path file = directory.resolve("encrypted");
    UnsteadyMemory memory = UnsteadyMemory.of(10_000);
    SpillSpace space =
        new SpillSpace(
            memory, new Limits(1 << 10, 0), () -> file, SlotCipher.of(streams), bytes -> {});
    assertThat(sumThrough(new RecordLog(space, 1), 2_000)).isEqualTo(1_999_000);
    // Numbers up to 2000 are mostly zeros as long as they can be read.
    byte[] written = Files.readAllBytes(file);
    assertThat(written).hasSizeGreaterThan(10_000);
    int zeros = 0;
    for (byte b : written) {
      zeros += b == 0 ? 1 : 0;
    }
    assertThat(zeros).isLessThan(written.length / 20);
    space.close();
    assertThat(memory.inUse()).isZero();
    assertThat(file).doesNotExist();
  }

  @Test
  void aLogThatGetsNoMemoryTakesThatOfItsNeighbour() {
    UnsteadyMemory memory = UnsteadyMemory.of(10_000);
    AtomicLong spilled = new AtomicLong();
    SpillSpace space =
        SpillSpace.inDirectory(
            directory, memory, new Limits(1 << 10, Long.MAX_VALUE), spilled::addAndGet);
    RecordLog one = new RecordLog(space, 1);
    assertThat(sumThrough(one, 1_000)).isEqualTo(499_500);
    assertThat(spilled).hasValue(0);
    ByteLog other = new ByteLog(space);
    byte[] value = new byte[3_000];
    other.append(value, 16, value.length);
    assertThat(spilled).hasValueGreaterThan(0);
    RecordLog.Cursor cursor = one.newCursor();
    for (cursor.moveTo(0); cursor.position() < one.end(); cursor.next()) {
      assertThat(cursor.cells()[cursor.base()]).isEqualTo(cursor.position());
    }
    space.close();
    assertThat(memory.inUse()).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void nothingIsWrittenAfterTheEnd() {
    UnsteadyMemory memory = UnsteadyMemory.of(10_000);
    SpillSpace space = SpillSpace.inDirectory(directory, memory, new Limits(64, 0), bytes -> {});
    RecordLog log = new RecordLog(space, 1);
    space.close();
    space.close();
    assertThatThrownBy(() -> sumThrough(log, 100)).isInstanceOf(IllegalStateException.class);
    assertThat(directory).isEmptyDirectory();
    log.close();
    assertThat(memory.inUse()).isZero();
  }
}
