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

import io.feathub.spark.bucketsort.BucketTimeSorter;
import io.feathub.spark.bucketsort.TimeOrder;
import io.feathub.spark.interop.CatalystExpressions;
import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Sorting a window's rows by hash bucket and time: putting them in, sorting, and going through
 * them. Rows are {@code (key, time, number)} in random order. An operation is one row.
 */
@State(Scope.Thread)
public class BucketTimeSortBenchmark {
  private static final int ROWS = 200_000;
  private static final int KEYS = 20_000;
  private static final long SEED = 29L;

  /** Thirty days in microseconds. */
  private static final long SPAN = 30L * 86_400 * 1_000_000;

  private static final StructType SCHEMA =
      new StructType()
          .add("key", DataTypes.LongType)
          .add("time", DataTypes.LongType)
          .add("number", DataTypes.LongType);

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
    byTime =
        RowOrdering.create(
            ScalaCollections.seq(
                List.of(
                    CatalystExpressions.ascending(
                        new BoundReference(1, DataTypes.LongType, true)))),
            ScalaCollections.seq());
    rows = new UnsafeRow[ROWS];
    SplittableRandom random = new SplittableRandom(SEED);
    UnsafeRowWriter writer = new UnsafeRowWriter(3);
    for (int i = 0; i < ROWS; i++) {
      writer.reset();
      writer.zeroOutNullBytes();
      writer.write(0, (long) random.nextInt(KEYS));
      // No two times are equal, so that there is one right order.
      writer.write(1, random.nextLong(SPAN / ROWS) * ROWS + i);
      writer.write(2, (long) i);
      rows[i] = writer.getRow().copy();
    }
  }

  /** A hash of the rows' numbers in their order. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long sort() {
    return task.run(this::sortInTask);
  }

  private long sortInTask() {
    BucketTimeSorter sorter =
        new BucketTimeSorter(
            BucketTimeSortBenchmark::newReader,
            new TimeOrder(true),
            SCHEMA,
            byTime,
            new BucketTimeSorter.Options(task.pageSizeBytes(), radix));
    for (UnsafeRow row : rows) {
      sorter.insert(row);
    }
    RowIterator sorted = sorter.sorted();
    long hash = 0;
    while (sorted.advanceNext()) {
      hash = 31 * hash + sorted.getRow().getLong(2);
    }
    return hash;
  }

  private static RowReader newReader() {
    UnsafeProjection key = UnsafeProjection.create(new DataType[] {DataTypes.LongType});
    return new RowReader(key, null, 1, new int[0], new ValueType[0]);
  }

  @TearDown
  public void close() {
    task.close();
  }

  UnsafeRow[] rows() {
    return rows.clone();
  }
}
