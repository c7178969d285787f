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
import io.feathub.spark.interop.ExpressionText;
import io.feathub.spark.window.recent.RecentAggregate;
import java.util.Map;

/** The errors of this package. */
final class WindowErrors {
  private WindowErrors() {}

  /** The distinct values of a frame do not fit in what the task may use. */
  static FeathubException outOfMemory(long needed) {
    return FeathubErrors.failure(
        "FEATHUB_WINDOW_OUT_OF_MEMORY", Map.of("needed", String.valueOf(needed), "held", "0"));
  }

  /** Nothing runs a window of the most recent rows. */
  static RuntimeException recentNotPlanned(RecentAggregate recent, String reason) {
    return FeathubErrors.invalid(
        "FEATHUB_RECENT_NOT_PLANNED",
        Map.of("expression", ExpressionText.of(recent), "reason", reason),
        recent.origin());
  }
}
