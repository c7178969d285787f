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

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ToPrettyString;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import scala.Option;

/** Single values of rows as text for messages. */
final class Values {
  private Values() {}

  /** As {@code show()} prints it, in the session's zone, cut to a snippet. */
  static String display(InternalRow row, int ordinal, DataType type) {
    if (row.isNullAt(ordinal)) {
      return "NULL";
    }
    Literal value = new Literal(row.get(ordinal, type), type);
    Object text =
        new ToPrettyString(value, Option.apply(SQLConf.get().sessionLocalTimeZone())).eval(null);
    return Snippet.of(String.valueOf(text));
  }
}
