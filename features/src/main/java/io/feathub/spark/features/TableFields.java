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

import java.util.List;

/** Checks that a table's keys and timestamp field are fields of its schema. */
final class TableFields {
  private TableFields() {}

  /** {@code timestampField} may be null: the table has no event time. */
  static void check(String table, Schema schema, List<String> keys, String timestampField) {
    if (table.isEmpty()) {
      throw FeatureErrors.reservedName("table", table);
    }
    for (String key : keys) {
      require(table, schema, key, "key");
    }
    FieldNames.requireDistinct("the keys of table " + table, keys);
    if (timestampField != null) {
      require(table, schema, timestampField, "timestamp field");
    }
  }

  private static void require(String table, Schema schema, String field, String role) {
    if (!schema.contains(field)) {
      throw FeatureErrors.unknownField(
          field, "the " + role + " of table " + table, schema.fieldNames());
    }
  }
}
