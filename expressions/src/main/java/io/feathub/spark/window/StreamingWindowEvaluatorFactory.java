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

import io.feathub.spark.grouping.KeyGroupSorter;
import io.feathub.spark.grouping.RowKeySpec;
import io.feathub.spark.grouping.RowKeys;
import io.feathub.spark.grouping.RowOrder;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.spill.SpillSpace;
import io.feathub.spark.spill.TaskMemory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.PartitionEvaluator;
import org.apache.spark.PartitionEvaluatorFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BaseOrdering;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;

/**
 * Puts the loop together in a task.
 *
 * @param columns what is read of each row; null if that is the row itself
 * @param input the columns of the rows
 * @param sorted whether rows come sorted by (keys, ORDER BY)
 */
record StreamingWindowEvaluatorFactory(
    WindowPlan plan,
    List<Expression> columns,
    List<Attribute> input,
    RowKeySpec keys,
    RowOrder order,
    List<SortOrder> orderBy,
    boolean sorted,
    WindowMetrics metrics)
    implements PartitionEvaluatorFactory<InternalRow, InternalRow> {

  @Override
  public PartitionEvaluator<InternalRow, InternalRow> createEvaluator() {
    return new Evaluator(this);
  }

  private RowIterator newIterator(RowIterator rows) {
    TaskContext task = TaskContext.get();
    TaskMemory memory = new TaskMemory(task.taskMemoryManager());
    SpillSpace space =
        SpillSpace.ofTask(task, memory, WindowLimits.current(), metrics.spillSize()::add);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              metrics.peakMemory().add(memory.peak());
              memory.close();
            });
    StructType schema = schema();
    return new StreamingWindowIterator(
        borders(rows, schema),
        new RowReader(projection(), plan.order()),
        new KeyFrames(plan, space),
        new WaitingRows(schema.size(), space),
        plan,
        GenerateUnsafeRowJoiner.create(schema, plan.results()),
        largest -> metrics.largestFrame().set((double) largest));
  }

  private BorderedRows borders(RowIterator rows, StructType schema) {
    BaseOrdering peers =
        RowOrdering.create(ScalaCollections.seq(orderBy), ScalaCollections.seq(input));
    if (sorted) {
      RowKeys rowKeys = keys.newKeys();
      return new SortedRows(rows, (one, next) -> !rowKeys.equalTo(one, next), peers, schema.size());
    }
    TaskContext task = TaskContext.get();
    KeyGroupSorter sorter = new KeyGroupSorter(keys, order, schema.size(), task);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              metrics.sortTime().add(TimeUnit.NANOSECONDS.toMillis(sorter.sortNanos()));
              metrics.spillSize().add(sorter.spillBytes());
              metrics.peakMemory().add(sorter.peakMemory());
            });
    GroupedRows grouped = new GroupedRows(rows, sorter);
    return new SortedRows(grouped, (one, next) -> grouped.atNewKey(), peers, schema.size());
  }

  private UnsafeProjection projection() {
    return columns == null
        ? null
        : UnsafeProjection.create(ScalaCollections.seq(columns), ScalaCollections.seq(input));
  }

  private StructType schema() {
    // Spark's own factory of types would refuse columns of equal names.
    return new StructType(
        input.stream()
            .map(
                column ->
                    DataTypes.createStructField(
                        column.name(), column.dataType(), column.nullable()))
            .toArray(StructField[]::new));
  }

  private static final class Evaluator implements PartitionEvaluator<InternalRow, InternalRow> {
    private final StreamingWindowEvaluatorFactory factory;

    Evaluator(StreamingWindowEvaluatorFactory factory) {
      this.factory = factory;
    }

    @Override
    public Iterator<InternalRow> eval(int partitionIndex, Seq<Iterator<InternalRow>> inputs) {
      return new CountedRows(
              factory.newIterator(RowIterator.fromScala(inputs.head())),
              factory.metrics.outputRows())
          .toScala();
    }
  }
}
