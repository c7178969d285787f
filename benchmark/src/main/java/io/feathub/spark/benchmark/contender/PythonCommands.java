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
package io.feathub.spark.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Facts;
import io.feathub.spark.benchmark.data.Table;
import io.feathub.spark.benchmark.job.Job;
import io.feathub.spark.benchmark.job.RangeWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands of {@code worker.py}, whose head describes them. */
final class PythonCommands {
  private PythonCommands() {}

  static JsonNode prepare() {
    return command("prepare");
  }

  static JsonNode checksum(Job job, DataDirectory data) {
    ObjectNode command = command("run");
    command.set("job", job(job, data));
    command.putObject("sink").put("kind", "checksum");
    return command;
  }

  static JsonNode parquet(Job job, DataDirectory data, Path directory) {
    ObjectNode command = command("run");
    command.set("job", job(job, data));
    command
        .putObject("sink")
        .put("kind", "parquet")
        .put("directory", directory.toAbsolutePath().toString());
    return command;
  }

  /** Of an answer that the same library wrote. */
  static JsonNode fold(List<String> columns, Path directory) {
    ObjectNode command = command("fold").put("directory", directory.toAbsolutePath().toString());
    addAll(command.putArray("columns"), columns);
    return command;
  }

  static JsonNode operators(long run) {
    return command("operators").put("run", run);
  }

  private static ObjectNode command(String name) {
    return JsonNodeFactory.instance.objectNode().put("command", name);
  }

  private static ObjectNode job(Job job, DataDirectory data) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode events = json.putObject("events").put("directory", path(job.events(), data));
    addAll(events.putArray("columns"), job.events().columns());
    json.put("keys", job.keys().name());
    ArrayNode facts = json.putArray("facts");
    for (Facts table : job.facts()) {
      ObjectNode entry = facts.addObject().put("directory", path(table, data));
      addAll(entry.putArray("columns"), table.features());
    }
    ArrayNode windows = json.putArray("windows");
    for (RangeWindow window : job.windows()) {
      windows
          .addObject()
          .put("aggregate", window.aggregate().name())
          .put("range_micros", TimeUnit.MICROSECONDS.convert(window.range()))
          .put("column", window.column());
    }
    addAll(json.putArray("columns"), job.columns());
    return json;
  }

  private static String path(Table table, DataDirectory data) {
    return data.of(table).toAbsolutePath().toString();
  }

  private static void addAll(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
