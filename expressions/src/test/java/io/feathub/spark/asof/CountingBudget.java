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

/** Counts, and refuses what goes beyond a limit. */
final class CountingBudget implements MemoryBudget {
  private final long limit;
  private long reserved;
  private long peak;

  CountingBudget(long limit) {
    this.limit = limit;
  }

  long reserved() {
    return reserved;
  }

  long peak() {
    return peak;
  }

  @Override
  public boolean tryReserve(long bytes) {
    if (bytes > limit - reserved) {
      return false;
    }
    reserved += bytes;
    peak = Math.max(peak, reserved);
    return true;
  }

  @Override
  public void release(long bytes) {
    reserved -= bytes;
  }

  @Override
  public void releaseAll() {
    reserved = 0;
  }
}
