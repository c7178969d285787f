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
package io.feathub.spark.window;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * MAX of the last doubles at every row. An operation is one row: a value enters, one leaves, and
 * the maximum is read.
 */
@State(Scope.Thread)
public class MonotonicDequeBenchmark {
  private static final int VALUES = 1 << 16;
  private static final long SEED = 23L;

  @Param private Course course;

  /** Values in the frame. */
  @Param({"100", "10000"})
  private int frame;

  private final MonotonicDeque deque =
      new MonotonicDeque(ValueType.DOUBLE, true, new UnlimitedMemory());
  private final UnsafeRow target = new UnsafeRow(1);
  private long[] bits;

  /** How the values change with time. */
  public enum Course {
    /** A few values are held. */
    RANDOM,
    /** Each value drives out the one before it. */
    RISING,
    /** All values of the frame are held. */
    FALLING
  }

  /** Its parameters are set by JMH. */
  public MonotonicDequeBenchmark() {}

  MonotonicDequeBenchmark(Course course, int frame) {
    this.course = course;
    this.frame = frame;
  }

  /** Draws the values and puts them in their order. */
  @Setup
  public void prepare() {
    target.pointTo(new byte[16], 16);
    double[] values = new SplittableRandom(SEED).doubles(VALUES).toArray();
    if (course != Course.RANDOM) {
      Arrays.sort(values);
    }
    bits = new long[VALUES];
    for (int i = 0; i < VALUES; i++) {
      double value = course == Course.FALLING ? values[VALUES - 1 - i] : values[i];
      bits[i] = Double.doubleToRawLongBits(value);
    }
  }

  /** The bits of all maxima added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slide() {
    deque.clear();
    long sum = 0;
    for (int i = 0; i < VALUES; i++) {
      deque.add(i, bits[i]);
      if (i >= frame) {
        deque.remove(i - frame, bits[i - frame]);
      }
      deque.write(target, 0);
      sum += target.getLong(0);
    }
    return sum;
  }

  /** The values in their order. */
  double[] values() {
    return Arrays.stream(bits).mapToDouble(Double::longBitsToDouble).toArray();
  }

  private static final class UnlimitedMemory implements StateMemory {
    @Override
    public void reserve(long bytes) {}

    @Override
    public void release(long bytes) {}
  }
}
