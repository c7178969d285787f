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

import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Building the index of an as-of join's right side. An operation is one right row. */
@State(Scope.Thread)
public class AsOfIndexBuildBenchmark {
  private static final int ROWS = 200_000;
  private static final long SEED = 11L;

  /** Versions of each key; there are always {@value #ROWS} rows. */
  @Param({"1", "100", "10000"})
  private int versions;

  @Param private RowOrder order;

  private VersionedKeys right;
  private UnsafeRow[] rows;

  /** In which order the right rows come. */
  public enum RowOrder {
    RANDOM,
    BY_KEY_AND_TIME
  }

  /** Its parameters are set by JMH. */
  public AsOfIndexBuildBenchmark() {}

  AsOfIndexBuildBenchmark(int versions, RowOrder order) {
    this.versions = versions;
    this.order = order;
  }

  /** Makes the right rows. */
  @Setup
  public void prepare() {
    right = new VersionedKeys(ROWS / versions, versions);
    rows = new UnsafeRow[ROWS];
    int[] numbers = rowNumbers();
    for (int i = 0; i < ROWS; i++) {
      rows[i] = right.row(numbers[i] / versions, numbers[i] % versions);
    }
  }

  /** The index; JMH calls this from a package that does not see its type. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object build() {
    return VersionedKeys.index(Arrays.<InternalRow>asList(rows).iterator());
  }

  VersionedKeys right() {
    return right;
  }

  private int[] rowNumbers() {
    int[] numbers = new int[ROWS];
    Arrays.setAll(numbers, i -> i);
    if (order == RowOrder.RANDOM) {
      Random random = new Random(SEED);
      for (int i = ROWS - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int moved = numbers[i];
        numbers[i] = numbers[other];
        numbers[other] = moved;
      }
    }
    return numbers;
  }
}
