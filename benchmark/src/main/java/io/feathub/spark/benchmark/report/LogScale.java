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
package io.feathub.spark.benchmark.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Positive values on a logarithmic axis, from 0 at its low end to 1 at its high end. */
record LogScale(double low, double high) {
  /** For a rounding error in a tick or an end. */
  private static final double SLACK = 1e-9;

  /** Widens a range to the next 1, 2 or 5 times a power of ten. */
  static LogScale around(double min, double max) {
    double low = steps(min / 10, min, 1, 2, 5).max().orElseThrow();
    double high = steps(max, max * 10, 1, 2, 5).min().orElseThrow();
    return low < high ? new LogScale(low, high) : new LogScale(low / 2, high * 2);
  }

  double position(double value) {
    return Math.log(value / low) / Math.log(high / low);
  }

  /** Powers of ten, and 2 and 5 times those if there are few of them. */
  List<Double> ticks() {
    return (high / low <= 200 ? steps(low, high, 1, 2, 5) : steps(low, high, 1)).boxed().toList();
  }

  /** The factors times all powers of ten that are within a range, ascending. */
  private static DoubleStream steps(double min, double max, double... factors) {
    int first = (int) Math.floor(Math.log10(min)) - 1;
    int last = (int) Math.ceil(Math.log10(max));
    return IntStream.rangeClosed(first, last)
        .boxed()
        .flatMapToDouble(n -> DoubleStream.of(factors).map(factor -> factor * power(n)))
        .filter(step -> step >= min * (1 - SLACK) && step <= max * (1 + SLACK));
  }

  /** Negative powers by division: 0.001 and not 0.0010000000000000002. */
  private static double power(int exponent) {
    return exponent < 0 ? 1 / Math.pow(10, -exponent) : Math.pow(10, exponent);
  }
}
