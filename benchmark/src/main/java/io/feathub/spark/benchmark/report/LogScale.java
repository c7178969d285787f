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

import java.util.ArrayList;
import java.util.List;

/** Positive values on a logarithmic axis, from 0 at its low end to 1 at its high end. */
record LogScale(double low, double high) {
  private static final double[] STEPS = {1, 2, 5, 10};

  /** Widens a range to the next 1, 2 or 5 times a power of ten. */
  static LogScale around(double min, double max) {
    double low = floor(min);
    double high = ceil(max);
    return low < high ? new LogScale(low, high) : new LogScale(low / 2, high * 2);
  }

  double position(double value) {
    return Math.log(value / low) / Math.log(high / low);
  }

  /** Powers of ten, and 2 and 5 times those if there are few of them. */
  List<Double> ticks() {
    boolean fine = high / low <= 200;
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high));
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
      for (int step = 0; step < (fine ? 3 : 1); step++) {
        double tick = STEPS[step] * power(exponent);
        if (tick >= low * 0.999 && tick <= high * 1.001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static double floor(double value) {
    double power = power((int) Math.floor(Math.log10(value)));
    double result = power;
    for (double step : STEPS) {
      if (step * power <= value) {
        result = step * power;
      }
    }
    return result;
  }

  private static double ceil(double value) {
    double power = power((int) Math.floor(Math.log10(value)));
    for (double step : STEPS) {
      if (step * power >= value) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Negative powers by division: 0.001 and not 0.0010000000000000002. */
  private static double power(int exponent) {
    return exponent < 0 ? 1 / Math.pow(10, -exponent) : Math.pow(10, exponent);
  }
}
