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
import io.feathub.spark.connector.time.EventTimeReader;
import io.feathub.spark.connector.time.UnparsableEventTimeException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;

/**
 * Reads the files of a partition one after the other through Spark's reader. Knowing the file at
 * every moment, it names the file of whatever goes wrong, and starts the order anew with each file.
 *
 * @param <T> rows or batches of them
 */
abstract class FilesReader<T> implements PartitionReader<T> {
  protected final ReadPlan plan;
  private final PartitionReaderFactory factory;
  private final Iterator<PartitionedFile> remaining;
  private final FailureTranslator failures;
  private final ParquetColumnCheck columnCheck;
  private final EventTimeReader eventTimes;
  private final OrderVerifier order;

  private PartitionedFile file;
  private PartitionReader<T> reader;
  private long rowsOfFile;

  protected FilesReader(PartitionReaderFactory factory, ReadPlan plan, FilePartition partition) {
    this.plan = plan;
    this.factory = factory;
    this.remaining = List.of(partition.files()).iterator();
    this.failures = new FailureTranslator(factory, plan);
    this.columnCheck = ParquetColumnCheck.of(factory, plan);
    this.eventTimes = plan.eventTime() == null ? null : plan.eventTime().reader();
    this.order = plan.ordering().isEmpty() ? null : new OrderVerifier(plan);
  }

  /** Spark's reader of one file or split. */
  protected abstract PartitionReader<T> open(PartitionReaderFactory opener, FilePartition single);

  /** Takes what Spark's reader gave and makes our output of it; false to leave it out. */
  protected abstract boolean accept(T input);

  @Override
  public final boolean next() throws IOException {
    while (reader != null || openNext()) {
      if (advance()) {
        if (accept(reader.get())) {
          return true;
        }
      } else {
        closeFile();
      }
    }
    return false;
  }

  private boolean openNext() {
    if (!remaining.hasNext()) {
      return false;
    }
    file = remaining.next();
    rowsOfFile = 0;
    if (order != null) {
      order.startFile();
    }
    if (columnCheck != null) {
      columnCheck.check(file);
    }
    try {
      reader = open(factory, new FilePartition(0, new PartitionedFile[] {file}));
    } catch (Exception e) {
      throw failures.translate(e, file, rowsOfFile);
    }
    return true;
  }

  private boolean advance() {
    try {
      return reader.next();
    } catch (Exception e) {
      throw failures.translate(e, file, rowsOfFile);
    }
  }

  /** Counts a row of the current file and checks that it may follow the one before it. */
  protected final void verify(InternalRow outputRow) {
    rowsOfFile++;
    if (order != null && !order.accepts(outputRow)) {
      throw ReadErrors.unsorted(
          FilePaths.display(file),
          FilePaths.rowPlace(file, rowsOfFile),
          String.join(", ", plan.ordering()),
          order.previousValues(),
          order.currentValues());
    }
  }

  /**
   * The event time of a row of the current file, whose timestamp field is not null.
   *
   * @throws UnparsableEventTimeException if the mode is not failfast and the value is not a time
   */
  protected final long eventTime(InternalRow fileRow, int ordinal)
      throws UnparsableEventTimeException {
    try {
      return eventTimes.read(fileRow, ordinal);
    } catch (UnparsableEventTimeException e) {
      if (plan.mode() == ReadMode.FAILFAST) {
        throw failures.unparsable(e, fileRow, file, rowsOfFile);
      }
      throw e;
    }
  }

  /** Counts rows that need no look. */
  protected final void skipVerification(int rows) {
    rowsOfFile += rows;
  }

  private void closeFile() throws IOException {
    if (reader != null) {
      PartitionReader<T> closing = reader;
      reader = null;
      closing.close();
    }
  }

  @Override
  public void close() throws IOException {
    closeFile();
  }

  @Override
  public final CustomTaskMetric[] currentMetricsValues() {
    return reader == null ? new CustomTaskMetric[0] : reader.currentMetricsValues();
  }
}
