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
import java.util.OptionalDouble;

/**
 * The timed rounds of one contender.
 *
 * @param seconds in the order of the rounds
 * @param operators what the engine says it used
 * @param profile of one more run; null if none was asked for or nobody can tell
 */
public record Timing(
    String contender,
    Role role,
    Sink sink,
    List<Double> seconds,
    List<String> operators,
    Profile profile) {
  public double median() {
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double min() {
    return seconds.stream().min(Double::compare).orElseThrow();
  }

  public double max() {
    return seconds.stream().max(Double::compare).orElseThrow();
  }

  /** (max - min) / median, which says little of fewer than three rounds and is empty then. */
  public OptionalDouble spread() {
    return seconds.size() < 3
        ? OptionalDouble.empty()
        : OptionalDouble.of((max() - min()) / median());
  }

  /** Whether there was one round only, as for the slow. */
  public boolean once() {
    return seconds.size() == 1;
  }
}
