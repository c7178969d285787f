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
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.datasources.v2.json.JsonPartitionReaderFactory;

/**
 * JSON options whose parsers refuse what follows a record. Spark's reader stops at the end of the
 * first value, so a second record in the same line would be lost without a word.
 */
final class WholeJsonRecords extends JSONOptionsInRead {
  private WholeJsonRecords(JSONOptionsInRead options) {
    super(options.parameters(), options.zoneId().getId(), options.columnNameOfCorruptRecord());
  }

  /** The factory itself if it does not read JSON. */
  static PartitionReaderFactory in(PartitionReaderFactory factory) {
    if (!(factory instanceof JsonPartitionReaderFactory json)) {
      return factory;
    }
    return new JsonPartitionReaderFactory(
        json.sqlConf(),
        json.broadcastedConf(),
        json.dataSchema(),
        json.readDataSchema(),
        json.partitionSchema(),
        new WholeJsonRecords(json.options()),
        json.filters());
  }

  @Override
  public JsonFactory buildJsonFactory() {
    return new Factory(super.buildJsonFactory());
  }

  /** Covers the inputs that Spark's readers of files open parsers on. */
  private static final class Factory extends JsonFactory {
    Factory(JsonFactory settings) {
      super(settings, null);
    }

    @Override
    public JsonParser createParser(byte[] data, int offset, int length) throws IOException {
      return new Parser(super.createParser(data, offset, length));
    }

    @Override
    public JsonParser createParser(InputStream input) throws IOException {
      return new Parser(super.createParser(input));
    }

    @Override
    public JsonParser createParser(Reader reader) throws IOException {
      return new Parser(super.createParser(reader));
    }
  }

  /** Looks beyond the end of a record as soon as it is read: Spark ignores failures to close. */
  private static final class Parser extends JsonParserDelegate {
    Parser(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = delegate.nextToken();
      if (token != null
          && token.isStructEnd()
          && delegate.getParsingContext().inRoot()
          && delegate.nextToken() != null) {
        throw new JsonParseException(
            delegate, "more text follows the record; each record stands in a line of its own");
      }
      return token;
    }
  }
}
