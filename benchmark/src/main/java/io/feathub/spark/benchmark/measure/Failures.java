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

/** What went wrong with one part of a run, such as a workload. Others go on. */
public final class Failures {
  private final String part;
  private final Progress progress;
  private final List<String> failures = new ArrayList<>();

  /**
   * None yet.
   *
   * @param part whose name each failure starts with
   * @param progress is told of each failure at once
   */
  public Failures(String part, Progress progress) {
    this.part = part;
    this.progress = progress;
  }

  Progress progress() {
    return progress;
  }

  /** In the order in which they came. */
  public List<String> all() {
    return List.copyOf(failures);
  }

  /**
   * Does something for a contender, or takes down why it could not be done.
   *
   * @return whether it was done
   */
  public boolean note(String who, Runnable action) {
    try {
      action.run();
      return true;
    } catch (Throwable failure) { // One contender's missing class is no reason to stop the others.
      String text = part + ": " + who + ": " + reason(failure);
      failures.add(text);
      progress.failed(text);
      return false;
    }
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
