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

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.FieldReference;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportOrdering;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.v2.FileScan;
import org.apache.spark.sql.internal.connector.SupportsMetadata;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's scan of the files with event time and verified order on top. It is its own {@link Batch},
 * as Spark's file scans are: both are compared when Spark looks for exchanges and caches to reuse.
 *
 * <p>A declared ordering holds within a file, so with one each partition is one file or one split
 * of a file, and Spark is told the prefix of it that the query reads.
 */
final class FilesScan
    implements Batch, SupportsReportOrdering, SupportsReportStatistics, SupportsMetadata {
  private final FileScan files;
  private final ReadPlan plan;

  FilesScan(FileScan files, ReadPlan plan) {
    this.files = files;
    this.plan = plan;
  }

  @Override
  public StructType readSchema() {
    return plan.outputSchema();
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return plan.needsRows() ? ColumnarSupportMode.UNSUPPORTED : files.columnarSupportMode();
  }

  @Override
  public InputPartition[] planInputPartitions() {
    InputPartition[] partitions = files.planInputPartitions();
    if (plan.ordering().isEmpty()) {
      return partitions;
    }
    List<InputPartition> single = new ArrayList<>();
    for (InputPartition partition : partitions) {
      for (PartitionedFile file : ((FilePartition) partition).files()) {
        single.add(new FilePartition(single.size(), new PartitionedFile[] {file}));
      }
    }
    return single.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new FilesReaderFactory(WholeJsonRecords.in(files.createReaderFactory()), plan);
  }

  @Override
  public SortOrder[] outputOrdering() {
    return plan.ordering().stream()
        .map(
            column ->
                Expressions.sort(
                    FieldReference.column(column),
                    SortDirection.ASCENDING,
                    NullOrdering.NULLS_FIRST))
        .toArray(SortOrder[]::new);
  }

  @Override
  public Statistics estimateStatistics() {
    return files.estimateStatistics();
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return files.supportedCustomMetrics();
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder("feathub ").append(files.description());
    ours().forEach((name, value) -> text.append(", ").append(name).append(": ").append(value));
    return text.toString();
  }

  @Override
  public scala.collection.immutable.Map<String, String> getMetaData() {
    Map<String, String> all = new LinkedHashMap<>(ScalaCollections.map(files.getMetaData()));
    all.putAll(ours());
    return ScalaCollections.map(all);
  }

  private Map<String, String> ours() {
    Map<String, String> ours = new LinkedHashMap<>();
    if (plan.eventTime() != null) {
      ours.put("EventTime", plan.eventTime().field() + " as " + plan.eventTime().describe());
    }
    if (!plan.ordering().isEmpty()) {
      ours.put("Ordering", plan.ordering().toString());
    }
    ours.put("Mode", plan.mode().optionValue());
    return ours;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilesScan that && files.equals(that.files) && plan.equals(that.plan);
  }

  @Override
  public int hashCode() {
    return Objects.hash(files, Arrays.hashCode(plan.fileColumns().fieldNames()));
  }

  @Override
  public String toString() {
    return description();
  }
}
