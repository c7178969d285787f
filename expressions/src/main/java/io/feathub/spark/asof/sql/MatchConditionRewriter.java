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

import java.util.Locale;

/**
 * Rewrites {@code l [INNER | LEFT [OUTER]] ASOF JOIN r MATCH_CONDITION (c) [ON b | USING (k)]} into
 * the join with asof() that it means:
 *
 * <pre>
 *   FROM trades t LEFT ASOF JOIN quotes q MATCH_CONDITION (t.ts >= q.ts) ON t.symbol = q.symbol
 *     becomes
 *   FROM trades t LEFT      JOIN quotes q ON asof         (t.ts >= q.ts)AND(t.symbol = q.symbol)
 * </pre>
 *
 * <p>The grammar is Spark 4.3's. The text that comes out is plain Spark SQL with functions of ours,
 * so that the text of a view needs no parser of ours. Strings, comments and quoted names are tokens
 * of their own and never touched.
 */
final class MatchConditionRewriter {
  private static final String MATCH_CONDITION = "MATCH_CONDITION";

  private MatchConditionRewriter() {}

  /** The text itself if there is nothing to rewrite. */
  static String rewrite(String sql) {
    String rewritten = sql;
    // From the last to the first, so that a join inside another's right side comes before it.
    int before = Integer.MAX_VALUE;
    while (rewritten.toUpperCase(Locale.ROOT).contains(MATCH_CONDITION)) {
      SqlTokens tokens = SqlTokens.of(rewritten);
      int word = tokens.lastCall(MATCH_CONDITION, before);
      if (word == SqlTokens.NONE) {
        return rewritten;
      }
      before = word;
      int join = owner(tokens, word);
      if (join != SqlTokens.NONE) {
        rewritten = new AsOfJoinText(tokens, join, word).rewritten();
      }
    }
    return rewritten;
  }

  /** The JOIN of ASOF JOIN that a match condition belongs to: the nearest on its left. */
  private static int owner(SqlTokens tokens, int word) {
    int depth = 0;
    for (int i = word - 1; i > 0; i--) {
      if (tokens.is(i, ")")) {
        depth++;
      } else if (tokens.is(i, "(")) {
        depth--;
        if (depth < 0) {
          return SqlTokens.NONE;
        }
      } else if (depth == 0 && tokens.is(i, "JOIN")) {
        return tokens.is(i - 1, "ASOF") ? i : SqlTokens.NONE;
      }
    }
    return SqlTokens.NONE;
  }
}
