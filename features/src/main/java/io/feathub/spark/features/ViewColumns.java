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
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The columns of a view while it is built: first the fields of the source in order, then what was
 * added. A field of which a feature takes the name keeps its place under an internal one: it still
 * decides which of two rows of the same time comes first.
 */
final class ViewColumns {
  private final int sourceFields;

  /**
   * @param sourceFields how many fields the source has
   */
  ViewColumns(int sourceFields) {
    this.sourceFields = sourceFields;
  }

  /** The rows with features after all other columns, in the order of the map. */
  Dataset<Row> with(Dataset<Row> rows, Map<String, Column> features) {
    String[] names = rows.columns();
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      Column column = col(FieldNames.quoted(names[i]));
      if (!features.containsKey(names[i])) {
        all.add(column);
      } else if (i < sourceFields) {
        all.add(column.as("__feathub_source_" + i + "__"));
      }
    }
    features.forEach((name, value) -> all.add(value.as(name)));
    return rows.select(all.toArray(Column[]::new));
  }

  /** The fields of the source as they were, in order. */
  List<Column> ofSource(Dataset<Row> rows) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < sourceFields; i++) {
      fields.add(col(FieldNames.quoted(rows.columns()[i])));
    }
    return fields;
  }
}
