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

/** Something that can move what it holds in memory to disk, so that others can have the memory. */
public interface Spillable {
  /**
   * Moves at least so many bytes to disk, or as many as it can, and releases their memory to the
   * {@link SpillMemory} that it is from. It must not ask for memory, and must do nothing when it is
   * itself in the middle of a change. Called by the thread that last asked for memory, at any of
   * the moments at which that thread asks Spark for memory, be it for another operator.
   *
   * @return the bytes that were released
   */
  long spill(long bytes);
}
