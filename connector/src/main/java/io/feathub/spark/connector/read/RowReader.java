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

import io.feathub.spark.connector.options.ReadMode;
import io.feathub.spark.connector.time.UnparsableEventTimeException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.FilePartition;

/** Row by row. The row that {@link #get} gives is reused: it is valid until the next one. */
final class RowReader extends FilesReader<InternalRow> {
  private final GenericInternalRow eventTimes;
  private final JoinedRow joined = new JoinedRow();
  private final int timestampOrdinal;
  private InternalRow output;

  RowReader(PartitionReaderFactory factory, ReadPlan plan, FilePartition partition) {
    super(factory, plan, partition);
    this.eventTimes = new GenericInternalRow(plan.eventTimeColumns().size());
    this.timestampOrdinal = plan.eventTime() == null ? -1 : plan.timestampOrdinal();
  }

  @Override
  protected PartitionReader<InternalRow> open(PartitionReaderFactory opener, FilePartition single) {
    return opener.createReader(single);
  }

  @Override
  protected boolean accept(InternalRow input) {
    output = input;
    if (timestampOrdinal >= 0) {
      if (!readEventTime(input)) {
        return false;
      }
      output = joined.apply(input, eventTimes);
    }
    verify(output);
    return true;
  }

  private boolean readEventTime(InternalRow input) {
    Object value = null;
    if (!input.isNullAt(timestampOrdinal)) {
      try {
        value = eventTime(input, timestampOrdinal);
      } catch (UnparsableEventTimeException e) {
        if (plan.mode() == ReadMode.DROPMALFORMED) {
          return false;
        }
      }
    }
    for (int i = 0; i < eventTimes.numFields(); i++) {
      eventTimes.update(i, value);
    }
    return true;
  }

  @Override
  public InternalRow get() {
    return output;
  }
}
