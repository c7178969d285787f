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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All files that show results. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Writes {@code name.json} before anything else, then {@code name.txt} and {@code name.html}; for
   * the workloads whose names start with {@code main}, if any, {@code name.md} and {@code
   * name-main.svg}; and {@code name-growth-CURVE.svg} per growth curve. Files of these names are
   * replaced; the directory is created if it is missing. The same results give the same bytes.
   *
   * @return the files, in this order
   */
  public static List<Path> write(Results results, Path directory, String name) {
    List<Path> files = new ArrayList<>();
    files.add(directory.resolve(name + ".json"));
    ResultFiles.write(results, files.get(0));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(".txt", TextReport.of(results));
    texts.put(".html", HtmlPage.of(results));
    String summary = MarkdownSummary.of(results);
    if (!summary.isEmpty()) {
      texts.put(".md", summary);
    }
    Images.of(results).forEach((image, svg) -> texts.put("-" + image + ".svg", svg));
    try {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        files.add(Files.writeString(directory.resolve(name + text.getKey()), text.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the report to " + directory, e);
    }
    return files;
  }
}
