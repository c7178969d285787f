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

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Wraps the readers of Spark's factory; runs on the executors. */
final class FilesReaderFactory implements PartitionReaderFactory {
  private final PartitionReaderFactory files;
  private final ReadPlan plan;

  FilesReaderFactory(PartitionReaderFactory files, ReadPlan plan) {
    this.files = files;
    this.plan = plan;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new RowReader(files, plan, (FilePartition) partition);
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new BatchReader(files, plan, (FilePartition) partition);
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return !plan.needsRows() && files.supportColumnarReads(partition);
  }
}
