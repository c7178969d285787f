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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;

/**
 * Memory taken from Spark's share of the task. It is on the heap whatever the mode of the task, as
 * it is for Java arrays. Asking for it makes other operators of the task spill first; when they
 * ask, the registered {@link Spillable}s here spill.
 *
 * <p>Spark asks for a spill while it holds its own lock, so that must never wait for a lock of
 * ours: a thread of ours may hold it and wait for Spark's. Where the lock is not free nothing is
 * spilled, neither when this is in the middle of asking for memory itself, nor when another thread
 * of the task asks than the one that uses this memory.
 */
public final class TaskMemory extends MemoryConsumer implements SpillMemory {
  /** Asked for at a time: most keys need a few hundred bytes, and asking takes a lock. */
  private static final long CHUNK = 64L << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Spillable> spillables = new ArrayList<>();
  private volatile Thread user = Thread.currentThread();
  private long granted;
  private long inUse;
  private long peak;
  private boolean closed;

  /** Memory of the task of a manager. Nothing is taken yet. */
  public TaskMemory(TaskMemoryManager manager) {
    super(manager, MemoryMode.ON_HEAP);
  }

  /** Has something spill when another operator of the task needs memory. */
  public void register(Spillable spillable) {
    lock.lock();
    try {
      spillables.add(spillable);
    } finally {
      lock.unlock();
    }
  }

  /** No longer has it spill; nothing happens if it is not registered. */
  public void unregister(Spillable spillable) {
    lock.lock();
    try {
      spillables.remove(spillable);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean tryReserve(long bytes) {
    lock.lock();
    try {
      user = Thread.currentThread();
      long missing = inUse + bytes - granted;
      if (missing > 0 && !closed) {
        // In two steps: other operators that spill for this may release memory of this meanwhile.
        long more = acquireMemory(Math.max(missing, CHUNK));
        granted += more;
      }
      if (inUse + bytes > granted) {
        return false;
      }
      inUse += bytes;
      peak = Math.max(peak, inUse);
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(long bytes) {
    lock.lock();
    try {
      inUse -= bytes;
      long spare = granted - inUse;
      if (spare > 4 * CHUNK) {
        giveBack(spare - CHUNK);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The most that was in use at a time, in bytes. */
  public long peak() {
    return peak;
  }

  @Override
  public long spill(long size, MemoryConsumer trigger) {
    boolean inTheMiddle = trigger == this || lock.isHeldByCurrentThread();
    if (inTheMiddle || Thread.currentThread() != user || !lock.tryLock()) {
      return 0;
    }
    try {
      long before = granted;
      for (Spillable spillable : spillables) {
        long missing = size - (before - inUse);
        if (missing > 0) {
          spillable.spill(missing);
        }
      }
      giveBack(granted - inUse);
      return before - granted;
    } finally {
      lock.unlock();
    }
  }

  /** Gives everything back; the task is over, and there is no memory any more. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      spillables.clear();
      giveBack(granted);
      inUse = 0;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(long bytes) {
    if (bytes > 0) {
      freeMemory(bytes);
      granted -= bytes;
    }
  }
}
