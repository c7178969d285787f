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
package io.feathub.spark.connector.time;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import org.apache.spark.sql.catalyst.util.Iso8601TimestampFormatter;
import org.apache.spark.sql.catalyst.util.LegacyDateFormats;
import org.apache.spark.sql.catalyst.util.TimestampFormatter;

/** Spark's own datetime patterns, parsed by Spark. */
final class SparkPatternParser {
  /** The digits of a microsecond. */
  private static final int MAX_FRACTION_LETTERS = 6;

  private SparkPatternParser() {}

  static TextParser of(String pattern, ZoneId zone) {
    if (letters(pattern, "S") > MAX_FRACTION_LETTERS) {
      throw TimeErrors.invalidFormat(
          pattern, "event times are in microseconds: use at most six letters S");
    }
    TimestampFormatter formatter =
        new Iso8601TimestampFormatter(
            pattern, zone, Locale.US, LegacyDateFormats.SIMPLE_DATE_FORMAT(), true);
    try {
      formatter.validatePatternString(false);
    } catch (RuntimeException e) {
      throw TimeErrors.invalidFormat(
          pattern,
          "it is neither epoch, epoch_millis, a strptime pattern with %, nor a datetime pattern of"
              + " Spark such as yyyy-MM-dd HH:mm:ss");
    }
    checkFields(pattern);
    return text -> parse(formatter, text.toString());
  }

  /** Refuses what Spark would fill in silently: 1970, or the morning. */
  private static void checkFields(String pattern) {
    if (letters(pattern, "yu") == 0) {
      throw TimeErrors.invalidFormat(pattern, "it has no year; add yyyy");
    }
    if (letters(pattern, "hK") > 0 && letters(pattern, "a") == 0) {
      throw TimeErrors.invalidFormat(
          pattern, "it counts hours by halves of the day; add a for AM or PM, or use HH");
    }
  }

  private static long parse(TimestampFormatter formatter, String text)
      throws UnparsableEventTimeException {
    try {
      return formatter.parse(text);
    } catch (DateTimeException | ArithmeticException | ParseException e) {
      throw new UnparsableEventTimeException("it does not fit the pattern");
    }
  }

  /** How many unquoted letters of the pattern are among these. */
  private static int letters(String pattern, String wanted) {
    boolean quoted = false;
    int letters = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && wanted.indexOf(c) >= 0) {
        letters++;
      }
    }
    return letters;
  }
}
