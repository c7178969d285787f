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

import org.apache.spark.TaskContext;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.util.TaskCompletionListener;

/** Where the arrays of an {@link AsOfIndex} are accounted for before they are allocated. */
interface MemoryBudget {

  /** Asks for bytes; false when they cannot be had. */
  boolean tryReserve(long bytes);

  /** Asks for bytes; fails by name when they cannot be had. */
  default void reserve(long bytes) {
    if (!tryReserve(bytes)) {
      throw AsOfErrors.outOfMemory(bytes);
    }
  }

  /** Gives bytes back that were reserved for an array which is garbage now. */
  void release(long bytes);

  /** Gives back all that was reserved. */
  void releaseAll();

  /** On the driver, where Spark itself limits the size of what is broadcast. */
  static MemoryBudget unlimited() {
    return new Unlimited();
  }

  /** In a task, out of its share of the executor's memory; given back when the task ends. */
  static MemoryBudget ofTask(TaskContext task) {
    return ofTask(task, MemoryMode.ON_HEAP);
  }

  /** The same where Spark's sorts take theirs, which may be off the heap. */
  static MemoryBudget ofSorts(TaskContext task) {
    return ofTask(task, task.taskMemoryManager().getTungstenMemoryMode());
  }

  private static MemoryBudget ofTask(TaskContext task, MemoryMode mode) {
    OfTask budget = new OfTask(task.taskMemoryManager(), mode);
    TaskCompletionListener free = ended -> budget.freeMemory(budget.getUsed());
    task.addTaskCompletionListener(free);
    return budget;
  }

  /** Neither asks nor counts. */
  final class Unlimited implements MemoryBudget {
    private Unlimited() {}

    @Override
    public boolean tryReserve(long bytes) {
      return true;
    }

    @Override
    public void release(long bytes) {}

    @Override
    public void releaseAll() {}
  }

  /**
   * The index cannot be spilled, so this consumer gives nothing back when others of its task ask.
   */
  final class OfTask extends MemoryConsumer implements MemoryBudget {
    private OfTask(TaskMemoryManager manager, MemoryMode mode) {
      super(manager, manager.pageSizeBytes(), mode);
    }

    @Override
    public boolean tryReserve(long bytes) {
      if (bytes == 0) {
        return true;
      }
      long granted = acquireMemory(bytes);
      if (granted < bytes) {
        freeMemory(granted);
        return false;
      }
      return true;
    }

    @Override
    public void release(long bytes) {
      freeMemory(bytes);
    }

    @Override
    public void releaseAll() {
      freeMemory(getUsed());
    }

    @Override
    public long spill(long size, MemoryConsumer trigger) {
      return 0;
    }
  }
}
