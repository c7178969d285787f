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

import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.TaskMemoryManager;

/** Another operator of the task, which wants memory and gives none. */
final class GreedyConsumer extends MemoryConsumer {
  GreedyConsumer(TaskMemoryManager manager) {
    super(manager, manager.getTungstenMemoryMode());
  }

  /** How much of so many bytes it gets; they are given back at once. */
  long ask(long bytes) {
    long granted = acquireMemory(bytes);
    freeMemory(granted);
    return granted;
  }

  @Override
  public long spill(long size, MemoryConsumer trigger) {
    return 0;
  }
}
