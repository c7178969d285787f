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
package io.feathub.spark.window;

import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;

/**
 * Memory of frames, taken from Spark's share of the task. It is on the heap whatever the mode of
 * the task, as frames are Java arrays. Asking for it makes the sorter below spill first; frames
 * themselves cannot be spilled.
 */
final class TaskStateMemory extends MemoryConsumer implements StateMemory {
  /** Asked for at a time: most keys need a few hundred bytes, and asking takes a lock. */
  private static final long CHUNK = 64L << 10;

  private long granted;
  private long inUse;
  private long peak;

  TaskStateMemory(TaskMemoryManager manager) {
    super(manager, MemoryMode.ON_HEAP);
  }

  @Override
  public void reserve(long bytes) {
    long needed = inUse + bytes;
    if (needed > granted) {
      granted += acquireMemory(Math.max(needed - granted, CHUNK));
      if (needed > granted) {
        throw WindowErrors.outOfMemory(bytes, inUse);
      }
    }
    inUse = needed;
    peak = Math.max(peak, inUse);
  }

  @Override
  public void release(long bytes) {
    inUse -= bytes;
    long spare = granted - inUse;
    if (spare > 4 * CHUNK) {
      freeMemory(spare - CHUNK);
      granted -= spare - CHUNK;
    }
  }

  long peak() {
    return peak;
  }

  /** Frames cannot be spilled. */
  @Override
  public long spill(long size, MemoryConsumer trigger) {
    return 0;
  }

  /** Gives everything back; the task is over. */
  void close() {
    freeMemory(granted);
    granted = 0;
    inUse = 0;
  }
}
