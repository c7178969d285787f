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
package io.feathub.spark.benchmark.job;

import io.feathub.spark.benchmark.data.DataDirectory;
import io.feathub.spark.benchmark.data.Facts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Parquet directories of a job's tables by the names that its queries have for them. */
public final class JobFiles {
  public static final String EVENTS = "events";

  private JobFiles() {}

  /** Makes what is not there yet. */
  public static Map<String, Path> of(Job job, DataDirectory data) {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(EVENTS, data.of(job.events()));
    job.facts().forEach(table -> files.put(name(table), data.of(table)));
    return files;
  }

  public static String name(Facts table) {
    return "facts_" + table.number();
  }
}
