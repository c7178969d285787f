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

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Small DataFrames for tests, and their rows as text. */
final class Rows {
  private Rows() {}

  static Row row(Object... values) {
    return RowFactory.create(values);
  }

  /** A time on the first day of 2022, UTC. */
  static Timestamp at(String timeOfDay) {
    return Timestamp.from(Instant.parse("2022-01-01T" + timeOfDay + "Z"));
  }

  static Dataset<Row> table(SparkSession session, String ddl, Row... rows) {
    return session.createDataFrame(List.of(rows), StructType.fromDDL(ddl));
  }

  /** A value of a row; lists and maps as Java's. */
  static Object value(Row row, int column) {
    Object value = row.get(column);
    if (value instanceof scala.collection.Seq) {
      return row.getList(column);
    }
    return value instanceof scala.collection.Map ? row.getJavaMap(column) : value;
  }

  /** The rows in some columns, sorted as text, so that they compare as a bag. */
  static List<String> sorted(Dataset<Row> rows, String... columns) {
    String[] quoted = Arrays.stream(columns).map(FieldNames::quoted).toArray(String[]::new);
    List<String> texts = new ArrayList<>();
    for (Row row :
        columns.length == 0
            ? rows.collectAsList()
            : rows.select(
                    Arrays.stream(quoted)
                        .map(org.apache.spark.sql.functions::col)
                        .toArray(org.apache.spark.sql.Column[]::new))
                .collectAsList()) {
      texts.add(row.toString());
    }
    texts.sort(null);
    return texts;
  }
}
