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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One ASOF JOIN in a text.
 *
 * <p>What it is rewritten into stands where it stood, so that Spark's errors name the line and the
 * column of the user's own text: words are replaced in their own length, and brackets take the
 * place of blanks. Only what follows USING on its line moves.
 */
final class AsOfJoinText {
  private static final String BLANK = " ";
  private static final String AS_OF = "ASOF";
  private static final String MATCH_CONDITION = "MATCH_CONDITION";
  private static final String ON = "ON";

  private static final Set<String> OTHER_KINDS =
      Set.of("RIGHT", "FULL", "CROSS", "NATURAL", "SEMI", "ANTI");

  private final SqlTokens tokens;
  private final int join;
  private final int matchCondition;

  /**
   * @param join the number of the token JOIN
   * @param matchCondition the number of the token MATCH_CONDITION
   */
  AsOfJoinText(SqlTokens tokens, int join, int matchCondition) {
    this.tokens = tokens;
    this.join = join;
    this.matchCondition = matchCondition;
  }

  /** The whole text with this one join rewritten. */
  String rewritten() {
    int asOf = join - 1;
    int open = matchCondition + 1;
    int close = tokens.closing(open);
    checkKind(asOf);
    checkPlace();
    checkComparison(open, close);
    return tokens.before(asOf)
        + padded("", AS_OF.length())
        + tokens.between(asOf, matchCondition)
        + padded("ON asof", MATCH_CONDITION.length())
        + tokens.between(matchCondition, open)
        + tokens.text(open, close)
        + keys(close);
  }

  /** What comes behind the match condition. */
  private String keys(int close) {
    int word = close + 1;
    if (tokens.is(word, ON)) {
      return conjunct(close, word);
    }
    if (tokens.is(word, "USING") && tokens.is(word + 1, "(")) {
      int end = tokens.closing(word + 1);
      String names = String.join(", ", names(word + 2, end));
      return " AND asof_using(" + names + ")" + tokens.behind(end);
    }
    return tokens.behind(close);
  }

  private String conjunct(int close, int on) {
    int first = on + 1;
    int beyond = tokens.endOfBooleanExpression(first);
    if (beyond == first) {
      // Nothing there is for Spark to refuse, which would not know of a bracket.
      return " AND" + tokens.behind(on);
    }
    String rest = tokens.behind(beyond - 1);
    return opened(tokens.between(close, on), tokens.between(on, first))
        + tokens.text(first, beyond - 1)
        + ")"
        + (rest.startsWith(BLANK) ? rest.substring(1) : rest);
  }

  /** Stands for ON and what is around it. */
  private static String opened(String before, String behind) {
    if (before.contains("\n")) {
      return " AND (" + before + padded("", ON.length()) + behind;
    }
    return before.isBlank() && behind.isBlank() && !behind.contains("\n")
        ? padded("AND(", before.length() + ON.length() + behind.length())
        : before + "AND (" + behind;
  }

  private static String padded(String text, int length) {
    return text + BLANK.repeat(Math.max(0, length - text.length()));
  }

  private void checkKind(int asOf) {
    int before = tokens.is(asOf - 1, "OUTER") ? asOf - 2 : asOf - 1;
    String word = tokens.upperCase(before);
    if (OTHER_KINDS.contains(word)) {
      throw AsOfSyntaxErrors.joinType(word, tokens.origin(before));
    }
  }

  private void checkPlace() {
    int depth = 0;
    for (int i = join + 1; i < matchCondition; i++) {
      depth += tokens.is(i, "(") ? 1 : tokens.is(i, ")") ? -1 : 0;
      if (depth == 0 && (tokens.is(i, ON) || tokens.is(i, "USING"))) {
        throw AsOfSyntaxErrors.matchCondition(
            "it stands behind " + tokens.upperCase(i), tokens.origin(matchCondition));
      }
    }
  }

  private void checkComparison(int open, int close) {
    if (!tokens.is(close, ")")) {
      throw AsOfSyntaxErrors.matchCondition("its bracket is not closed", tokens.origin(open));
    }
    int depth = 0;
    for (int i = open; i < close; i++) {
      depth += tokens.is(i, "(") ? 1 : tokens.is(i, ")") ? -1 : 0;
      if (depth == 1 && tokens.is(i, ",")) {
        throw AsOfSyntaxErrors.matchCondition(
            "it takes one comparison, and a tolerance or a tie-break only as asof(..) in ON",
            tokens.origin(i));
      }
    }
  }

  /** Of columns, as strings. */
  private List<String> names(int first, int beyond) {
    List<String> names = new ArrayList<>();
    for (int i = first; i < beyond; i++) {
      if (tokens.is(i, "IDENTIFIER") && tokens.is(i + 1, "(")) {
        throw AsOfSyntaxErrors.matchCondition(
            "USING behind it takes names, and no IDENTIFIER(..); write the keys in ON",
            tokens.origin(i));
      }
      if (!tokens.is(i, ",")) {
        names.add(tokens.nameAsString(i));
      }
    }
    return names;
  }
}
