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
package io.feathub.spark.interop;

import org.antlr.v4.runtime.CommonTokenStream;
import org.apache.spark.sql.catalyst.parser.AbstractParser$;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.internal.SqlApiConf$;

/** Spark's grammar of SQL. */
public final class SqlGrammar {
  private SqlGrammar() {}

  /** A parser set up by the session's keys, as Spark's own is, that tells nobody of its steps. */
  public static SqlBaseParser parser(String sql, CommonTokenStream tokens) {
    SqlBaseParser parser = new SqlBaseParser(tokens);
    AbstractParser$.MODULE$.configureParser(parser, sql, tokens, SqlApiConf$.MODULE$.get());
    parser.removeParseListeners();
    return parser;
  }
}
