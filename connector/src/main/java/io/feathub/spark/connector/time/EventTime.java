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
package io.feathub.spark.connector.time;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Where event time comes from: a column, its type, the format of its values and the zone of values
 * that name none. Times in a gap of the zone move forward by the gap's length; of times that an
 * overlap holds twice the earlier instant is meant.
 *
 * @param format {@code epoch}, {@code epoch_millis}, a strptime pattern (it contains {@code %}) or
 *     a Spark datetime pattern; null for columns whose type is a time
 */
public record EventTime(String field, DataType type, String format, ZoneId zone)
    implements Serializable {
  static final String EPOCH = "epoch";
  static final String EPOCH_MILLIS = "epoch_millis";

  /** Checks that the format is one and that the column's type can hold it. */
  public static EventTime of(String field, DataType type, String format, ZoneId zone) {
    if (isTime(type)) {
      if (format != null) {
        throw TimeErrors.formatDoesNotFitType(
            field, type, format, "a column of this type needs no format: leave the option out");
      }
      return new EventTime(field, type, null, zone);
    }
    EventTime eventTime = new EventTime(field, type, format == null ? EPOCH : format, zone);
    eventTime.check();
    return eventTime;
  }

  private void check() {
    // Not FLOAT: its 24 bits hold an epoch of today to about two minutes.
    boolean number =
        type instanceof IntegralType || type instanceof DoubleType || type instanceof DecimalType;
    if (!number && !(type instanceof StringType)) {
      throw TimeErrors.formatDoesNotFitType(
          field, type, format, "declare it as STRING, BIGINT, TIMESTAMP, TIMESTAMP_NTZ or DATE");
    }
    if (!isEpoch() && number) {
      throw TimeErrors.formatDoesNotFitType(
          field, type, format, "declare it as STRING, or use the format epoch or epoch_millis");
    }
    if (!isEpoch()) {
      textParser();
    }
  }

  /** A reader for one task. */
  public EventTimeReader reader() {
    if (format != null) {
      return isEpoch() ? EpochReader.of(type, format.equals(EPOCH)) : textReader();
    }
    if (type instanceof TimestampType) {
      return (row, ordinal) -> row.getLong(ordinal);
    }
    ZoneRules rules = zone.getRules();
    if (type instanceof TimestampNTZType) {
      return (row, ordinal) -> LocalTimes.toMicros(row.getLong(ordinal), rules);
    }
    return (row, ordinal) -> LocalTimes.dateToMicros(row.getInt(ordinal), rules);
  }

  /** The format as users know it: the declared one, or the type. */
  public String describe() {
    return format == null ? type.sql() : format;
  }

  private EventTimeReader textReader() {
    TextParser parser = textParser();
    return (row, ordinal) -> parser.parse(row.getUTF8String(ordinal));
  }

  private TextParser textParser() {
    return format.indexOf('%') >= 0
        ? StrptimePattern.compile(format).parser(zone)
        : SparkPatternParser.of(format, zone);
  }

  private boolean isEpoch() {
    return EPOCH.equals(format) || EPOCH_MILLIS.equals(format);
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType)
        || type instanceof DateType;
  }
}
