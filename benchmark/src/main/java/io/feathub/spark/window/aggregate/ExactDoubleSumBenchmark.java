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
 * Summing up doubles, exactly and, as a floor, by plain additions that round each. An operation is
 * one addition; the sum is read once.
 */
@State(Scope.Thread)
public class ExactDoubleSumBenchmark {
  private static final int VALUES = 1 << 16;

  @Param private DoubleValues exponents;

  private final ExactDoubleSum sum = new ExactDoubleSum(new Magnitude(), RemovalOrder.OLDEST_FIRST);
  private double[] values;

  /** Its parameters are set by JMH. */
  public ExactDoubleSumBenchmark() {}

  ExactDoubleSumBenchmark(DoubleValues exponents) {
    this.exponents = exponents;
  }

  @Setup
  public void prepare() {
    values = exponents.values(VALUES);
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double add() {
    sum.clear();
    for (double value : values) {
      sum.add(value);
    }
    return sum.sum();
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double addPlain() {
    double plain = 0;
    for (double value : values) {
      plain += value;
    }
    return plain;
  }

  double[] values() {
    return values.clone();
  }
}
