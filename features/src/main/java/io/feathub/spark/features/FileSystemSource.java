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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of JSON, CSV or Parquet files, read through {@code format("feathub")}. Nothing is read
 * when it is built.
 */
public final class FileSystemSource implements TableDescriptor {
  private final String name;
  private final String path;
  private final String dataFormat;
  private final Schema schema;
  private final List<String> keys;
  private final String timestampField;
  private final String timestampFormat;
  private final String timeZone;
  private final Map<String, String> options;

  private FileSystemSource(Builder builder) {
    this.name = builder.name;
    this.path = requireNonNull(builder.path, "path is null");
    this.dataFormat = requireNonNull(builder.dataFormat, "dataFormat is null");
    this.schema = requireNonNull(builder.schema, "schema is null");
    this.keys = List.copyOf(builder.keys);
    this.timestampField = builder.timestampField;
    this.timestampFormat = builder.timestampFormat;
    this.timeZone = builder.timeZone;
    this.options = Map.copyOf(builder.options);
    TableFields.check(name, schema, keys, timestampField);
  }

  public static Builder builder(String name) {
    return new Builder(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public List<String> keys() {
    return keys;
  }

  @Override
  public Optional<String> timestampField() {
    return Optional.ofNullable(timestampField);
  }

  String path() {
    return path;
  }

  /** The options of {@code format("feathub")} that say how the files are read. */
  Map<String, String> readerOptions() {
    Map<String, String> reader = new LinkedHashMap<>(options);
    reader.put("data_format", dataFormat);
    if (timestampField != null) {
      reader.put("timestamp_field", timestampField);
      reader.put("timestamp_format", timestampFormat);
    }
    if (timeZone != null) {
      reader.put("time_zone", timeZone);
    }
    return reader;
  }

  /** Collects what a table of files needs. */
  public static final class Builder {
    private final String name;
    private String path;
    private String dataFormat;
    private Schema schema;
    private List<String> keys = List.of();
    private String timestampField;
    private String timestampFormat = "epoch";
    private String timeZone;
    private final Map<String, String> options = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = requireNonNull(name, "name is null");
    }

    /** A file, a directory or a glob, on any file system that Hadoop knows; required. */
    public Builder path(String location) {
      this.path = location;
      return this;
    }

    /** {@code json}, {@code csv} or {@code parquet}; required. */
    public Builder dataFormat(String format) {
      this.dataFormat = format;
      return this;
    }

    /** The fields; in CSV by position, otherwise by name. Required. */
    public Builder schema(Schema fields) {
      this.schema = fields;
      return this;
    }

    /** The fields that other tables join on; default none. */
    public Builder keys(String... names) {
      this.keys = List.of(names);
      return this;
    }

    /** The field with the event time; default none, then the table has no joins and windows. */
    public Builder timestampField(String field) {
      this.timestampField = field;
      return this;
    }

    /**
     * {@code epoch} (seconds, the default), {@code epoch_millis} or a pattern such as {@code
     * %Y-%m-%d %H:%M:%S}.
     */
    public Builder timestampFormat(String format) {
      this.timestampFormat = requireNonNull(format, "format is null");
      return this;
    }

    /** The zone of times that name none, such as {@code UTC}; default the session's. */
    public Builder timeZone(String zone) {
      this.timeZone = zone;
      return this;
    }

    /** An option of the reader of the format, such as {@code header} of CSV. */
    public Builder option(String key, String value) {
      options.put(key, value);
      return this;
    }

    public FileSystemSource build() {
      return new FileSystemSource(this);
    }
  }
}
