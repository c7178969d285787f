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

import io.feathub.spark.connector.options.DataFormat;
import io.feathub.spark.connector.options.PlainFilesOptions;
import io.feathub.spark.connector.options.ReadMode;
import io.feathub.spark.connector.time.EventTime;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What is done with each row that Spark's reader gives: which columns are appended and which order
 * is verified. Sent to the executors.
 *
 * @param fileColumns the columns of Spark's reader
 * @param eventTimeColumns appended after them; each holds the event time
 * @param eventTime null if the query does not read it
 * @param ordering the longest prefix of the declared ordering that this query reads
 * @param checkColumns whether a column that a Parquet file lacks is an error: not if files are
 *     declared to differ, or columns are found by field id
 * @param caseSensitive whether names of columns differ by case; the session's conf is not at hand
 *     on executors
 */
record ReadPlan(
    StructType fileColumns,
    List<StructField> eventTimeColumns,
    EventTime eventTime,
    List<String> ordering,
    DataFormat format,
    ReadMode mode,
    boolean checkColumns,
    boolean caseSensitive)
    implements Serializable {
  private static final String MERGE_SCHEMA = "mergeSchema";

  static ReadPlan of(
      StructType fileColumns,
      List<StructField> eventTimeColumns,
      PlainFilesOptions options,
      DeclaredColumns declared) {
    List<String> read = new ArrayList<>();
    for (StructField column : fileColumns.fields()) {
      // The order of structs says nothing about the order of some of their fields.
      if (column.dataType().equals(declared.fileSchema().apply(column.name()).dataType())) {
        read.add(column.name());
      }
    }
    eventTimeColumns.forEach(column -> read.add(column.name()));
    List<String> ordering = declared.ordering().stream().takeWhile(read::contains).toList();
    boolean merged = options.readerOption(MERGE_SCHEMA).map(Boolean::parseBoolean).orElse(false);
    return new ReadPlan(
        fileColumns,
        eventTimeColumns,
        eventTimeColumns.isEmpty() ? null : declared.eventTime(),
        ordering,
        options.format(),
        options.mode(),
        options.format() == DataFormat.PARQUET
            && !merged
            && !SQLConf.get().parquetFieldIdReadEnabled(),
        SQLConf.get().caseSensitiveAnalysis());
  }

  /** The columns of the rows that leave this source. */
  StructType outputSchema() {
    StructType schema = fileColumns;
    for (StructField column : eventTimeColumns) {
      schema = schema.add(column);
    }
    return schema;
  }

  /** Where the timestamp field stands among the columns of Spark's reader. */
  int timestampOrdinal() {
    return fileColumns.fieldIndex(eventTime.field());
  }

  /** Rows can be left out only one by one. */
  boolean needsRows() {
    return eventTime != null && mode == ReadMode.DROPMALFORMED;
  }

  /** Whether rows pass through as they are. */
  boolean isIdentity() {
    return eventTime == null && ordering.isEmpty();
  }
}
