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
package io.feathub.spark.benchmark.measure;

import java.util.ArrayList;
import java.util.List;

/** What went wrong with one workload. Others go on. */
final class Failures {
  private final String workload;
  private final Progress progress;
  private final List<String> failures = new ArrayList<>();

  Failures(String workload, Progress progress) {
    this.workload = workload;
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  List<String> all() {
    return List.copyOf(failures);
  }

  /**
   * Does something for a contender, or takes down why it could not be done.
   *
   * @return whether it was done
   */
  boolean note(String who, Runnable action) {
    try {
      action.run();
      return true;
    } catch (Exception failure) { // Spark throws checked ones, which Scala does not declare.
      String text = workload + ": " + who + ": " + reason(failure);
      failures.add(text);
      progress.failed(text);
      return false;
    }
  }

  private static String reason(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
