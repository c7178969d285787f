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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Kinds of doubles that are hard to sum up. */
enum RandomDoubles {
  ANY {
    @Override
    double next(Random random) {
      double value = Double.longBitsToDouble(random.nextLong());
      return Double.isFinite(value) ? value : random.nextGaussian();
    }
  },
  NEARBY {
    @Override
    double next(Random random) {
      return Math.scalb(random.nextDouble() - 0.5, random.nextInt(60));
    }
  },
  PRICES {
    @Override
    double next(Random random) {
      return random.nextInt(100_000) / 100.0;
    }
  },
  SUBNORMAL {
    @Override
    double next(Random random) {
      return Double.longBitsToDouble(
          (random.nextLong() & ((1L << 53) - 1)) | (random.nextLong() & Long.MIN_VALUE));
    }
  },
  HUGE {
    @Override
    double next(Random random) {
      return (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble() / 2) * Double.MAX_VALUE;
    }
  },
  CANCELLING {
    @Override
    double next(Random random) {
      return switch (random.nextInt(5)) {
        case 0 -> 1e300;
        case 1 -> -1e300;
        case 2 -> random.nextGaussian();
        case 3 -> -0.0;
        default -> Double.MIN_VALUE * random.nextInt(5);
      };
    }
  },
  HALVES {
    @Override
    double next(Random random) {
      return Math.scalb(random.nextInt(9) - 4.0, 53 * random.nextInt(3) - 1);
    }
  },
  /** Squares of which the mean is exactly representable, or nearly. */
  FAR_FROM_ZERO {
    @Override
    double next(Random random) {
      return 1e9 + random.nextInt(3) / 4.0;
    }
  },
  FLOATS {
    @Override
    double next(Random random) {
      float value = Float.intBitsToFloat(random.nextInt());
      return Float.isFinite(value) ? value : random.nextFloat();
    }
  },
  SPECIAL {
    @Override
    double next(Random random) {
      return switch (random.nextInt(12)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> Double.NEGATIVE_INFINITY;
        default -> NEARBY.next(random);
      };
    }
  };

  /** Sums of all kinds: cancellation beyond the range, NaN that leaves, and absorbed ones. */
  static final double[] HARD = {1e308, 1e308, -1e308, Double.NaN, 1, 1e16, 1, -1e16};

  /** An infinity that entered and left. */
  static final double[] INFINITE = {1, Double.POSITIVE_INFINITY, 2, -3, 0.1, 0.2, 0.3};

  abstract double next(Random random);

  List<long[]> cells(Random random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = next(random);
    }
    return cells(values);
  }

  static List<long[]> cells(double[] values) {
    List<long[]> cells = new ArrayList<>();
    for (double value : values) {
      cells.add(new long[] {Double.doubleToRawLongBits(value)});
    }
    return cells;
  }
}
