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
package io.feathub.spark.benchmark.heap;

import java.util.concurrent.Callable;

/**
 * Makes contenders in the child JVM of a {@link HeapTrial}. An implementation has a public
 * constructor without parameters, which the child finds by the name of the class.
 */
@FunctionalInterface
public interface HeapContenders {
  /**
   * Makes ready what a task asks for, such as a Spark session; not timed. The call of what is
   * returned is the job, timed, and happens once. Nothing is closed afterwards: the child halts.
   */
  Callable<Checksum> prepare(HeapTask task);

  /**
   * An answer in short. Trials of one contender and job have equal ones, in whatever heap.
   *
   * @param hash in the engine's own hash function, whatever the order of the rows
   */
  record Checksum(long rows, long hash) {}
}
