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
package io.feathub.spark.window.aggregate;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Doubles to sum up. A constant of an enum, as it is a parameter of benchmarks. */
public enum DoubleValues {
  /** Amounts of money in a shop: positive, of nearly the same exponent, every bit used. */
  NARROW {
    @Override
    double next(SplittableRandom random) {
      return 1 + random.nextDouble() * 1000 / 7;
    }
  },

  /** Both signs and exponents over a thousand bits, so that sums have many digits. */
  WIDE {
    @Override
    double next(SplittableRandom random) {
      return Math.scalb(random.nextDouble() - 0.5, random.nextInt(-500, 500));
    }
  };

  private static final long SEED = 17L;

  abstract double next(SplittableRandom random);

  double[] values(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = new double[count];
    Arrays.setAll(values, i -> next(random));
    return values;
  }
}
