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

import io.feathub.spark.benchmark.kernel.UnlimitedMemory;
import io.feathub.spark.spill.Limits;
import io.feathub.spark.spill.SpillSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.spark.sql.types.DataTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * MAX of the last doubles at every row. An operation is one row: a value enters, one leaves, and
 * the maximum is read.
 */
@State(Scope.Thread)
public class ExtremeValuesBenchmark {
  private static final int VALUES = 1 << 16;
  private static final long SEED = 23L;

  @Param private Course course;

  /** Values in the frame. */
  @Param({"100", "10000"})
  private int frame;

  private final SpillSpace space =
      SpillSpace.inDirectory(
          Path.of(System.getProperty("java.io.tmpdir")),
          new UnlimitedMemory(),
          Limits.standard(),
          spilled -> {});
  private final ExtremeValues extremes =
      new ExtremeValues(ValueType.of(DataTypes.DoubleType), true, true, space);

  /** The bits of the values. */
  private long[] cells;

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
  public ExtremeValuesBenchmark() {}

  ExtremeValuesBenchmark(Course course, int frame) {
    this.course = course;
    this.frame = frame;
  }

  /** Draws the values and puts them in their order. */
  @Setup
  public void prepare() {
    double[] values = new SplittableRandom(SEED).doubles(VALUES).toArray();
    if (course != Course.RANDOM) {
      Arrays.sort(values);
    }
    cells = new long[VALUES];
    for (int i = 0; i < VALUES; i++) {
      double value = course == Course.FALLING ? values[VALUES - 1 - i] : values[i];
      cells[i] = Double.doubleToRawLongBits(value);
    }
  }

  /** The bits of all maxima added up. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public long slide() {
    extremes.clear();
    long sum = 0;
    for (int i = 0; i < VALUES; i++) {
      extremes.add(i, i, cells, i, null);
      long first = Math.max(0, i - frame + 1);
      extremes.dropBefore(first);
      extremes.findFrom(first);
      sum += extremes.found()[extremes.foundAt()];
    }
    return sum;
  }

  /** Releases the memory. */
  @TearDown
  public void close() {
    space.close();
  }

  /** The values in their order. */
  double[] values() {
    return Arrays.stream(cells).mapToDouble(Double::longBitsToDouble).toArray();
  }
}
