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

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Summing up longs beyond 64 bits, and, as a floor, by plain additions that wrap around; and the
 * average of a sliding frame of {@value #FRAME} longs. An operation is one long.
 */
@State(Scope.Thread)
public class ExactLongSumBenchmark {
  static final int FRAME = 100;
  private static final int VALUES = 1 << 16;
  private static final long SEED = 19L;

  @Param private Size size;

  private final ExactLongSum sum = new ExactLongSum(new Magnitude());
  private long[] values;

  /** How large the longs are. */
  public enum Size {
    /** Sums are doubles as they are. */
    SMALL,
    /** Sums need more than 64 bits. */
    LARGE
  }

  /** Its parameters are set by JMH. */
  public ExactLongSumBenchmark() {}

  ExactLongSumBenchmark(Size size) {
    this.size = size;
  }

  @Setup
  public void prepare() {
    long bound = size == Size.SMALL ? 1000 : Long.MAX_VALUE;
    values = new SplittableRandom(SEED).longs(VALUES, bound / 2, bound).toArray();
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double add() {
    sum.clear();
    for (long value : values) {
      sum.add(value);
    }
    return sum.average();
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long addPlain() {
    long plain = 0;
    for (long value : values) {
      plain += value;
    }
    return plain;
  }

  /** The bits of all averages added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slideAverage() {
    sum.clear();
    long bits = 0;
    for (int i = 0; i < VALUES; i++) {
      sum.add(values[i]);
      if (i >= FRAME) {
        sum.remove(values[i - FRAME]);
      }
      bits += Double.doubleToRawLongBits(sum.average());
    }
    return bits;
  }

  long[] values() {
    return values.clone();
  }
}
