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
package io.feathub.spark.benchmark.results;

import java.util.List;

/**
 * Where the time of a run went, by operator. The seconds of the operators are of threads: with two
 * of them busy all the time they add up to twice the wall time.
 *
 * @param measure how the seconds were found, in a phrase
 * @param samples that were counted; 0 if the engine measures instead
 * @param cpuSeconds of the whole process, with its compiler and garbage collector; 0 if not known
 * @param pauseSeconds in which the garbage collector stopped all threads
 * @param shares the largest first
 */
public record Profile(
    String measure,
    long samples,
    double wallSeconds,
    double cpuSeconds,
    double pauseSeconds,
    List<Share> shares) {
  /**
   * What one operator took.
   *
   * @param share of the seconds of all operators
   * @param allocation share of the bytes that all threads allocated; 0 if not known
   * @param hottest the innermost methods that were seen most often; empty if not known
   */
  public record Share(
      String operator, double seconds, double share, double allocation, List<Method> hottest) {}

  /** A method and how often it was the innermost one. */
  public record Method(String name, long samples) {}
}
