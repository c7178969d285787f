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
package io.feathub.spark.benchmark.report;

import io.feathub.spark.benchmark.results.ResultFiles;
import io.feathub.spark.benchmark.results.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All files that show results. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes {@code name.json}, {@code name.txt}, {@code name.html}, {@code name-main.svg} for the
   * workloads whose names start with {@code main}, if any, and {@code name-growth-CURVE.svg} per
   * growth curve. Files of these names are replaced; the directory is created if it is missing. The
   * same results give the same bytes.
   *
   * @return the files, in this order
   */
  public static List<Path> write(Results results, Path directory, String name) {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(directory.resolve(name + ".txt"), TextReport.of(results));
    files.put(directory.resolve(name + ".html"), HtmlReport.of(results));
    Images.of(results)
        .forEach((image, svg) -> files.put(directory.resolve(name + "-" + image + ".svg"), svg));
    Path json = directory.resolve(name + ".json");
    try {
      Files.createDirectories(directory);
      ResultFiles.write(results, json);
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.writeString(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the report to " + directory, e);
    }
    return Stream.concat(Stream.of(json), files.keySet().stream()).toList();
  }
}
