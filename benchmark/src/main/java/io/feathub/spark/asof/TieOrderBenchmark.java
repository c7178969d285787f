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
package io.feathub.spark.asof;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Comparing two right rows of equal key and time. The columns are longs, doubles and strings by
 * turns. An operation is one comparison.
 */
@State(Scope.Thread)
public class TieOrderBenchmark {
  private static final int PAIRS = 1 << 10;
  private static final long SEED = 13L;

  @Param({"1", "8", "64"})
  private int columns;

  @Param private Difference difference;

  private final boolean[] greater = new boolean[PAIRS];
  private final UnsafeRow[] ones = new UnsafeRow[PAIRS];
  private final UnsafeRow[] others = new UnsafeRow[PAIRS];
  private TieOrder order;

  /** Where the two rows differ. */
  public enum Difference {
    FIRST_COLUMN,
    LAST_COLUMN,
    NOWHERE
  }

  /** Its parameters are set by JMH. */
  public TieOrderBenchmark() {}

  TieOrderBenchmark(int columns, Difference difference) {
    this.columns = columns;
    this.difference = difference;
  }

  /** Makes pairs of rows that differ at most in one column. */
  @Setup
  public void prepare() {
    List<DataType> types = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      types.add(
          switch (column % 3) {
            case 0 -> DataTypes.LongType;
            case 1 -> DataTypes.DoubleType;
            default -> DataTypes.StringType;
          });
    }
    order = new TieOrder(types, RightSide.NONE, types.size());
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < PAIRS; i++) {
      int[] values = random.ints(columns, 100, 900).toArray();
      others[i] = row(values);
      greater[i] = random.nextBoolean();
      int change = greater[i] ? 1 : -1;
      switch (difference) {
        case FIRST_COLUMN -> values[0] += change;
        case LAST_COLUMN -> values[columns - 1] += change;
        case NOWHERE -> {}
      }
      ones[i] = row(values);
    }
  }

  /** How many more of the first rows are greater than smaller. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public int compare() {
    int balance = 0;
    for (int i = 0; i < PAIRS; i++) {
      balance += Integer.signum(order.compare(ones[i], others[i]));
    }
    return balance;
  }

  /** What {@link #compare} has to give. */
  int expected() {
    int balance = 0;
    for (boolean up : greater) {
      balance += up ? 1 : -1;
    }
    return difference == Difference.NOWHERE ? 0 : balance;
  }

  /** All numbers have three digits, so that strings are ordered as they are. */
  private UnsafeRow row(int[] values) {
    UnsafeRowWriter writer = new UnsafeRowWriter(columns);
    writer.reset();
    writer.zeroOutNullBytes();
    for (int column = 0; column < columns; column++) {
      switch (column % 3) {
        case 0 -> writer.write(column, (long) values[column]);
        case 1 -> writer.write(column, (double) values[column]);
        default -> writer.write(column, UTF8String.fromString("text " + values[column]));
      }
    }
    return writer.getRow().copy();
  }
}
