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
package io.feathub.spark.benchmark.workload;

import java.util.List;

/** What one command runs. */
public enum Suite {
  /**
   * Every kind of workload on few rows, in less than two minutes: a test of answers, not of speed.
   */
  QUICK,
  /** The main job at full size and its parts. */
  MAIN,
  /** All of it, with growth curves, memory and kernels. */
  FULL;

  /**
   * What this suite runs.
   *
   * @param scale a factor on the numbers of rows and keys
   */
  public Plan plan(double scale) {
    return switch (this) {
      case QUICK -> new Plan(new QuickWorkloads(scale).all(), List.of(), false);
      case MAIN -> new Plan(new MainWorkloads(scale).all(), List.of(), false);
      case FULL -> new Plan(new FullWorkloads(scale).all(), new HeapWorkloads(scale).all(), true);
    };
  }

  /** Untimed runs of a contender go on for so long. */
  public double warmUpSeconds() {
    return this == QUICK ? 0 : 2;
  }

  /** How often everything is timed unless the command says otherwise. */
  public int rounds() {
    return switch (this) {
      case QUICK -> 1;
      case MAIN -> 5;
      case FULL -> 3;
    };
  }
}
