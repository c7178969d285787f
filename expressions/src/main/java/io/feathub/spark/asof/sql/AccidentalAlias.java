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
package io.feathub.spark.asof.sql;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses {@code trades ASOF JOIN quotes USING (..)}: without a match condition Spark takes ASOF
 * for an alias of the left side, and the join for an ordinary one, which gives other rows without a
 * word. An alias that is meant is written {@code AS asof}.
 */
final class AccidentalAlias {
  private static final String AS_OF = "ASOF";

  /** Most texts do not even look so. */
  private static final Pattern SUSPECT =
      Pattern.compile("\\bASOF\\s.*\\bJOIN\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Set<String> KINDS =
      Set.of("INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "SEMI", "ANTI", "NATURAL");

  /** Behind these words comes a relation or an operand, and no alias. */
  private static final Set<String> UNFINISHED =
      Set.of(
          "FROM",
          "JOIN",
          "AS",
          "ON",
          "AND",
          "OR",
          "NOT",
          "IN",
          "LIKE",
          "ILIKE",
          "RLIKE",
          "BETWEEN",
          "ESCAPE",
          "DIV",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "DISTINCT");

  /** A word, a quoted name, text or a closing bracket, rather than an operator. */
  private static final Pattern END_OF_RELATION = Pattern.compile("[\\p{L}\\p{N}_`\"')\\]].*");

  private AccidentalAlias() {}

  static void check(String sql) {
    if (!SUSPECT.matcher(sql).find()) {
      return;
    }
    SqlTokens tokens = SqlTokens.of(sql);
    for (int i = 1; i < tokens.count(); i++) {
      if (tokens.is(i, AS_OF) && isBeforeJoin(tokens, i + 1) && isBehindRelation(tokens, i - 1)) {
        throw AsOfSyntaxErrors.alias(tokens.origin(i));
      }
    }
  }

  private static boolean isBeforeJoin(SqlTokens tokens, int first) {
    int i = first;
    while (KINDS.contains(tokens.upperCase(i))) {
      i++;
    }
    return tokens.is(i, "JOIN");
  }

  private static boolean isBehindRelation(SqlTokens tokens, int last) {
    String token = tokens.upperCase(last);
    return END_OF_RELATION.matcher(token).lookingAt() && !UNFINISHED.contains(token);
  }
}
