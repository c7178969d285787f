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

import io.feathub.spark.connector.time.StrptimePattern.Step;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Parses one text after another by the steps of a {@link StrptimePattern}, straight from UTF-8
 * bytes and without garbage but the text's bytes. Not safe for use by several threads.
 */
final class StrptimeParser implements TextParser {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final String[] MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };
  private static final String[] DAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
  };
  private static final int UNSET = -1;

  private final Step[] steps;
  private final ZoneRules defaultRules;
  private final Map<String, ZoneRules> zones = new HashMap<>();

  private byte[] text;
  private int position;

  private int year;
  private int month;
  private int day;
  private int dayOfYear;
  private int dayOfWeek;
  private int hour;
  private int hourOfHalf;
  private int half;
  private int minute;
  private int second;
  private int micros;
  private int offsetSeconds;
  private boolean hasOffset;
  private ZoneRules rules;

  StrptimeParser(Step[] steps, ZoneId zone) {
    this.steps = steps;
    this.defaultRules = zone.getRules();
  }

  @Override
  public long parse(UTF8String value) throws UnparsableEventTimeException {
    text = value.getBytes();
    reset();
    for (Step step : steps) {
      read(step);
    }
    if (position < text.length) {
      throw mismatch("the pattern ends before it");
    }
    return resolve();
  }

  private void reset() {
    position = 0;
    year = UNSET;
    month = 1;
    day = 1;
    dayOfYear = UNSET;
    dayOfWeek = UNSET;
    hour = 0;
    hourOfHalf = UNSET;
    half = UNSET;
    minute = 0;
    second = 0;
    micros = 0;
    hasOffset = false;
    rules = defaultRules;
  }

  private void read(Step step) throws UnparsableEventTimeException {
    switch (step.field()) {
      case YEAR -> year = number(4, 4);
      case SHORT_YEAR -> year = shortYear();
      case MONTH -> month = number(1, 2);
      case MONTH_NAME -> month = name(MONTHS, "a month") + 1;
      case DAY -> day = number(1, 2);
      case DAY_OF_YEAR -> dayOfYear = number(1, 3);
      case HOUR -> hour = inRange(number(1, 2), 0, 23, "hour");
      case HOUR_OF_HALF -> hourOfHalf = inRange(number(1, 2), 1, 12, "hour");
      case HALF -> half = half();
      case MINUTE -> minute = inRange(number(1, 2), 0, 59, "minute");
      case SECOND -> second = inRange(number(1, 2), 0, 59, "second");
      case FRACTION -> micros = fraction();
      case OFFSET -> readOffset();
      case ZONE -> readZone();
      case DAY_NAME -> dayOfWeek = name(DAYS, "a day of the week") + 1;
      case LITERAL -> readLiteral(step.literal());
      case BLANKS -> readBlanks();
    }
  }

  private long resolve() throws UnparsableEventTimeException {
    if (half != UNSET) {
      if (hourOfHalf != UNSET) {
        hour = hourOfHalf % 12 + 12 * half;
      } else if (hour / 12 != half) {
        throw new UnparsableEventTimeException("AM or PM contradicts the hour");
      }
    }
    LocalDate date = date();
    if (dayOfWeek != UNSET && date.getDayOfWeek().getValue() != dayOfWeek) {
      throw new UnparsableEventTimeException("the day of the week is not that of the date");
    }
    long localSeconds = date.toEpochDay() * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second;
    return hasOffset
        ? (localSeconds - offsetSeconds) * 1_000_000L + micros
        : LocalTimes.toMicros(localSeconds, micros, rules);
  }

  private LocalDate date() throws UnparsableEventTimeException {
    // Year 0 is no year of Python's, nor one of the range that TIMESTAMP is documented to have.
    if (year < 1) {
      throw new UnparsableEventTimeException("there is no year 0");
    }
    try {
      return dayOfYear == UNSET
          ? LocalDate.of(year, month, day)
          : LocalDate.ofYearDay(year, dayOfYear);
    } catch (DateTimeException e) {
      throw new UnparsableEventTimeException("there is no such date");
    }
  }

  private int shortYear() throws UnparsableEventTimeException {
    int value = number(2, 2);
    return value < 69 ? 2000 + value : 1900 + value;
  }

  private int half() throws UnparsableEventTimeException {
    if (position + 2 <= text.length && lower(text[position + 1]) == 'm') {
      int letter = lower(text[position]);
      if (letter == 'a' || letter == 'p') {
        position += 2;
        return letter == 'a' ? 0 : 1;
      }
    }
    throw mismatch("AM or PM is expected");
  }

  private int fraction() throws UnparsableEventTimeException {
    int start = position;
    int value = number(1, 6);
    if (position < text.length && isDigit(text[position])) {
      throw new UnparsableEventTimeException("it is more precise than a microsecond");
    }
    for (int digits = position - start; digits < 6; digits++) {
      value *= 10;
    }
    return value;
  }

  private void readOffset() throws UnparsableEventTimeException {
    hasOffset = true;
    offsetSeconds = 0;
    byte sign = position < text.length ? text[position] : 0;
    if (sign == 'Z') {
      position++;
      return;
    }
    if (sign != '+' && sign != '-') {
      throw mismatch("an offset such as +0800, +08:00 or Z is expected");
    }
    position++;
    int hours = inRange(number(2, 2), 0, 23, "offset");
    boolean colon = skip((byte) ':');
    int seconds = hours * 3_600 + inRange(number(2, 2), 0, 59, "offset") * 60;
    boolean more = position < text.length && (colon ? text[position] == ':' : false);
    if (more) {
      position++;
      seconds += inRange(number(2, 2), 0, 59, "offset");
    }
    offsetSeconds = sign == '-' ? -seconds : seconds;
  }

  private void readZone() throws UnparsableEventTimeException {
    int start = position;
    while (position < text.length && isZoneCharacter(text[position])) {
      position++;
    }
    String name = new String(text, start, position - start, StandardCharsets.US_ASCII);
    ZoneRules found = zones.get(name);
    if (found == null) {
      try {
        found = ZoneId.of(name).getRules();
      } catch (DateTimeException e) {
        throw new UnparsableEventTimeException("`" + name + "` is not the name of a time zone");
      }
      zones.put(name, found);
    }
    rules = found;
  }

  private void readLiteral(byte literal) throws UnparsableEventTimeException {
    if (!skip(literal)) {
      throw mismatch("the pattern has another character");
    }
  }

  private void readBlanks() throws UnparsableEventTimeException {
    int start = position;
    while (position < text.length && isBlank(text[position])) {
      position++;
    }
    if (position == start) {
      throw mismatch("a blank is expected");
    }
  }

  private int number(int minDigits, int maxDigits) throws UnparsableEventTimeException {
    int end = Math.min(text.length, position + maxDigits);
    int start = position;
    int value = 0;
    while (position < end && isDigit(text[position])) {
      value = value * 10 + (text[position] - '0');
      position++;
    }
    if (position - start < minDigits) {
      throw mismatch(minDigits == 1 ? "a digit is expected" : minDigits + " digits are expected");
    }
    return value;
  }

  /** The index of the full or three-letter name that stands here; the longest one counts. */
  private int name(String[] names, String what) throws UnparsableEventTimeException {
    for (int i = 0; i < names.length; i++) {
      if (startsWith(names[i])) {
        position += names[i].length();
        return i;
      }
    }
    for (int i = 0; i < names.length; i++) {
      if (startsWith(names[i].substring(0, 3))) {
        position += 3;
        return i;
      }
    }
    throw mismatch("the English name of " + what + " is expected");
  }

  private boolean startsWith(String lowerCase) {
    int length = lowerCase.length();
    return position + length <= text.length
        && new String(text, position, length, StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .equals(lowerCase);
  }

  private boolean skip(byte expected) {
    if (position < text.length && text[position] == expected) {
      position++;
      return true;
    }
    return false;
  }

  private UnparsableEventTimeException mismatch(String expectation) {
    return new UnparsableEventTimeException("at character " + (position + 1) + " " + expectation);
  }

  private static int inRange(int value, int min, int max, String what)
      throws UnparsableEventTimeException {
    if (value < min || value > max) {
      throw new UnparsableEventTimeException("there is no " + what + " " + value);
    }
    return value;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isZoneCharacter(byte c) {
    int letter = lower(c);
    return (letter >= 'a' && letter <= 'z')
        || isDigit(c)
        || c == '/'
        || c == '_'
        || c == '+'
        || c == '-';
  }

  private static int lower(byte c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  static boolean isBlank(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
