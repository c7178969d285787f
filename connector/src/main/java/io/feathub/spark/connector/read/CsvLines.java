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

import io.feathub.spark.interop.ScalaCollections;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.execution.datasources.v2.csv.CSVPartitionReaderFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** Lines of CSV, with the settings of Spark's reader. */
final class CsvLines implements LineParser.Source {
  private final CSVPartitionReaderFactory factory;

  CsvLines(CSVPartitionReaderFactory factory) {
    this.factory = factory;
  }

  @Override
  public LineParser parser() {
    return new Parser(factory);
  }

  @Override
  public Configuration conf() {
    return factory.broadcastedConf().value().value();
  }

  @Override
  public Option<byte[]> lineSeparator() {
    return factory.options().lineSeparatorInRead();
  }

  private static final class Parser implements LineParser {
    private final CSVOptions options;
    private final StructType dataSchema;
    private final StructType schema;
    private final UnivocityParser univocity;
    private final Charset charset;
    private boolean headerExpected;

    Parser(CSVPartitionReaderFactory factory) {
      options = factory.options();
      String corrupt = options.columnNameOfCorruptRecord();
      dataSchema = BadRecords.without(factory.dataSchema(), corrupt);
      schema = BadRecords.without(factory.readDataSchema(), corrupt);
      univocity = new UnivocityParser(dataSchema, schema, options, factory.filters());
      charset = Charset.forName(options.charset());
      headerExpected = options.headerFlag();
    }

    @Override
    public Iterable<InternalRow> parse(Text line) {
      String text = decode(line);
      if (text.trim().isEmpty()
          || (options.isCommentSet() && text.startsWith(String.valueOf(options.comment())))) {
        return List.of();
      }
      if (headerExpected) {
        headerExpected = false;
        return List.of();
      }
      Option<InternalRow> row = univocity.parse().apply(text);
      return row.isEmpty() ? List.of() : List.of(row.get());
    }

    /** Reads the line again one column at a time: the first that fails alone is the one. */
    @Override
    public String badColumn(Text line, Exception failure) {
      if (BadRecords.hasWrongColumnCount(failure)) {
        return null;
      }
      for (StructField field : schema.fields()) {
        UnivocityParser alone =
            new UnivocityParser(
                dataSchema, new StructType().add(field), options, ScalaCollections.seq());
        try {
          alone.parse().apply(decode(line));
        } catch (Exception e) {
          return field.name();
        }
      }
      return null;
    }

    @Override
    public String decode(Text line) {
      return new String(line.getBytes(), 0, line.getLength(), charset);
    }

    @Override
    public StructType schema() {
      return schema;
    }
  }
}
