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

import java.io.File;
import java.io.IOException;
import org.apache.spark.executor.ShuffleWriteMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.serializer.DummySerializerInstance;
import org.apache.spark.serializer.SerializerManager;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.DiskBlockManager;
import org.apache.spark.storage.DiskBlockObjectWriter;
import org.apache.spark.storage.FileSegment;
import org.apache.spark.storage.TempLocalBlockId;
import org.apache.spark.unsafe.Platform;
import scala.Tuple2;

/**
 * Writes a temporary file of runs, each of which can be read by itself. A row is [hash, length][its
 * bytes]; lengths are multiples of 8, and 1 is added to that of the first row of a key.
 */
final class SpillWriter {
  private static final int BUFFER_BYTES = 32 << 10;

  private final File file;
  private final BlockId block;
  private final ShuffleWriteMetrics writeMetrics = new ShuffleWriteMetrics();
  private final TaskMetrics taskMetrics;

  /** Null when nothing is written any more. */
  private DiskBlockObjectWriter writer;

  private byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long rows;

  SpillWriter(DiskBlockManager disk, SerializerManager streams, TaskMetrics taskMetrics) {
    Tuple2<TempLocalBlockId, File> created = disk.createTempLocalBlock();
    this.block = created._1();
    this.file = created._2();
    this.taskMetrics = taskMetrics;
    this.writer =
        new DiskBlockObjectWriter(
            file,
            streams,
            DummySerializerInstance.INSTANCE,
            BUFFER_BYTES,
            false,
            writeMetrics,
            block);
  }

  /** Appends a row to the run. */
  void write(UnsafeRow row, int hash, boolean atNewKey) {
    int length = row.getSizeInBytes();
    putInt(hash);
    putInt(atNewKey ? length | 1 : length);
    Object base = row.getBaseObject();
    long offset = row.getBaseOffset();
    int written = 0;
    while (written < length) {
      if (buffered == BUFFER_BYTES) {
        flush();
      }
      int part = Math.min(length - written, BUFFER_BYTES - buffered);
      Platform.copyMemory(
          base, offset + written, buffer, (long) Platform.BYTE_ARRAY_OFFSET + buffered, part);
      buffered += part;
      written += part;
    }
    rows++;
    writer.recordWritten();
  }

  /** Ends the run, which has rows. */
  Run endRun() {
    flush();
    FileSegment segment = writer.commitAndGet();
    Run run = new Run(file, block, segment.offset(), segment.length(), rows);
    rows = 0;
    return run;
  }

  /** Ends the file. */
  void end() throws IOException {
    writer.close();
    writer = null;
    buffer = null;
    taskMetrics.incDiskBytesSpilled(writeMetrics.bytesWritten());
  }

  void delete() {
    if (writer != null) {
      writer.closeAndDelete();
      writer = null;
    } else {
      SpillFiles.delete(file);
    }
  }

  private void putInt(int value) {
    if (buffered == BUFFER_BYTES) {
      flush();
    }
    Platform.putInt(buffer, (long) Platform.BYTE_ARRAY_OFFSET + buffered, value);
    buffered += Integer.BYTES;
  }

  private void flush() {
    writer.write(buffer, 0, buffered);
    buffered = 0;
  }
}
