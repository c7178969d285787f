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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary file of slots of one size. What is written goes into as many slots as it needs, not
 * necessarily side by side; slots that are free again are used first, so the file is never larger
 * than the most it held at a time. The file is made with the first write.
 *
 * <p>It keeps one buffer of the size of a slot, and four bytes for each free slot.
 */
final class BlockFile {
  private static final Logger LOG = LoggerFactory.getLogger(BlockFile.class);

  private final Supplier<Path> name;
  private final SlotCipher cipher;
  private final int payloadBytes;
  private final ByteBuffer buffer;
  private Path path;
  private FileChannel channel;
  private boolean closed;
  private int slots;
  private int[] free = new int[16];
  private int freeCount;

  /**
   * A file that is not there yet.
   *
   * @param name names the file, when it is made
   * @param cipher encrypts what is written, or null
   * @param payloadBytes what goes into a slot, in bytes; a multiple of eight
   */
  BlockFile(Supplier<Path> name, SlotCipher cipher, int payloadBytes) {
    this.name = name;
    this.cipher = cipher;
    this.payloadBytes = payloadBytes;
    this.buffer = ByteBuffer.allocate(payloadBytes).order(ByteOrder.nativeOrder());
  }

  /** Writes the first words of an array, and returns the slots that hold them now. */
  int[] write(long[] cells, int words) {
    open();
    int[] taken = take((int) (((long) words * Long.BYTES + payloadBytes - 1) / payloadBytes));
    try {
      int from = 0;
      for (int slot : taken) {
        int count = Math.min(words - from, payloadBytes / Long.BYTES);
        LongBuffer longs = buffer.clear().asLongBuffer();
        longs.put(cells, from, count);
        writeSlot(slot, count * Long.BYTES);
        from += count;
      }
      return taken;
    } catch (IOException e) {
      free(taken);
      throw SpillErrors.file("write", path, e);
    }
  }

  /** Reads what was written back into an array. The slots keep it. */
  void read(int[] taken, long[] cells, int words) {
    try {
      int from = 0;
      for (int slot : taken) {
        int count = Math.min(words - from, payloadBytes / Long.BYTES);
        readSlot(slot, count * Long.BYTES);
        buffer.clear().asLongBuffer().get(cells, from, count);
        from += count;
      }
    } catch (IOException e) {
      throw SpillErrors.file("read", path, e);
    }
  }

  /** What slots hold is not needed any more. */
  void free(int[] taken) {
    if (freeCount + taken.length > free.length) {
      free = Arrays.copyOf(free, Math.max(freeCount + taken.length, 2 * free.length));
    }
    System.arraycopy(taken, 0, free, freeCount, taken.length);
    freeCount += taken.length;
  }

  /** The slots that hold something. */
  int slotsInUse() {
    return slots - freeCount;
  }

  /** Where the file is, or null as long as there is none. */
  Path path() {
    return path;
  }

  /** Deletes the file. One that cannot be deleted is no reason to fail a task that has its rows. */
  void close() {
    closed = true;
    if (channel != null) {
      try {
        channel.close();
        Files.deleteIfExists(path);
      } catch (IOException e) {
        LOG.warn("Cannot delete the temporary file {}", path, e);
      } finally {
        channel = null;
      }
    }
  }

  private void open() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (channel == null) {
      path = name.get();
      try {
        channel =
            FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw SpillErrors.file("create", path, e);
      }
    }
  }

  private int[] take(int count) {
    int[] taken = new int[count];
    for (int i = 0; i < count; i++) {
      taken[i] = freeCount > 0 ? free[--freeCount] : slots++;
    }
    return taken;
  }

  private void writeSlot(int slot, int length) throws IOException {
    ByteBuffer source = buffer.clear().limit(length);
    if (cipher != null) {
      source = ByteBuffer.wrap(cipher.encrypt(buffer.array(), length));
    }
    long at = offset(slot);
    while (source.hasRemaining()) {
      at += channel.write(source, at);
    }
  }

  private void readSlot(int slot, int length) throws IOException {
    if (cipher == null) {
      readFully(buffer.clear().limit(length), offset(slot));
    } else {
      byte[] encrypted = new byte[length + SlotCipher.OVERHEAD];
      readFully(ByteBuffer.wrap(encrypted), offset(slot));
      cipher.decrypt(encrypted, buffer.array(), length);
    }
  }

  private void readFully(ByteBuffer target, long offset) throws IOException {
    long at = offset;
    while (target.hasRemaining()) {
      int count = channel.read(target, at);
      if (count < 0) {
        throw new EOFException("it ends at byte " + at);
      }
      at += count;
    }
  }

  private long offset(int slot) {
    return (long) slot * (cipher == null ? payloadBytes : payloadBytes + SlotCipher.OVERHEAD);
  }
}
