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

/**
 * How the logs of a space divide and keep what they hold.
 *
 * @param blockBytes the size of a block, which is what goes to disk at once, in bytes; at least 8
 * @param residentBytes what one log keeps in memory at most, as long as it can spill, even if more
 *     memory is to be had, in bytes
 */
public record Limits(int blockBytes, long residentBytes) {
  private static final int BLOCK = 32 << 10;

  /** Checks the sizes. */
  public Limits {
    if (blockBytes < Long.BYTES || residentBytes < 0) {
      throw new IllegalArgumentException(blockBytes + " bytes, " + residentBytes + " bytes");
    }
  }

  /** Blocks of 32 KiB, which are spilled only when memory is short. */
  public static Limits standard() {
    return new Limits(BLOCK, Long.MAX_VALUE);
  }
}
