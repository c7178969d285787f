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
package io.feathub.spark.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Cases of other systems' tests, with the rows that come out there: {@code
 * cases/asof_and_window_cases.json}. A table has its columns' names and types, and rows in that
 * order.
 */
public final class AcceptanceCases {
  private AcceptanceCases() {}

  /** The cases of a kind. */
  public static List<JsonNode> ofKind(String kind) throws IOException {
    try (InputStream json =
        AcceptanceCases.class.getResourceAsStream("/cases/asof_and_window_cases.json")) {
      List<JsonNode> cases = new ArrayList<>();
      for (JsonNode found : new ObjectMapper().readTree(json)) {
        if (found.get("kind").asText().equals(kind)) {
          cases.add(found);
        }
      }
      return cases;
    }
  }

  public static Dataset<Row> frame(SparkSession spark, JsonNode table) {
    StructType schema = new StructType();
    for (JsonNode column : table.get("columns")) {
      schema =
          schema.add(column.get("name").asText(), DataType.fromDDL(column.get("type").asText()));
    }
    return spark.createDataFrame(rows(table), schema);
  }

  /** The rows of a table, as its schema says. */
  public static List<Row> rows(JsonNode table) {
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : table.get("rows")) {
      Object[] values = new Object[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(table.get("columns").get(i).get("type").asText(), row.get(i));
      }
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static Object value(String type, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (type.startsWith("array<")) {
      List<Object> values = new ArrayList<>();
      value.forEach(element -> values.add(value(arguments(type)[0], element)));
      return values;
    }
    if (type.startsWith("map<")) {
      Map<Object, Object> entries = new HashMap<>();
      String[] types = arguments(type);
      value.forEach(
          entry -> entries.put(value(types[0], entry.get(0)), value(types[1], entry.get(1))));
      return entries;
    }
    String text = value.asText();
    return switch (type) {
      case "int" -> value.asInt();
      case "bigint" -> value.asLong();
      case "float" -> Float.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "string" -> text;
      case "boolean" -> value.asBoolean();
      case "date" -> LocalDate.parse(text);
      case "timestamp" -> Instant.parse(text);
      default -> {
        if (!type.startsWith("decimal")) {
          throw new IllegalArgumentException(type);
        }
        yield new BigDecimal(text);
      }
    };
  }

  private static String[] arguments(String type) {
    return type.substring(type.indexOf('<') + 1, type.length() - 1).split(",", -1);
  }
}
