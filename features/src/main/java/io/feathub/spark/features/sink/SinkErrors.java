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
package io.feathub.spark.features.sink;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.FeathubException;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The errors in publishing output. */
final class SinkErrors {
  private SinkErrors() {}

  static RuntimeException pathExists(Path target) {
    return FeathubErrors.invalid("FEATHUB_PATH_EXISTS", Map.of("path", target.toString()));
  }

  static FeathubException pathAppeared(Path target) {
    return FeathubErrors.failure("FEATHUB_PATH_EXISTS", Map.of("path", target.toString()));
  }

  static FeathubException notShared(Path file, String found, long expected, Path directory) {
    return FeathubErrors.failure(
        "FEATHUB_OUTPUT_NOT_SHARED",
        Map.of(
            "file",
            file.getName(),
            "found",
            found,
            "expected",
            Long.toString(expected),
            "directory",
            directory.toString()));
  }

  static FeathubException publishFailed(Path target, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_PUBLISH_FAILED",
        Map.of("path", target.toString(), "problem", String.valueOf(cause.getMessage())),
        cause);
  }

  static FeathubException swapFailed(Path target, Path old, Throwable cause) {
    return FeathubErrors.failure(
        "FEATHUB_SWAP_FAILED", Map.of("path", target.toString(), "old", old.toString()), cause);
  }
}
