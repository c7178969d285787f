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

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A directory of CSV, JSON or Parquet files. It appears as a whole or not at all: files are staged
 * beside it and published by one rename, with {@code _SUCCESS} among them.
 */
public final class FileSystemSink {
  private static final Set<String> FORMATS = Set.of("csv", "json", "parquet");

  private final String path;
  private final String dataFormat;
  private final Map<String, String> options;

  private FileSystemSink(String path, String dataFormat, Map<String, String> options) {
    this.path = requireNonNull(path, "path is null");
    this.dataFormat = requireNonNull(dataFormat, "dataFormat is null");
    this.options = Map.copyOf(options);
    if (!FORMATS.contains(dataFormat)) {
      throw FeatureErrors.unknownSinkFormat(dataFormat);
    }
  }

  /**
   * A sink.
   *
   * @param path the directory to write, on any file system that Hadoop knows
   * @param dataFormat {@code csv} (without a header), {@code json} or {@code parquet}
   */
  public static FileSystemSink of(String path, String dataFormat) {
    return new FileSystemSink(path, dataFormat, Map.of());
  }

  /** The same sink with an option of Spark's writer of the format, such as {@code header}. */
  public FileSystemSink withOption(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(options);
    more.put(key, value);
    return new FileSystemSink(path, dataFormat, more);
  }

  public String path() {
    return path;
  }

  public String dataFormat() {
    return dataFormat;
  }

  Map<String, String> options() {
    return options;
  }
}
