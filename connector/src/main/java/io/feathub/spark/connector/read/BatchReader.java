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
package io.feathub.spark.connector.read;

import io.feathub.spark.connector.time.UnparsableEventTimeException;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Batch by batch. The file's vectors stay those of Spark's reader, which closes them; the vector of
 * event times is ours and reused from batch to batch.
 */
final class BatchReader extends FilesReader<ColumnarBatch> {
  private final int timestampOrdinal;
  private WritableColumnVector eventTimes;
  private int capacity;
  private ColumnarBatch output;

  BatchReader(PartitionReaderFactory factory, ReadPlan plan, FilePartition partition) {
    super(factory, plan, partition);
    this.timestampOrdinal = plan.eventTime() == null ? -1 : plan.timestampOrdinal();
  }

  @Override
  protected PartitionReader<ColumnarBatch> open(
      PartitionReaderFactory opener, FilePartition single) {
    return opener.createColumnarReader(single);
  }

  @Override
  protected boolean accept(ColumnarBatch input) {
    output = input;
    if (plan.isIdentity()) {
      skipVerification(input.numRows());
      return true;
    }
    if (timestampOrdinal >= 0) {
      reserve(input.numRows());
      output = withEventTimes(input);
    }
    for (int i = 0; i < input.numRows(); i++) {
      if (timestampOrdinal >= 0) {
        putEventTime(input.getRow(i), i);
      }
      verify(output.getRow(i));
    }
    return true;
  }

  private void putEventTime(InternalRow row, int index) {
    if (!row.isNullAt(timestampOrdinal)) {
      try {
        eventTimes.putLong(index, eventTime(row, timestampOrdinal));
        return;
      } catch (UnparsableEventTimeException e) {
        eventTimes.putNull(index);
        return;
      }
    }
    eventTimes.putNull(index);
  }

  private void reserve(int rows) {
    if (eventTimes == null || capacity < rows) {
      closeEventTimes();
      capacity = rows;
      eventTimes = new OnHeapColumnVector(rows, DataTypes.TimestampType);
    } else {
      eventTimes.reset();
    }
  }

  private ColumnarBatch withEventTimes(ColumnarBatch input) {
    ColumnVector[] columns = new ColumnVector[input.numCols() + plan.eventTimeColumns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i < input.numCols() ? input.column(i) : eventTimes;
    }
    return new ColumnarBatch(columns, input.numRows());
  }

  @Override
  public ColumnarBatch get() {
    return output;
  }

  @Override
  public void close() throws IOException {
    closeEventTimes();
    super.close();
  }

  private void closeEventTimes() {
    if (eventTimes != null) {
      eventTimes.close();
      eventTimes = null;
    }
  }
}
