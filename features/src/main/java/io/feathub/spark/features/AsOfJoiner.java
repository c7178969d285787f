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

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;

/**
 * Joins tables to the rows of a view as of their event time, each table once, with all fields that
 * the view uses: so the fields of a table come from one of its rows. Only when a feature takes the
 * name of a key does the next feature of that table need another join.
 */
final class AsOfJoiner {
  private final TableReader reader;
  private final Map<TableDescriptor, Map<String, String>> joined = new HashMap<>();
  private int joins;

  AsOfJoiner(TableReader reader) {
    this.reader = reader;
  }

  /** The rows with the fields of the table, if they do not have them yet. */
  Dataset<Row> join(Dataset<Row> rows, String feature, TableDescriptor table, List<String> fields) {
    if (joined.containsKey(table)) {
      return rows;
    }
    requireComparableKeys(rows, feature, table);
    String prefix = "__feathub_join_" + joins++ + "_";
    Set<String> needed = new LinkedHashSet<>(fields);
    needed.addAll(table.keys());
    List<Column> right = new ArrayList<>();
    Map<String, String> columns = new HashMap<>();
    for (String field : fields) {
      String column = prefix + "field_" + columns.size() + "__";
      columns.put(field, column);
      right.add(col(FieldNames.quoted(field)).as(column));
    }
    String rightTime = prefix + "time__";
    right.add(col(FieldNames.EVENT_TIME).as(rightTime));
    Column condition = call_function("asof", col(FieldNames.EVENT_TIME).geq(col(rightTime)));
    List<String> onlyForMatching = new ArrayList<>(List.of(rightTime));
    for (String key : table.keys()) {
      String column = prefix + "key_" + onlyForMatching.size() + "__";
      right.add(col(FieldNames.quoted(key)).as(column));
      onlyForMatching.add(column);
      condition = col(FieldNames.quoted(key)).equalTo(col(column)).and(condition);
    }
    joined.put(table, columns);
    return rows.join(
            reader.fieldsAndEventTime(table, needed).select(right.toArray(Column[]::new)),
            condition,
            "left")
        .drop(onlyForMatching.toArray(String[]::new));
  }

  /** The column with a field of a joined table. */
  String column(TableDescriptor table, String field) {
    return joined.get(table).get(field);
  }

  /** Forgets joins on a column that now has other values. */
  void replaced(String column) {
    joined.keySet().removeIf(table -> table.keys().contains(column));
  }

  private static void requireComparableKeys(
      Dataset<Row> rows, String feature, TableDescriptor table) {
    for (String key : table.keys()) {
      DataType left = rows.schema().apply(key).dataType();
      DataType right = table.schema().fieldType(key);
      boolean integers = left instanceof IntegralType && right instanceof IntegralType;
      if (!left.equals(right) && !integers) {
        throw FeatureErrors.joinKeyType(feature, key, left, table.name(), right);
      }
    }
  }
}
