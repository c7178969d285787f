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

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.network.util.LimitedInputStream;
import org.apache.spark.serializer.SerializerManager;
import org.apache.spark.storage.DiskBlockManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The temporary files of one sorter. */
final class SpillFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SpillFiles.class);
  private static final int READ_BUFFER_BYTES = 8 << 10;

  private final DiskBlockManager disk;
  private final SerializerManager streams;
  private final TaskMetrics metrics;
  private final List<SpillWriter> files = new ArrayList<>();

  SpillFiles(DiskBlockManager disk, SerializerManager streams, TaskMetrics metrics) {
    this.disk = disk;
    this.streams = streams;
    this.metrics = metrics;
  }

  /** Where Spark puts the files of this task, and as it encrypts and compresses them. */
  static SpillFiles of(TaskContext task) {
    SparkEnv env = SparkEnv.get();
    return new SpillFiles(
        env.blockManager().diskBlockManager(), env.serializerManager(), task.taskMetrics());
  }

  /** Begins a file, which is deleted with the others at the latest. */
  SpillWriter newFile() {
    SpillWriter writer = new SpillWriter(disk, streams, metrics);
    files.add(writer);
    return writer;
  }

  /** Deletes a file, complete or not. */
  void delete(SpillWriter file) {
    file.delete();
    files.remove(file);
  }

  void deleteAll() {
    files.forEach(SpillWriter::delete);
    files.clear();
  }

  static void delete(File file) {
    try {
      Files.deleteIfExists(file.toPath());
    } catch (IOException e) {
      LOG.warn("Could not delete the spilled rows in {}", file, e);
    }
  }

  void countMemorySpilled(long bytes) {
    metrics.incMemoryBytesSpilled(bytes);
  }

  /** Opens a run, decrypted and decompressed. */
  InputStream open(Run run) throws IOException {
    InputStream file = Files.newInputStream(run.file().toPath());
    try {
      file.skipNBytes(run.offset());
      InputStream bytes = new LimitedInputStream(file, run.length());
      return streams.wrapStream(run.block(), new BufferedInputStream(bytes, READ_BUFFER_BYTES));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
