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
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerManager;
import org.apache.spark.storage.DiskBlockManager;
import org.apache.spark.util.Utils;
import scala.Option;
import scala.collection.immutable.Map$;

/** A task with a memory of its own, in which a sorter can be used without a job. */
final class SortTask {
  static final SpillLimits NO_LIMITS = new SpillLimits(Integer.MAX_VALUE, Long.MAX_VALUE, 32);

  private final TaskMemoryManager manager;
  private final TaskContextImpl task;
  private final DiskBlockManager disk;
  private final SerializerManager streams;
  private final int filesBefore;

  private SortTask(UnifiedMemoryManager memory, DiskBlockManager disk, SerializerManager streams) {
    this.manager = new TaskMemoryManager(memory, 0);
    this.disk = disk;
    this.streams = streams;
    this.task =
        new TaskContextImpl(
            0,
            0,
            0,
            0,
            0,
            1,
            manager,
            new Properties(),
            null,
            TaskMetrics.empty(),
            1,
            Map$.MODULE$.empty());
    this.filesBefore = files();
  }

  /** With so many bytes for all consumers. */
  static SortTask onHeap(long bytes) {
    return new SortTask(memory(bytes), sharedDisk(), SparkEnv.get().serializerManager());
  }

  static SortTask offHeap(long bytes) {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.memory.offHeap.enabled", "true")
            .set("spark.memory.offHeap.size", String.valueOf(bytes));
    return new SortTask(
        new UnifiedMemoryManager(conf, 1 << 20, 0, 1),
        sharedDisk(),
        SparkEnv.get().serializerManager());
  }

  static SortTask encrypted(long bytes) {
    SparkConf conf = new SparkConf(false).set("spark.io.encryption.enabled", "true");
    SerializerManager streams =
        new SerializerManager(new JavaSerializer(conf), conf, Option.apply(new byte[16]));
    return new SortTask(memory(bytes), sharedDisk(), streams);
  }

  /** With files that are compressed in some way. */
  static SortTask withCodec(String codec, long bytes) {
    SparkConf conf = new SparkConf(false).set("spark.io.compression.codec", codec);
    SerializerManager streams = new SerializerManager(new JavaSerializer(conf), conf);
    return new SortTask(memory(bytes), sharedDisk(), streams);
  }

  /** With a disk that is there no more. */
  static SortTask withoutDisk(long bytes, Path directory) {
    SparkConf conf = new SparkConf(false).set("spark.local.dir", directory.toString());
    DiskBlockManager disk = new DiskBlockManager(conf, true, false);
    for (File local : disk.localDirs()) {
      Utils.deleteRecursively(local);
    }
    return new SortTask(memory(bytes), disk, SparkEnv.get().serializerManager());
  }

  private static UnifiedMemoryManager memory(long bytes) {
    return new UnifiedMemoryManager(new SparkConf(false), bytes, 0, 1);
  }

  private static DiskBlockManager sharedDisk() {
    return SparkEnv.get().blockManager().diskBlockManager();
  }

  KeyGroupSorter sorter(RowKeySpec keys, RowOrder order, int fields, SpillLimits limits) {
    return new KeyGroupSorter(
        keys, order, fields, task, limits, new SpillFiles(disk, streams, task.taskMetrics()));
  }

  TaskMemoryManager manager() {
    return manager;
  }

  TaskContext context() {
    return task;
  }

  TaskMetrics metrics() {
    return task.taskMetrics();
  }

  /** How many temporary files there are that were not there before the task. */
  int newFiles() {
    return files() - filesBefore;
  }

  /** Ends the task, and gives the bytes that nobody has given back. */
  long end() {
    task.markTaskCompleted(Option.empty());
    return manager.cleanUpAllAllocatedMemory();
  }

  private int files() {
    int count = 0;
    for (File directory : disk.localDirs()) {
      count += count(directory);
    }
    return count;
  }

  private static int count(File file) {
    File[] files = file.listFiles();
    if (files == null) {
      return 0;
    }
    int count = 0;
    for (File child : files) {
      count +=
          child.isDirectory() ? count(child) : child.getName().startsWith("temp_local_") ? 1 : 0;
    }
    return count;
  }
}
