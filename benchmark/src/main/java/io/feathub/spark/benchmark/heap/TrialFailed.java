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

import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import java.nio.file.Path;

/**
 * A trial that says nothing about the heap, as it failed for another reason or answered wrongly.
 */
final class TrialFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TrialFailed(String message) {
    super(message);
  }

  static TrialFailed forAnotherReason(HeapTask task, int heapMegabytes, String how, Path log) {
    return new TrialFailed(
        String.format(
            "%s in a heap of %d MB failed, and not for want of memory: %s. See %s.",
            task.contender(), heapMegabytes, how, log));
  }

  static TrialFailed wrongAnswer(
      HeapTask task, int heapMegabytes, Checksum expected, Checksum found) {
    return new TrialFailed(
        String.format(
            "%s answered wrongly in a heap of %d MB: %d rows with hash %d instead of %d rows with"
                + " hash %d.",
            task.contender(),
            heapMegabytes,
            found.rows(),
            found.hash(),
            expected.rows(),
            expected.hash()));
  }
}
