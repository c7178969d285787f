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

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** Parses single lines as Spark's reader of the format does. */
interface LineParser {
  /**
   * What a line holds: no row for blanks, comments and headers. Throws what Spark's parser does.
   */
  Iterable<InternalRow> parse(Text line) throws Exception;

  /** The column that a line failed in, or null if it is not known. */
  String badColumn(Text line, Exception failure);

  String decode(Text line);

  /** The columns of the rows. */
  StructType schema();

  /** Makes parsers with the settings of a scan. */
  interface Source {
    LineParser parser();

    Configuration conf();

    Option<byte[]> lineSeparator();
  }
}
