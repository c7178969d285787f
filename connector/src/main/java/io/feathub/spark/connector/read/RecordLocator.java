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
package io.feathub.spark.connector.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.feathub.spark.connector.time.EventTime;
import io.feathub.spark.connector.time.EventTimeReader;
import io.feathub.spark.connector.time.UnparsableEventTimeException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.HadoopFileLinesReader;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.v2.csv.CSVPartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.v2.json.JsonPartitionReaderFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Finds the line of a record that could not be read, by reading the file once more from its
 * beginning, a line at a time, with the parser that Spark's reader used. The file's first bad line
 * is found, which may lie before the split that failed.
 */
final class RecordLocator {
  private final LineParser.Source source;

  private RecordLocator(LineParser.Source source) {
    this.source = source;
  }

  /** A locator that finds nothing where records span lines or are not text. */
  static RecordLocator of(PartitionReaderFactory factory) {
    if (factory instanceof JsonPartitionReaderFactory json && !json.options().multiLine()) {
      return new RecordLocator(new JsonLines(json));
    }
    if (factory instanceof CSVPartitionReaderFactory csv && !csv.options().multiLine()) {
      return new RecordLocator(new CsvLines(csv));
    }
    return new RecordLocator(null);
  }

  /** Where lines cannot be counted: the line that the parser names, or the record's number. */
  static RecordPlace byOrdinal(Throwable failure, long record) {
    String where =
        Causes.find(failure, JsonProcessingException.class)
            .filter(json -> json.getLocation() != null && json.getLocation().getLineNr() > 0)
            .map(json -> "line " + json.getLocation().getLineNr())
            .orElse("record " + record);
    return new RecordPlace(where, "(not at hand)", null, BadRecords.reason(failure));
  }

  /** The first line that does not parse. */
  Optional<RecordPlace> firstMalformed(PartitionedFile file) {
    return source == null ? Optional.empty() : scan(file, source.parser(), null);
  }

  /** The first line whose event time does not parse; its snippet is the value. */
  Optional<RecordPlace> firstUnparsable(PartitionedFile file, EventTime eventTime) {
    return source == null ? Optional.empty() : scan(file, source.parser(), eventTime);
  }

  private Optional<RecordPlace> scan(
      PartitionedFile split, LineParser parser, EventTime eventTime) {
    PartitionedFile whole =
        new PartitionedFile(
            split.partitionValues(),
            split.filePath(),
            0,
            Math.max(split.fileSize(), split.start() + split.length()),
            new String[0],
            split.modificationTime(),
            split.fileSize(),
            split.otherConstantMetadataColumnValues());
    EventTimeReader times = eventTime == null ? null : eventTime.reader();
    Configuration conf = source.conf();
    try (HadoopFileLinesReader lines =
        new HadoopFileLinesReader(whole, source.lineSeparator(), conf)) {
      for (long line = 1; lines.hasNext(); line++) {
        Optional<RecordPlace> bad = inspect(lines.next(), line, parser, eventTime, times);
        if (bad.isPresent()) {
          return bad;
        }
      }
    } catch (Exception e) {
      // The file changed or is corrupt as well: the first failure is then told without a line.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<RecordPlace> inspect(
      Text text, long line, LineParser parser, EventTime eventTime, EventTimeReader times) {
    String where = "line " + line;
    Iterable<InternalRow> rows;
    try {
      rows = parser.parse(text);
    } catch (Exception e) {
      String snippet = Snippet.of(parser.decode(text));
      return eventTime == null
          ? Optional.of(
              new RecordPlace(where, snippet, parser.badColumn(text, e), BadRecords.reason(e)))
          : Optional.empty();
    }
    return eventTime == null ? Optional.empty() : unparsable(rows, where, parser, eventTime, times);
  }

  private static Optional<RecordPlace> unparsable(
      Iterable<InternalRow> rows,
      String where,
      LineParser parser,
      EventTime eventTime,
      EventTimeReader times) {
    int ordinal = parser.schema().fieldIndex(eventTime.field());
    StructField field = parser.schema().fields()[ordinal];
    DataType type = field.dataType();
    for (InternalRow row : rows) {
      try {
        if (!row.isNullAt(ordinal)) {
          times.read(row, ordinal);
        }
      } catch (UnparsableEventTimeException e) {
        String value = Values.display(row, ordinal, type);
        return Optional.of(new RecordPlace(where, value, field.name(), e.getMessage()));
      }
    }
    return Optional.empty();
  }
}
