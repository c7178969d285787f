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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.TaskMetrics;

/**
 * What the logs of one operator share within one task: their memory, limits, and the temporary file
 * to which they spill. The file is made when it is first needed and deleted by {@link #close}.
 *
 * <p>Logs are used by one thread at a time. Only their slow paths, and {@link #spill}, take the
 * lock here; {@link #spill} does nothing if it is not free.
 */
public final class SpillSpace implements Spillable, AutoCloseable {
  private final SpillMemory memory;
  private final Limits limits;
  private final BlockFile file;
  private final LongConsumer spilled;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<BlockQueue> queues = new ArrayList<>();

  SpillSpace(
      SpillMemory memory,
      Limits limits,
      Supplier<Path> fileName,
      SlotCipher cipher,
      LongConsumer spilled) {
    this.memory = memory;
    this.limits = limits;
    this.file = new BlockFile(fileName, cipher, (limits.blockBytes() + 7) / 8 * 8);
    this.spilled = spilled;
  }

  /**
   * The space of an operator in a task: it has memory of its own from the task, spills to Spark's
   * local directories, encrypts if Spark does, and closes itself at the end of the task.
   *
   * @param spilled is told how many bytes went to disk, each time some did
   */
  public static SpillSpace ofTask(TaskContext context, Limits limits, LongConsumer spilled) {
    TaskMemory memory = new TaskMemory(context.taskMemoryManager());
    context.<Void>addTaskCompletionListener(
        ended -> {
          memory.close();
          return null;
        });
    return ofTask(context, memory, limits, spilled);
  }

  /** The same with memory that others use too, which whoever made it closes. */
  public static SpillSpace ofTask(
      TaskContext context, TaskMemory memory, Limits limits, LongConsumer spilled) {
    TaskMetrics metrics = context.taskMetrics();
    LongConsumer counting =
        bytes -> {
          metrics.incDiskBytesSpilled(bytes);
          metrics.incMemoryBytesSpilled(bytes);
          spilled.accept(bytes);
        };
    SparkEnv env = SparkEnv.get();
    SpillSpace space =
        new SpillSpace(
            memory,
            limits,
            () -> env.blockManager().diskBlockManager().createTempLocalBlock()._2().toPath(),
            SlotCipher.of(env.serializerManager()),
            counting);
    memory.register(space);
    context.<Void>addTaskCompletionListener(
        ended -> {
          memory.unregister(space);
          space.close();
          return null;
        });
    return space;
  }

  /** A space without a task, whose file goes to a directory. */
  public static SpillSpace inDirectory(
      Path directory, SpillMemory memory, Limits limits, LongConsumer spilled) {
    return new SpillSpace(
        memory, limits, () -> directory.resolve("spill_" + UUID.randomUUID()), null, spilled);
  }

  /** Where the logs have their memory from. */
  public SpillMemory memory() {
    return memory;
  }

  /** What the logs have in memory, in bytes. */
  public long heldBytes() {
    long held = 0;
    for (BlockQueue queue : queues) {
      held += queue.residentBytes();
    }
    return held;
  }

  @Override
  public long spill(long bytes) {
    if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
      return 0;
    }
    try {
      return spillOthers(bytes, null);
    } finally {
      lock.unlock();
    }
  }

  /** Releases the memory of all logs and deletes the file. The logs are of no use any more. */
  @Override
  public void close() {
    lock();
    try {
      for (BlockQueue queue : List.copyOf(queues)) {
        queue.close();
      }
      file.close();
    } finally {
      unlock();
    }
  }

  Limits limits() {
    return limits;
  }

  BlockFile file() {
    return file;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  void add(BlockQueue queue) {
    lock();
    try {
      queues.add(queue);
    } finally {
      unlock();
    }
  }

  /** The caller has the lock. */
  void remove(BlockQueue queue) {
    queues.remove(queue);
  }

  /** Writes the words of a block to the file, and returns where they are. */
  int[] write(Block block) {
    int[] slots = file.write(block.cells(), block.words());
    spilled.accept((long) block.words() * Long.BYTES);
    return slots;
  }

  /** Has the logs release memory, but for the queue, which may be null. The caller has the lock. */
  long spillOthers(long bytes, BlockQueue except) {
    long released = 0;
    for (BlockQueue queue : queues) {
      if (queue != except && released < bytes) {
        released += queue.spill(bytes - released);
      }
    }
    return released;
  }
}
