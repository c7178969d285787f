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

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The variance and the standard deviation of the last doubles at every row, exact and rounded once.
 * An operation is one row: a value enters, one leaves, and the result is read.
 */
@State(Scope.Thread)
public class SlidingVarianceBenchmark {
  private static final int VALUES = 1 << 13;

  @Param private DoubleValues exponents;

  /** Values in the frame. */
  @Param({"10", "1000"})
  private int frame;

  private final ExactVariance variance = new ExactVariance(new Magnitude());
  private long[] values;

  /** Its parameters are set by JMH. */
  public SlidingVarianceBenchmark() {}

  SlidingVarianceBenchmark(DoubleValues exponents, int frame) {
    this.exponents = exponents;
    this.frame = frame;
  }

  /** Draws the values. */
  @Setup
  public void prepare() {
    double[] drawn = exponents.values(VALUES);
    values = new long[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = Double.doubleToRawLongBits(drawn[i]);
    }
  }

  /** The bits of all variances added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slideVariance() {
    variance.clear();
    long bits = 0;
    for (int i = 0; i < VALUES; i++) {
      slideTo(i);
      bits += Double.doubleToRawLongBits(variance.variance(variance.count()));
    }
    return bits;
  }

  /** The bits of all standard deviations added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slideDeviation() {
    variance.clear();
    long bits = 0;
    for (int i = 0; i < VALUES; i++) {
      slideTo(i);
      bits += Double.doubleToRawLongBits(variance.deviation(variance.count()));
    }
    return bits;
  }

  private void slideTo(int end) {
    variance.add(values[end]);
    if (end >= frame) {
      variance.remove(values[end - frame]);
    }
  }

  double[] values() {
    return exponents.values(VALUES);
  }
}
