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
import io.feathub.spark.bucketsort.BucketTimeSorter.Options;
import io.feathub.spark.bucketsort.TimeOrder;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

/** Sorts its input by hash bucket and time when the first row is asked for. */
final class SortedRows extends RowIterator {
  private final RowIterator input;
  private final WindowInputs inputs;
  private final TimeOrder order;
  private final StructType schema;
  private final Seq<SortOrder> orderSpec;
  private final WindowMetrics metrics;
  private RowIterator sorted;

  SortedRows(
      RowIterator input,
      WindowInputs inputs,
      TimeOrder order,
      StructType schema,
      Seq<SortOrder> orderSpec,
      WindowMetrics metrics) {
    this.input = input;
    this.inputs = inputs;
    this.order = order;
    this.schema = schema;
    this.orderSpec = orderSpec;
    this.metrics = metrics;
  }

  @Override
  public boolean advanceNext() {
    if (sorted == null) {
      sorted = sort();
    }
    return sorted.advanceNext();
  }

  @Override
  public InternalRow getRow() {
    return sorted.getRow();
  }

  private RowIterator sort() {
    BucketTimeSorter sorter =
        new BucketTimeSorter(
            inputs::newReader,
            order,
            schema,
            RowOrdering.create(orderSpec, inputs.childOutput()),
            new Options(
                SparkEnv.get().memoryManager().pageSizeBytes(), SQLConf.get().enableRadixSort()));
    // A child that sorts or aggregates has spilled before it gives its first row.
    boolean atRow = input.advanceNext();
    TaskMetrics task = TaskContext.get().taskMetrics();
    long spilledBefore = task.memoryBytesSpilled();
    while (atRow) {
      sorter.insert((UnsafeRow) input.getRow());
      atRow = input.advanceNext();
    }
    RowIterator rows = sorter.sorted();
    metrics.sortTime().add(TimeUnit.NANOSECONDS.toMillis(sorter.sortNanos()));
    metrics.spillSize().add(task.memoryBytesSpilled() - spilledBefore);
    metrics.peakMemory().add(sorter.peakMemory());
    task.incPeakExecutionMemory(sorter.peakMemory());
    return rows;
  }
}
