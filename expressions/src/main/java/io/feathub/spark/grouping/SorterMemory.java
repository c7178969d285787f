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

import java.io.IOException;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.unsafe.array.LongArray;
import org.apache.spark.unsafe.memory.MemoryBlock;

/** The memory of one sorter, taken from Spark's share of the task, on or off the heap. */
final class SorterMemory extends MemoryConsumer {
  /** Nothing smaller is asked for: a task has a limited number of pages. */
  private static final long LEAST_PAGE = 4 << 10;

  private final TaskMemoryManager manager;
  private final Spiller spiller;

  /** Who inserts or reads rows; null before the first one. */
  private volatile Thread owner;

  private long peak;

  /** Who gives memory back. */
  interface Spiller {
    /** Gives back what it can; it is between two rows, or has just asked for memory itself. */
    void spill() throws IOException;
  }

  SorterMemory(TaskMemoryManager manager, Spiller spiller) {
    super(manager, LEAST_PAGE, manager.getTungstenMemoryMode());
    this.manager = manager;
    this.spiller = spiller;
  }

  /** Says that this thread is using the sorter: only it may make it spill. */
  void enter() {
    Thread current = Thread.currentThread();
    if (owner != current) {
      owner = current;
    }
  }

  /**
   * A page of the size that is wanted, or of what there is after everybody has spilled, if that is
   * enough. Fails as Spark does if it is not.
   */
  MemoryBlock page(long wanted, long required) {
    MemoryBlock page = manager.allocatePage(Math.max(wanted, required), this);
    if (page == null || page.size() < required) {
      if (page != null) {
        manager.freePage(page, this);
      }
      page = allocatePage(required);
    } else {
      used.getAndAdd(page.size());
    }
    peak = Math.max(peak, getUsed());
    return page;
  }

  void free(MemoryBlock page) {
    freePage(page);
  }

  /** Fails as Spark does if there is not so much. */
  LongArray array(long words) {
    LongArray array = allocateArray(words);
    peak = Math.max(peak, getUsed());
    return array;
  }

  /** The most bytes that were held at a time. */
  long peak() {
    return peak;
  }

  /** Another thread of the task may ask in the middle of anything: it gets nothing. */
  @Override
  public long spill(long size, MemoryConsumer trigger) throws IOException {
    if (Thread.currentThread() != owner) {
      return 0;
    }
    long before = getUsed();
    spiller.spill();
    return before - getUsed();
  }
}
