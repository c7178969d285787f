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

import java.util.List;

/**
 * How often each contender runs.
 *
 * @param warmUpSeconds untimed runs go on for so long, three runs at most, unless the run before
 *     them that wrote the answer took {@value #LONG_SECONDS} s, which is warm-up enough. A
 *     contender in a process of its own, whose compilers and caches no other contender warms up,
 *     goes on until two runs take the same time, ten runs at most. 0 for no such runs at all
 * @param timed runs that count
 * @param profiled whether a run with a profiler follows them, outside of growth curves
 */
public record Rounds(double warmUpSeconds, int timed, boolean profiled) {
  static final int LONG_SECONDS = 10;

  private static final int MOST_WARM_UPS = 20;
  private static final int MOST_WARM_UPS_OF_A_PROCESS = 10;
  private static final double SAME = 0.1;

  /**
   * Whether a contender is ready to be timed.
   *
   * @param untimed the seconds of its runs so far, without the one that wrote the answer
   */
  boolean isWarm(List<Double> untimed, boolean hasItsOwnProcess) {
    if (warmUpSeconds == 0) {
      return true;
    }
    if (hasItsOwnProcess) {
      return untimed.size() >= MOST_WARM_UPS_OF_A_PROCESS || hasSettled(untimed);
    }
    return untimed.size() >= MOST_WARM_UPS
        || untimed.stream().mapToDouble(Double::doubleValue).sum() >= warmUpSeconds;
  }

  private static boolean hasSettled(List<Double> seconds) {
    if (seconds.size() < 2) {
      return false;
    }
    double last = seconds.get(seconds.size() - 1);
    double before = seconds.get(seconds.size() - 2);
    return Math.abs(last - before) <= SAME * Math.max(last, before);
  }
}
