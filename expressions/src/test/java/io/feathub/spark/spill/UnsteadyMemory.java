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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

/** Memory with a capacity that changes at random between two amounts, each time it is asked. */
final class UnsteadyMemory implements SpillMemory {
  private final Random random;
  private final long least;
  private final long most;
  private long inUse;
  private int refused;

  UnsteadyMemory(Random random, long least, long most) {
    this.random = random;
    this.least = least;
    this.most = most;
  }

  /** Memory that always has the same capacity. */
  static UnsteadyMemory of(long bytes) {
    return new UnsteadyMemory(new Random(0), bytes, bytes);
  }

  @Override
  public boolean tryReserve(long bytes) {
    double part = random.nextDouble();
    boolean granted = inUse + bytes <= least + (long) (part * (most - least));
    inUse += granted ? bytes : 0;
    refused += granted ? 0 : 1;
    return granted;
  }

  @Override
  public void release(long bytes) {
    inUse -= bytes;
    assertThat(inUse).isNotNegative();
  }

  long inUse() {
    return inUse;
  }

  int refused() {
    return refused;
  }
}
