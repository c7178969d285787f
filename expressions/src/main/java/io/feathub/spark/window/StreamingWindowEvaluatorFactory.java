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

import io.feathub.spark.bucketsort.TimeOrder;
import io.feathub.spark.interop.ScalaCollections;
import io.feathub.spark.interop.WindowFrames;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.PartitionEvaluator;
import org.apache.spark.PartitionEvaluatorFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateUnsafeRowJoiner;
import org.apache.spark.sql.execution.RowIterator;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;

/**
 * Puts the loop together in a task.
 *
 * @param sorted whether rows come sorted by (keys, time)
 */
record StreamingWindowEvaluatorFactory(
    WindowInputs inputs,
    List<WindowFunction> functions,
    List<LowerBound> bounds,
    Seq<SortOrder> orderSpec,
    boolean sorted,
    WindowMetrics metrics)
    implements PartitionEvaluatorFactory<InternalRow, InternalRow> {

  @Override
  public PartitionEvaluator<InternalRow, InternalRow> createEvaluator() {
    return new Evaluator(this);
  }

  private RowIterator newIterator(RowIterator input) {
    TaskContext task = TaskContext.get();
    TaskStateMemory memory = new TaskStateMemory(task.taskMemoryManager());
    TimeOrder order = new TimeOrder(WindowFrames.isNullsFirst(orderSpec.head()));
    StructType schema = schema();
    RowIterator rows =
        sorted ? input : new SortedRows(input, inputs, order, schema, orderSpec, metrics);
    FrameLayout layout = new FrameLayout(functions, bounds.size(), inputs.inputs().size(), memory);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              metrics.peakMemory().add(memory.peak());
              memory.close();
            });
    return new StreamingWindowIterator(
        rows,
        schema.length(),
        inputs.newReader(),
        inputs.newReader(),
        sorted ? new SingleKeyScope(layout, inputs.keys().size()) : new HashBucketScope(layout),
        new FrameBounds(bounds),
        new SpillablePeerRows(SQLConf.get(), metrics.spillSize()),
        GenerateUnsafeRowJoiner.create(schema, resultSchema()),
        order,
        largest -> metrics.largestFrame().set((double) largest));
  }

  private StructType schema() {
    List<StructField> fields = new ArrayList<>();
    for (Attribute column : ScalaCollections.list(inputs.childOutput())) {
      fields.add(DataTypes.createStructField(column.name(), column.dataType(), column.nullable()));
    }
    return DataTypes.createStructType(fields);
  }

  /** Results take eight bytes each; of which type they are is of no importance to the joiner. */
  private StructType resultSchema() {
    List<StructField> fields = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      fields.add(DataTypes.createStructField("result" + i, DataTypes.LongType, true));
    }
    return DataTypes.createStructType(fields);
  }

  private static final class Evaluator implements PartitionEvaluator<InternalRow, InternalRow> {
    private final StreamingWindowEvaluatorFactory factory;

    Evaluator(StreamingWindowEvaluatorFactory factory) {
      this.factory = factory;
    }

    @Override
    public Iterator<InternalRow> eval(
        int partitionIndex, scala.collection.immutable.Seq<Iterator<InternalRow>> inputs) {
      return new CountedRows(
              factory.newIterator(RowIterator.fromScala(inputs.head())),
              factory.metrics.outputRows())
          .toScala();
    }
  }
}
