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

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.FeathubException;
import java.util.Map;
import org.apache.spark.sql.catalyst.util.MathUtils;

/** The errors of this package. */
final class WindowErrors {
  private WindowErrors() {}

  /** Frames do not fit in what the task may use. */
  static FeathubException outOfMemory(long needed, long held) {
    return FeathubErrors.failure(
        "FEATHUB_WINDOW_OUT_OF_MEMORY",
        Map.of("needed", String.valueOf(needed), "held", String.valueOf(held)));
  }

  /** The error that Spark's own SUM raises. Use as {@code throw longOverflow()}. */
  static RuntimeException longOverflow() {
    long never = MathUtils.addExact(Long.MAX_VALUE, 1L, null);
    return new IllegalStateException("no overflow: " + never);
  }
}
