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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feathub.spark.benchmark.heap.HeapContenders.Checksum;
import java.util.Optional;

/**
 * The last line of a child's output, as JSON.
 *
 * @param heapMegabytes the heap that the child really had
 * @param seconds of the job alone; 0 if it did not complete
 * @param checksum null if it did not complete
 * @param phrase {@code completed}, or how it failed
 */
record ChildReport(
    Ending ending, int heapMegabytes, double seconds, Checksum checksum, String phrase) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a job ended. */
  enum Ending {
    COMPLETED,
    /** The heap is to blame. */
    OUT_OF_MEMORY,
    /** Something else went wrong, which want of memory may have led to. */
    FAILED,
    /** It has computed something else than it should, see {@link WrongResult}. */
    WRONG
  }

  String toJson() throws JsonProcessingException {
    return JSON.writeValueAsString(this);
  }

  /** The report among the lines of an output, or empty if the child ended before it could write. */
  static Optional<ChildReport> last(String output) {
    String lines = output.strip();
    try {
      return Optional.of(
          JSON.readValue(lines.substring(lines.lastIndexOf('\n') + 1), ChildReport.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
