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
package io.feathub.spark.asof;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.util.TaskCompletionListener;

/** Takes a task's memory until it ends, but for a little. */
final class MemoryHog extends MemoryConsumer {
  private static final long MORE_THAN_THERE_IS = 1L << 40;

  private final TaskMemoryManager manager;
  private final long allowed;

  private MemoryHog(TaskMemoryManager manager, long bytes) {
    super(manager, manager.pageSizeBytes(), MemoryMode.ON_HEAP);
    this.manager = manager;
    this.allowed = usedByOthers() + bytes;
  }

  /**
   * Rows during whose iteration the other consumers of the task get so many bytes, and no more,
   * beside what they have when it begins.
   */
  static <T> Iterator<T> allow(long bytes, Iterator<T> rows) {
    TaskContext task = TaskContext.get();
    MemoryHog hog = new MemoryHog(task.taskMemoryManager(), bytes);
    TaskCompletionListener free = ended -> hog.freeMemory(hog.getUsed());
    task.addTaskCompletionListener(free);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public T next() {
        hog.takeTheRest();
        return rows.next();
      }
    };
  }

  /** Again and again, as storage that nobody needs any more becomes free at any time. */
  private void takeTheRest() {
    acquireMemory(MORE_THAN_THERE_IS);
    freeMemory(Math.max(0, allowed - usedByOthers()));
  }

  private long usedByOthers() {
    return manager.getMemoryConsumptionForThisTask() - getUsed();
  }

  @Override
  public long spill(long size, MemoryConsumer trigger) {
    return 0;
  }
}
