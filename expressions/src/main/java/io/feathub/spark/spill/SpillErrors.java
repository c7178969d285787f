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

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.FeathubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The errors of this package. */
final class SpillErrors {
  private SpillErrors() {}

  /** What cannot be spilled does not fit in what the task may use. Amounts are in bytes. */
  static FeathubException outOfMemory(long needed, long held) {
    return FeathubErrors.failure(
        "FEATHUB_WINDOW_OUT_OF_MEMORY",
        Map.of("needed", String.valueOf(needed), "held", String.valueOf(held)));
  }

  /** A temporary file could not be created, written or read. */
  static UncheckedIOException file(String action, Path file, IOException cause) {
    return new UncheckedIOException(
        String.format("Cannot %s the temporary file %s: %s", action, file, cause.getMessage()),
        cause);
  }
}
