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
package io.feathub.spark.connector.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The options of {@code spark.read.format("feathub")} over plain files, checked. This is the only
 * place where options are parsed.
 *
 * @param paths files, directories or globs; at least one
 * @param keys the columns that name an entity; may be empty
 * @param timestampField the column that event time is parsed from, or null
 * @param timestampFormat how to parse it, or null if the option is not set
 * @param zone the zone of times that name none
 * @param eventTimeColumn the name of the event time as an ordinary column, or null
 * @param ordering the columns by which each file is sorted, ascending, nulls first; may be empty
 * @param readerOptions the options of Spark's own reader, which may hold secrets of file systems
 */
public record PlainFilesOptions(
    List<String> paths,
    DataFormat format,
    List<String> keys,
    String timestampField,
    String timestampFormat,
    ZoneId zone,
    String eventTimeColumn,
    List<String> ordering,
    ReadMode mode,
    Map<String, String> readerOptions) {
  private static final String SPARK_TIME_ZONE = "timeZone";
  private static final String CORRUPT_RECORD = "columnNameOfCorruptRecord";

  /** Parses and checks; {@code sessionZone} is the default of {@code time_zone}. */
  public static PlainFilesOptions parse(CaseInsensitiveStringMap options, String sessionZone) {
    refuseWhatPlainFilesLack(options);
    DataFormat format = format(options);
    checkNames(options, format);
    ReadMode mode = mode(options);
    String timestampField = text(options, OptionNames.TIMESTAMP_FIELD);
    for (String name : List.of(OptionNames.TIMESTAMP_FORMAT, OptionNames.EVENT_TIME_COLUMN)) {
      if (timestampField == null && text(options, name) != null) {
        throw OptionErrors.missingOption(
            OptionNames.TIMESTAMP_FIELD, "`" + name + "` says how to read it; name the column");
      }
    }
    ZoneId zone = zone(options, sessionZone);
    return new PlainFilesOptions(
        paths(options),
        format,
        names(options, OptionNames.KEYS),
        timestampField,
        text(options, OptionNames.TIMESTAMP_FORMAT),
        zone,
        text(options, OptionNames.EVENT_TIME_COLUMN),
        names(options, OptionNames.ORDERING),
        mode,
        readerOptions(options, format, mode, zone));
  }

  /** The files' paths alone, for what has to be known before the options are complete. */
  public static List<String> paths(CaseInsensitiveStringMap options) {
    List<String> paths = new ArrayList<>();
    if (options.get(OptionNames.PATHS) != null) {
      try {
        paths.addAll(
            Arrays.asList(
                new ObjectMapper().readValue(options.get(OptionNames.PATHS), String[].class)));
      } catch (JsonProcessingException e) {
        throw OptionErrors.invalidOption(
            OptionNames.PATHS, "it must be a JSON array of strings; load(path1, path2) sets it");
      }
    }
    String path = text(options, OptionNames.PATH);
    if (path != null) {
      paths.add(path);
    }
    if (paths.isEmpty()) {
      throw OptionErrors.missingOption(
          OptionNames.PATH, "name a file, a directory or a glob, or use load(path)");
    }
    return List.copyOf(paths);
  }

  private static void refuseWhatPlainFilesLack(CaseInsensitiveStringMap options) {
    if (options.containsKey(OptionNames.BAD_RECORDS_PATH)) {
      throw OptionErrors.invalidOption(
          OptionNames.BAD_RECORDS_PATH,
          "quarantine is not available; set `mode` to failfast, permissive or dropmalformed");
    }
    if (options.containsKey(OptionNames.VERSION)) {
      throw OptionErrors.invalidOption(
          OptionNames.VERSION, "plain files have no versions; leave the option out");
    }
  }

  private static DataFormat format(CaseInsensitiveStringMap options) {
    String value = text(options, OptionNames.DATA_FORMAT);
    if (value == null) {
      throw OptionErrors.missingOption(
          OptionNames.DATA_FORMAT, "set it to json, csv or parquet; it is never guessed");
    }
    for (DataFormat format : DataFormat.values()) {
      if (format.optionValue().equals(value.toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw OptionErrors.invalidOption(
        OptionNames.DATA_FORMAT, "`" + value + "` is not one of json, csv, parquet");
  }

  private static ReadMode mode(CaseInsensitiveStringMap options) {
    String value = text(options, OptionNames.MODE);
    ReadMode mode = value == null ? ReadMode.FAILFAST : null;
    for (ReadMode candidate : ReadMode.values()) {
      if (candidate.optionValue().equalsIgnoreCase(value)) {
        mode = candidate;
      }
    }
    if (mode == null) {
      String lacking =
          "quarantine".equalsIgnoreCase(value) ? "is not available" : "is not a mode of reading";
      throw OptionErrors.invalidOption(
          OptionNames.MODE,
          "`" + value + "` " + lacking + "; use failfast, permissive or dropmalformed");
    }
    if (options.containsKey(CORRUPT_RECORD) && mode != ReadMode.PERMISSIVE) {
      throw OptionErrors.invalidOption(
          CORRUPT_RECORD, "malformed records are kept only when `mode` is permissive");
    }
    return mode;
  }

  private static ZoneId zone(CaseInsensitiveStringMap options, String sessionZone) {
    String ours = text(options, OptionNames.TIME_ZONE);
    String readers = text(options, SPARK_TIME_ZONE);
    ZoneId zone = zoneOf(OptionNames.TIME_ZONE, ours);
    ZoneId readersZone = zoneOf(SPARK_TIME_ZONE, readers);
    if (zone != null && readersZone != null && !zone.equals(readersZone)) {
      throw OptionErrors.invalidOption(
          SPARK_TIME_ZONE,
          "it contradicts `time_zone`, which holds for all times without a zone; set only that");
    }
    if (zone != null) {
      return zone;
    }
    return readersZone != null ? readersZone : DateTimeUtils.getZoneId(sessionZone);
  }

  private static ZoneId zoneOf(String name, String value) {
    if (value == null) {
      return null;
    }
    try {
      return DateTimeUtils.getZoneId(value);
    } catch (DateTimeException e) {
      throw OptionErrors.invalidOption(
          name, "`" + value + "` is not a time zone; use a name like Asia/Shanghai or +08:00");
    }
  }

  private static void checkNames(CaseInsensitiveStringMap options, DataFormat format) {
    Set<String> readers = ReaderOptions.names(format);
    for (String name : options.asCaseSensitiveMap().keySet()) {
      boolean own = OptionNames.OWN.contains(name.toLowerCase(Locale.ROOT));
      if (!own && !readers.contains(name) && !ReaderOptions.isHadoopKey(name)) {
        throw OptionErrors.unknownOption(name, format);
      }
    }
  }

  private static Map<String, String> readerOptions(
      CaseInsensitiveStringMap options, DataFormat format, ReadMode mode, ZoneId zone) {
    Map<String, String> reader = new TreeMap<>();
    options
        .asCaseSensitiveMap()
        .forEach(
            (name, value) -> {
              if (!OptionNames.OWN.contains(name.toLowerCase(Locale.ROOT))) {
                reader.put(name, value);
              }
            });
    if (format.isText()) {
      reader.put(OptionNames.MODE, mode.name());
    }
    // Parquet files have no text, but the names of partition directories are.
    putDefault(reader, options, SPARK_TIME_ZONE, zone.getId());
    if (format == DataFormat.CSV && mode != ReadMode.PERMISSIVE) {
      // Spark counts a record's columns only when it reads them all, and ignores the header's names
      // unless told not to: swapped columns would go unnoticed.
      putDefault(reader, options, "columnPruning", "false");
      putDefault(reader, options, "enforceSchema", "false");
    }
    return Map.copyOf(reader);
  }

  private static void putDefault(
      Map<String, String> reader, CaseInsensitiveStringMap options, String name, String value) {
    if (!options.containsKey(name)) {
      reader.put(name, value);
    }
  }

  private static List<String> names(CaseInsensitiveStringMap options, String option) {
    String value = text(options, option);
    if (value == null) {
      return List.of();
    }
    List<String> names = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    if (names.contains("")) {
      throw OptionErrors.invalidOption(option, "a column name is empty; write `a,b`");
    }
    if (Set.copyOf(names).size() < names.size()) {
      throw OptionErrors.invalidOption(option, "a column is named twice");
    }
    return names;
  }

  /** The value without surrounding blanks; null if it is absent, an error if it is blank. */
  private static String text(CaseInsensitiveStringMap options, String name) {
    String value = options.get(name);
    if (value != null && value.isBlank()) {
      throw OptionErrors.invalidOption(name, "it is empty; set a value or leave it out");
    }
    // A format may begin or end with a blank that means something.
    return value == null || name.equals(OptionNames.TIMESTAMP_FORMAT) ? value : value.strip();
  }

  /** The reader's option without regard to case. */
  public Optional<String> readerOption(String name) {
    return readerOptions.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Names only where a value may be secret: this text ends up in plans and logs. */
  @Override
  public String toString() {
    return "format=" + format + ", mode=" + mode + ", reader options=" + readerOptions.keySet();
  }
}
