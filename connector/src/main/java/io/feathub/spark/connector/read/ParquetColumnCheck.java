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

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.v2.parquet.ParquetPartitionReaderFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Refuses Parquet files that lack a declared column, which Spark would read as nulls, or hold it in
 * a type that it cannot be read from. All declared columns count, not only those that a query
 * reads, and fields of structs as well. Costs one more read of the footer for each file or split.
 */
final class ParquetColumnCheck {
  private final StructType declared;
  private final Configuration conf;
  private final boolean caseSensitive;

  private ParquetColumnCheck(StructType declared, Configuration conf, boolean caseSensitive) {
    this.declared = declared;
    this.conf = conf;
    this.caseSensitive = caseSensitive;
  }

  /** Null where nothing is checked. */
  static ParquetColumnCheck of(PartitionReaderFactory factory, ReadPlan plan) {
    if (!plan.checkColumns() || !(factory instanceof ParquetPartitionReaderFactory parquet)) {
      return null;
    }
    return new ParquetColumnCheck(
        parquet.dataSchema(), parquet.broadcastedConf().value().value(), plan.caseSensitive());
  }

  void check(PartitionedFile file) {
    GroupType schema;
    ParquetReadOptions options =
        ParquetReadOptions.builder()
            .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
            .build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.toPath(), conf), options)) {
      schema = reader.getFileMetaData().getSchema();
    } catch (IOException | RuntimeException e) {
      // Spark's reader meets the same and knows whether such files are to be skipped.
      return;
    }
    check(declared, schema, "", file);
  }

  private void check(StructType wanted, GroupType group, String prefix, PartitionedFile file) {
    for (StructField field : wanted.fields()) {
      Type found = find(group, field.name());
      if (found == null) {
        List<String> columns = group.getFields().stream().map(Type::getName).toList();
        throw ReadErrors.missingColumn(FilePaths.display(file), prefix + field.name(), columns);
      }
      if (!ParquetTypes.canRead(field.dataType(), found)) {
        throw ReadErrors.columnType(
            FilePaths.display(file),
            prefix + field.name(),
            field.dataType().sql(),
            found.toString(),
            null);
      }
      if (field.dataType() instanceof StructType struct && !found.isPrimitive()) {
        check(struct, found.asGroupType(), prefix + field.name() + ".", file);
      }
    }
  }

  private Type find(GroupType group, String name) {
    for (Type type : group.getFields()) {
      if (caseSensitive ? type.getName().equals(name) : type.getName().equalsIgnoreCase(name)) {
        return type;
      }
    }
    return null;
  }
}
