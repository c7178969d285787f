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

/**
 * How often each contender runs.
 *
 * @param warmUpSeconds untimed runs go on for so long, three runs at most, unless the run before
 *     them that wrote the answer took {@value #LONG_SECONDS} s, which is warm-up enough
 * @param timed runs that count
 * @param profiled whether a run with a profiler follows them, outside of growth curves
 */
public record Rounds(double warmUpSeconds, int timed, boolean profiled) {
  static final int MOST_WARM_UPS = 3;
  static final int LONG_SECONDS = 10;
}
