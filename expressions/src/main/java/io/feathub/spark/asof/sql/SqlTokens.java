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

import io.feathub.spark.interop.Origins;
import io.feathub.spark.interop.SqlGrammar;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * A text as Spark's lexer sees it: words, names and signs, without comments and blanks.
 *
 * <p>Tokens are told apart by their text, as the numbers of their kinds are others in each version
 * of Spark.
 */
final class SqlTokens {
  static final int NONE = -1;

  private final String sql;
  private final CommonTokenStream stream;
  private final List<Token> tokens;

  private SqlTokens(String sql, CommonTokenStream stream, List<Token> tokens) {
    this.sql = sql;
    this.stream = stream;
    this.tokens = tokens;
  }

  static SqlTokens of(String sql) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
    // What is wrong with the text is for Spark's own parser to say.
    lexer.removeErrorListeners();
    CommonTokenStream stream = new CommonTokenStream(lexer);
    stream.fill();
    List<Token> tokens =
        stream.getTokens().stream()
            .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
            .filter(token -> token.getType() != Token.EOF)
            .toList();
    return new SqlTokens(sql, stream, tokens);
  }

  /** The last token before the given one that is this word with a bracket opened behind it. */
  int lastCall(String word, int before) {
    for (int i = Math.min(before, tokens.size() - 1) - 1; i >= 0; i--) {
      if (is(i, word) && is(i + 1, "(")) {
        return i;
      }
    }
    return NONE;
  }

  /** Whether there is a token of this number, and it is this word or sign. */
  boolean is(int number, String text) {
    return number >= 0
        && number < tokens.size()
        && tokens.get(number).getText().equalsIgnoreCase(text);
  }

  int count() {
    return tokens.size();
  }

  /** Where a token stands, for errors. */
  Origin origin(int number) {
    Token token = tokens.get(number);
    return Origins.at(token.getLine(), token.getCharPositionInLine());
  }

  String upperCase(int number) {
    return word(number).toUpperCase(Locale.ROOT);
  }

  /** Empty if there is no such token. */
  String word(int number) {
    return number >= 0 && number < tokens.size() ? tokens.get(number).getText() : "";
  }

  /** The bracket that closes the one at a number; the last token if none does. */
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (is(i, "(")) {
        depth++;
      } else if (is(i, ")")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return tokens.size() - 1;
  }

  /** The number of the token behind the longest Boolean expression that starts at one. */
  int endOfBooleanExpression(int start) {
    if (start >= tokens.size()) {
      return tokens.size();
    }
    SqlBaseParser parser = SqlGrammar.parser(sql, stream);
    stream.seek(tokens.get(start).getTokenIndex());
    ParserRuleContext expression = parser.booleanExpression();
    int last = expression.getStop().getTokenIndex();
    int beyond = start;
    while (beyond < tokens.size() && tokens.get(beyond).getTokenIndex() <= last) {
      beyond++;
    }
    return beyond;
  }

  /** The text from one token to another, both included; empty if they are the other way round. */
  String text(int first, int last) {
    return first > last ? "" : sql.substring(startOf(first), endOf(last));
  }

  /** The text before a token. */
  String before(int number) {
    return sql.substring(0, startOf(number));
  }

  /** The text between two tokens, or behind the first where there is no second. */
  String between(int first, int second) {
    return second < tokens.size() ? sql.substring(endOf(first), startOf(second)) : behind(first);
  }

  /** The text behind a token. */
  String behind(int number) {
    return sql.substring(endOf(number));
  }

  /** A name, quoted or not, as a string literal of SQL. */
  String nameAsString(int number) {
    String name = tokens.get(number).getText();
    String quote = name.substring(0, 1);
    if (quote.equals("`") || quote.equals("\"")) {
      name = name.substring(1, name.length() - 1).replace(quote + quote, quote);
    }
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Tokens count code points. */
  private int startOf(int number) {
    return sql.offsetByCodePoints(0, tokens.get(number).getStartIndex());
  }

  private int endOf(int number) {
    return sql.offsetByCodePoints(0, tokens.get(number).getStopIndex() + 1);
  }
}
