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
 * The sum of the last doubles at every row: exactly, by adding the frame up at every row as Spark
 * does, and, as a floor of no use, by a plain addition and a plain subtraction that leave residues.
 * An operation is one row: a value enters, one leaves, and the sum is read.
 */
@State(Scope.Thread)
public class SlidingDoubleSumBenchmark {
  private static final int VALUES = 1 << 14;

  @Param private DoubleValues exponents;

  /** Values in the frame. */
  @Param({"10", "1000"})
  private int frame;

  private final ExactDoubleSum sum = new ExactDoubleSum(new Magnitude(), RemovalOrder.OLDEST_FIRST);
  private double[] values;

  /** Its parameters are set by JMH. */
  public SlidingDoubleSumBenchmark() {}

  SlidingDoubleSumBenchmark(DoubleValues exponents, int frame) {
    this.exponents = exponents;
    this.frame = frame;
  }

  @Setup
  public void prepare() {
    values = exponents.values(VALUES);
  }

  /** The bits of all sums added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slide() {
    sum.clear();
    long bits = 0;
    for (int i = 0; i < VALUES; i++) {
      sum.add(values[i]);
      if (i >= frame) {
        sum.remove(values[i - frame]);
      }
      bits += Double.doubleToRawLongBits(sum.sum());
    }
    return bits;
  }

  /** The bits of all sums added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long addUpEveryFrame() {
    long bits = 0;
    for (int i = 0; i < VALUES; i++) {
      double plain = 0;
      for (int j = Math.max(0, i - frame + 1); j <= i; j++) {
        plain += values[j];
      }
      bits += Double.doubleToRawLongBits(plain);
    }
    return bits;
  }

  /** The bits of all sums added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slidePlain() {
    double plain = 0;
    long bits = 0;
    for (int i = 0; i < VALUES; i++) {
      plain += values[i];
      if (i >= frame) {
        plain -= values[i - frame];
      }
      bits += Double.doubleToRawLongBits(plain);
    }
    return bits;
  }

  double[] values() {
    return values.clone();
  }
}
