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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the tables of a case to files and declares them as sources. */
final class CaseTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  CaseTables(Path directory) {
    this.directory = directory;
  }

  FileSystemSource source(String name, JsonNode table, String timeZone) throws IOException {
    Schema.Builder schema = Schema.builder();
    List<String> fields = new ArrayList<>();
    for (JsonNode field : table.get("schema")) {
      fields.add(field.get(0).asText());
      schema.column(field.get(0).asText(), field.get(1).asText());
    }
    String format = table.get("data_format").asText();
    Path file = directory.resolve(name + "." + format);
    Files.write(file, lines(table, fields, format));
    FileSystemSource.Builder source =
        FileSystemSource.builder(name)
            .path(file.toString())
            .dataFormat(format)
            .schema(schema.build())
            .timestampFormat(table.get("timestamp_format").asText())
            .timeZone(timeZone);
    if (table.hasNonNull("timestamp_field")) {
      source.timestampField(table.get("timestamp_field").asText());
    }
    if (table.hasNonNull("keys")) {
      source.keys(strings(table.get("keys")));
    }
    return source.build();
  }

  private static List<String> lines(JsonNode table, List<String> fields, String format)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode row : table.get("rows")) {
      lines.add(format.equals("json") ? json(row, fields) : csv(row));
    }
    return lines;
  }

  private static String json(JsonNode row, List<String> fields) throws IOException {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < fields.size(); i++) {
      object.set(fields.get(i), row.get(i));
    }
    return JSON.writeValueAsString(object);
  }

  private static String csv(JsonNode row) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : row) {
      String text = value.isNull() ? "" : value.asText();
      values.add(text.contains(",") ? '"' + text + '"' : text);
    }
    return String.join(",", values);
  }

  static String[] strings(JsonNode array) {
    List<String> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asText()));
    return values.toArray(String[]::new);
  }
}
