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
package io.feathub.spark.benchmark.profile;

import io.feathub.spark.benchmark.results.Profile.Method;
import io.feathub.spark.benchmark.results.Profile.Share;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts samples by operator. */
final class Samples {
  private static final int HOTTEST = 15;

  private final Attribution attribution;
  private final Map<String, Counts> operators = new TreeMap<>();
  private long count;
  private long allocated;

  Samples(Attribution attribution) {
    this.attribution = attribution;
  }

  void add(String thread, List<Frame> stack) {
    Counts counts = counts(thread, stack);
    counts.samples++;
    count++;
    if (!stack.isEmpty()) {
      counts.methods.merge(stack.get(0).shortName(), 1L, Long::sum);
    }
  }

  void addAllocation(String thread, List<Frame> stack, long bytes) {
    counts(thread, stack).allocated += bytes;
    allocated += bytes;
  }

  long count() {
    return count;
  }

  /** The operators with samples or allocations, the one with most samples first. */
  List<Share> shares(Duration period) {
    return operators.entrySet().stream()
        .map(entry -> share(entry.getKey(), entry.getValue(), period))
        .sorted(Comparator.comparingDouble(Share::seconds).reversed())
        .toList();
  }

  private Share share(String operator, Counts counts, Duration period) {
    return new Share(
        operator,
        counts.samples * (period.toNanos() / 1e9),
        ratio(counts.samples, count),
        ratio(counts.allocated, allocated),
        counts.hottest());
  }

  private Counts counts(String thread, List<Frame> stack) {
    return operators.computeIfAbsent(attribution.operator(thread, stack), operator -> new Counts());
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** Of one operator. */
  private static final class Counts {
    private final Map<String, Long> methods = new HashMap<>();
    private long samples;
    private long allocated;

    List<Method> hottest() {
      return methods.entrySet().stream()
          .map(entry -> new Method(entry.getKey(), entry.getValue()))
          .sorted(Comparator.comparingLong(Method::samples).reversed().thenComparing(Method::name))
          .limit(HOTTEST)
          .toList();
    }
  }
}
