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
package io.feathub.spark.features;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads tables as lazy DataFrames. */
final class TableReader {
  private final SparkSession session;

  TableReader(SparkSession session) {
    this.session = session;
  }

  /** The fields of a table, without its event time, which then is not parsed. */
  Dataset<Row> fields(TableDescriptor table, Collection<String> fields) {
    return read(table, false).select(columns(fields));
  }

  /** The fields of a table that has a timestamp field, and {@link FieldNames#EVENT_TIME}. */
  Dataset<Row> fieldsAndEventTime(TableDescriptor table, Collection<String> fields) {
    List<String> names = new ArrayList<>(fields);
    names.add(FieldNames.EVENT_TIME);
    return read(table, true).select(columns(names));
  }

  private Dataset<Row> read(TableDescriptor table, boolean withEventTime) {
    if (table instanceof FileSystemSource files) {
      return readFiles(files, withEventTime);
    }
    Dataset<Row> rows = ((DataFrameSource) table).dataFrame();
    return withEventTime
        ? rows.withColumn(
            FieldNames.EVENT_TIME, col(FieldNames.quoted(table.timestampField().orElseThrow())))
        : rows;
  }

  private Dataset<Row> readFiles(FileSystemSource files, boolean withEventTime) {
    DataFrameReader reader =
        session
            .read()
            .format("feathub")
            .schema(files.schema().toStructType())
            .options(files.readerOptions());
    if (withEventTime) {
      reader.option("event_time_column", FieldNames.EVENT_TIME);
    }
    return reader.load(files.path());
  }

  private static Column[] columns(Collection<String> names) {
    return names.stream().map(name -> col(FieldNames.quoted(name))).toArray(Column[]::new);
  }
}
