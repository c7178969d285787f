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

import io.feathub.spark.connector.options.ColumnResolver;
import io.feathub.spark.connector.options.OptionNames;
import io.feathub.spark.connector.options.PlainFilesOptions;
import io.feathub.spark.connector.time.EventTime;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What the options say about columns, found in the files' schema and spelt as there.
 *
 * @param eventTime null if no timestamp field is declared
 * @param ordering columns of the table, the event time column included
 */
record DeclaredColumns(
    StructType fileSchema, List<String> keys, EventTime eventTime, List<String> ordering) {
  /** The name of the metadata column. */
  static final String EVENT_TIME = "_event_time";

  static DeclaredColumns of(PlainFilesOptions options, StructType schema, boolean caseSensitive) {
    ColumnResolver columns = new ColumnResolver(schema, caseSensitive);
    List<String> keys = columns.columns(OptionNames.KEYS, options.keys());
    EventTime eventTime = null;
    if (options.timestampField() != null) {
      StructField field = columns.column(OptionNames.TIMESTAMP_FIELD, options.timestampField());
      eventTime =
          EventTime.of(field.name(), field.dataType(), options.timestampFormat(), options.zone());
    }
    StructType tableSchema = schema;
    if (options.eventTimeColumn() != null) {
      columns.requireAbsent(options.eventTimeColumn());
      tableSchema = schema.add(options.eventTimeColumn(), DataTypes.TimestampType);
    }
    ColumnResolver tableColumns = new ColumnResolver(tableSchema, caseSensitive);
    List<String> ordering = tableColumns.columns(OptionNames.ORDERING, options.ordering());
    for (String name : ordering) {
      if (!Ordering.isOrderable(tableSchema.apply(name).dataType())) {
        throw ReadErrors.unorderable(name, tableSchema.apply(name).dataType());
      }
    }
    return new DeclaredColumns(schema, keys, eventTime, ordering);
  }

  /** A column of the files or of the user with that name hides the metadata column. */
  boolean hasMetadataColumn(PlainFilesOptions options) {
    return eventTime != null
        && !List.of(fileSchema.fieldNames()).contains(EVENT_TIME)
        && !EVENT_TIME.equals(options.eventTimeColumn());
  }

  /** Whether a column of a query is the event time and not in the files. */
  boolean isEventTime(String name, PlainFilesOptions options) {
    return name.equals(options.eventTimeColumn())
        || (name.equals(EVENT_TIME) && hasMetadataColumn(options));
  }
}
