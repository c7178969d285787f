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
package io.feathub.spark.bucketsort;

import io.feathub.spark.benchmark.kernel.FakeTask;
import io.feathub.spark.benchmark.kernel.RandomRows;
import io.feathub.spark.interop.CatalystExpressions;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Sorting rows by hash bucket and time as an as-of join does: putting them in, sorting, and going
 * through them. An operation is one of {@link RandomRows}.
 */
@State(Scope.Thread)
public class BucketTimeSortBenchmark {
  /** Whether packed prefixes are sorted by their digits or by comparisons. */
  @Param({"true", "false"})
  private boolean radix;

  private UnsafeRow[] rows;
  private FakeTask task;
  private BaseOrdering byTime;

  /** Its parameters are set by JMH. */
  public BucketTimeSortBenchmark() {}

  BucketTimeSortBenchmark(boolean radix) {
    this.radix = radix;
  }

  /** Makes the rows, and what a sorter needs around it. */
  @Setup
  public void prepare() {
    task = new FakeTask();
    byTime = CatalystExpressions.orderingBy(RandomRows.TIME, DataTypes.LongType, false);
    rows = RandomRows.newRows();
  }

  /** A hash of the rows' numbers in their order. */
  @Benchmark
  @OperationsPerInvocation(RandomRows.ROWS)
  public long sort() {
    return task.run(this::sortInTask);
  }

  private long sortInTask() {
    BucketTimeSorter sorter =
        new BucketTimeSorter(
            KeyAndTime::new,
            new TimeOrder(true),
            RandomRows.SCHEMA,
            byTime,
            new BucketTimeSorter.Options(task.pageSizeBytes(), radix));
    for (UnsafeRow row : rows) {
      sorter.insert(row);
    }
    RowIterator sorted = sorter.sorted();
    long hash = 0;
    while (sorted.advanceNext()) {
      hash = 31 * hash + sorted.getRow().getLong(RandomRows.NUMBER);
    }
    return hash;
  }

  @TearDown
  public void close() {
    task.close();
  }

  UnsafeRow[] rows() {
    return rows.clone();
  }

  private static final class KeyAndTime implements BucketedRow {
    private final UnsafeProjection keyOf =
        UnsafeProjection.create(new DataType[] {DataTypes.LongType});
    private int bucket;
    private long time;

    @Override
    public void load(UnsafeRow row) {
      bucket = BucketAndTime.bucket(keyOf.apply(row));
      time = row.getLong(RandomRows.TIME);
    }

    @Override
    public int bucket() {
      return bucket;
    }

    @Override
    public boolean untimed() {
      return false;
    }

    @Override
    public long time() {
      return time;
    }
  }
}
