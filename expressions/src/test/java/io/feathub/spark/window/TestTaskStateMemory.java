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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.FeathubException;
import org.apache.spark.SparkConf;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.junit.jupiter.api.Test;

class TestTaskStateMemory {
  private static final long MEGABYTE = 1 << 20;

  private final TaskMemoryManager manager =
      new TaskMemoryManager(new UnifiedMemoryManager(new SparkConf(false), 4 * MEGABYTE, 0, 1), 0);
  private final TaskStateMemory memory = new TaskStateMemory(manager);

  @Test
  void memoryComesFromTheTaskAndGoesBack() {
    memory.reserve(MEGABYTE);
    assertThat(manager.getMemoryConsumptionForThisTask()).isEqualTo(MEGABYTE);
    memory.release(MEGABYTE);
    assertThat(manager.getMemoryConsumptionForThisTask()).isLessThan(MEGABYTE / 4);
    memory.close();
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
    assertThat(memory.peak()).isEqualTo(MEGABYTE);
  }

  @Test
  void smallRequestsAreServedInChunks() {
    for (int i = 0; i < 100; i++) {
      memory.reserve(100);
    }
    assertThat(manager.getMemoryConsumptionForThisTask()).isEqualTo(64 << 10);
  }

  @Test
  void framesBeyondTheMemoryOfTheTaskAreAnErrorWithAWayOut() {
    memory.reserve(MEGABYTE);
    assertThatThrownBy(() -> memory.reserve(8 * MEGABYTE))
        .isInstanceOf(FeathubException.class)
        .hasMessageStartingWith("[FEATHUB_WINDOW_OUT_OF_MEMORY]")
        .hasMessageContaining("8388608 more bytes")
        .hasMessageContaining("1048576 bytes are held")
        .hasMessageContaining("spark.sql.feathub.window.enabled=false");
    memory.close();
    assertThat(manager.getMemoryConsumptionForThisTask()).isZero();
  }

  @Test
  void ringsAndDequesAskBeforeTheyGrow() {
    assertThatThrownBy(
            () -> {
              FrameRing ring = new FrameRing(2, memory);
              while (true) {
                ring.append();
              }
            })
        .hasMessageStartingWith("[FEATHUB_WINDOW_OUT_OF_MEMORY]");
    memory.close();
    assertThatThrownBy(
            () -> {
              MonotonicDeque deque = new MonotonicDeque(ValueType.LONG, true, memory);
              for (long time = 0; time >= 0; time++) {
                deque.add(time, -time);
              }
            })
        .hasMessageStartingWith("[FEATHUB_WINDOW_OUT_OF_MEMORY]");
    memory.close();
  }
}
