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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.feathub.spark.interop.ScalaCollections;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.CreateJacksonParser;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.execution.datasources.v2.json.JsonPartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function2;
import scala.Option;

/** Lines of JSON, with the settings of Spark's reader. */
final class JsonLines implements LineParser.Source {
  private final JsonPartitionReaderFactory factory;

  JsonLines(JsonPartitionReaderFactory factory) {
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
    private final StructType schema;
    private final JacksonParser jackson;
    private final Charset charset;
    private final Function2<JsonFactory, Text, JsonParser> open;

    Parser(JsonPartitionReaderFactory factory) {
      JSONOptionsInRead options = factory.options();
      schema = BadRecords.without(factory.readDataSchema(), options.columnNameOfCorruptRecord());
      jackson = new JacksonParser(schema, options, true, factory.filters());
      Option<String> encoding = options.encoding();
      charset = encoding.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(encoding.get());
      open =
          encoding.isEmpty()
              ? (json, line) -> CreateJacksonParser.text(json, line)
              : (json, line) -> CreateJacksonParser.text(encoding.get(), json, line);
    }

    @Override
    public Iterable<InternalRow> parse(Text line) {
      return ScalaCollections.iterable(
          jackson.parse(
              line, open, text -> UTF8String.fromBytes(text.getBytes(), 0, text.getLength())));
    }

    @Override
    public String badColumn(Text line, Exception failure) {
      return Causes.withCondition(failure, "CANNOT_PARSE_JSON_FIELD")
          .map(error -> error.getMessageParameters().get("fieldName"))
          .map(name -> name.replaceAll("^['`\"]|['`\"]$", ""))
          .orElse(null);
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
