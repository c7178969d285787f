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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.apache.spark.security.CryptoStreamUtils;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import scala.Some;

class TestBlockFile {
  private static final class Written {
    private final int[] slots;
    private final long[] cells;

    Written(int[] slots, long[] cells) {
      this.slots = slots;
      this.cells = cells;
    }

    int[] slots() {
      return slots;
    }

    long[] cells() {
      return cells;
    }
  }

  @TempDir private Path directory;

  private BlockFile file(int payloadBytes, SlotCipher cipher) {
    return new BlockFile(() -> directory.resolve("blocks"), cipher, payloadBytes);
  }

  private static SerializerManager encryption() {
    SparkConf conf = new SparkConf(false).set("spark.io.encryption.enabled", "true");
    return new SerializerManager(
        new JavaSerializer(conf), conf, new Some<>(CryptoStreamUtils.createKey(conf)));
  }

  private static void checkKeepsWhatIsWritten(BlockFile file, long seed) {
    Random random = new Random(seed);
    List<Written> all = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < 500; i++) {
      if (all.isEmpty() || random.nextInt(5) < 3) {
        long[] cells = random.longs(1 + random.nextInt(30)).toArray();
        all.add(new Written(file.write(cells, cells.length), cells));
      } else {
        file.free(all.remove(random.nextInt(all.size())).slots());
      }
      most = Math.max(most, file.slotsInUse());
    }
    for (Written written : all) {
      long[] read = new long[written.cells().length];
      file.read(written.slots(), read, read.length);
      assertThat(read).isEqualTo(written.cells());
    }
    assertThat(file.path().toFile().length()).isLessThanOrEqualTo(most * (64L + 16));
    all.forEach(written -> file.free(written.slots()));
    assertThat(file.slotsInUse()).isZero();
  }

  @Test
  void slotsKeepWhatIsWrittenAndAreUsedAgain() {
    BlockFile file = file(64, null);
    assertThat(file.path()).isNull();
    checkKeepsWhatIsWritten(file, Seeds.next(TestBlockFile.class));
    file.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void encryptedSlotsKeepWhatIsWritten() {
    BlockFile file = file(64, SlotCipher.of(encryption()));
    checkKeepsWhatIsWritten(file, Seeds.next(TestBlockFile.class));
    file.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatIsEncryptedCannotBeReadFromTheFile() throws IOException {
    long[] cells = new long[64];
    BlockFile open = file(64, null);
    open.write(cells, cells.length);
    assertThat(Files.readAllBytes(open.path())).containsOnly(0);
    open.close();
    SerializerManager streams = encryption();
    BlockFile file = file(512, SlotCipher.of(streams));
    file.write(cells, cells.length);
    byte[] encrypted = Files.readAllBytes(file.path());
    assertThat(encrypted).hasSize(512 + 16);
    assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("\0\0\0\0");
    // It is Spark's format: the vector, then the bytes.
    assertThat(streams.wrapForEncryption(new ByteArrayInputStream(encrypted)).readAllBytes())
        .isEqualTo(new byte[512]);
    file.close();
  }

  @Test
  void aDirectoryThatIsNotThereIsAnErrorWithTheFile() {
    Path missing = directory.resolve("missing").resolve("blocks");
    BlockFile file = new BlockFile(() -> missing, null, 64);
    assertThatThrownBy(() -> file.write(new long[8], 8))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot create the temporary file " + missing);
    assertThat(file.slotsInUse()).isZero();
    file.close();
  }

  @Test
  void aFileThatWasCutIsAnErrorAndNotOtherValues() throws IOException {
    BlockFile file = file(64, null);
    int[] slots = file.write(new long[16], 16);
    try (RandomAccessFile cut = new RandomAccessFile(file.path().toFile(), "rw")) {
      cut.setLength(100);
    }
    assertThatThrownBy(() -> file.read(slots, new long[16], 16))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.path().toString())
        .hasMessageContaining("ends at byte 100");
    file.close();
  }

  /** Every write to that device fails as one to a full disk does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAnErrorThatLosesNothing() throws IOException {
    Path full = Files.createSymbolicLink(directory.resolve("full"), Path.of("/dev/full"));
    UnsteadyMemory memory = UnsteadyMemory.of(3 * (64 + 16));
    AtomicLong spilled = new AtomicLong();
    SpillSpace space =
        new SpillSpace(memory, new Limits(64, 1_000), () -> full, null, spilled::addAndGet);
    RecordLog log = new RecordLog(space, 1);
    assertThatThrownBy(
            () -> {
              while (true) {
                long position = log.append();
                log.tailCells()[log.tailBase()] = position;
              }
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write the temporary file " + full)
        .hasMessageContaining("No space left on device");
    assertThat(log.end()).isEqualTo(24);
    RecordLog.Cursor cursor = log.newCursor();
    for (cursor.moveTo(0); cursor.position() < log.end(); cursor.next()) {
      assertThat(cursor.cells()[cursor.base()]).isEqualTo(cursor.position());
    }
    assertThat(spilled.get()).isZero();
    assertThat(space.file().slotsInUse()).isZero();
    space.close();
    assertThat(memory.inUse()).isZero();
    assertThat(directory).isEmptyDirectory();
  }
}
