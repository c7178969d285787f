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

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A pattern of Python's {@code strptime}, compiled to steps. Numbers take as many digits as they
 * may have and need only one, as in Python; a blank in the pattern stands for one or more. Names
 * are English, without regard to case. What Python ignores is checked here: a day of week must be
 * that of the date, and an AM or PM must agree with the hour.
 *
 * <p>Adjacent numbers are read greedily and never shortened afterwards: {@code %Y%m%d} needs two
 * digits for the month.
 */
final class StrptimePattern {
  static final String SUPPORTED = "%Y %y %m %d %j %H %I %p %M %S %f %z %Z %b %B %a %A %T %F %%";

  /** What a step reads. */
  enum Field {
    YEAR,
    SHORT_YEAR,
    MONTH,
    MONTH_NAME,
    DAY,
    DAY_OF_YEAR,
    HOUR,
    HOUR_OF_HALF,
    HALF,
    MINUTE,
    SECOND,
    FRACTION,
    OFFSET,
    ZONE,
    DAY_NAME,
    LITERAL,
    BLANKS
  }

  /** One step; {@code literal} is the expected byte of a LITERAL. */
  record Step(Field field, byte literal) {}

  private final String pattern;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Field> seen = EnumSet.noneOf(Field.class);

  private StrptimePattern(String pattern) {
    this.pattern = pattern;
  }

  /** Compiles; an error names the token that is not supported, or what the pattern lacks. */
  static StrptimePattern compile(String pattern) {
    StrptimePattern compiled = new StrptimePattern(pattern);
    compiled.addAll(pattern);
    compiled.checkFields();
    return compiled;
  }

  /** A parser that reads times without an offset in a zone. */
  TextParser parser(ZoneId zone) {
    return new StrptimeParser(steps.toArray(Step[]::new), zone);
  }

  private void addAll(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte c = bytes[i];
      if (StrptimeParser.isBlank(c)) {
        addBlanks();
      } else if (c != '%') {
        steps.add(new Step(Field.LITERAL, c));
      } else if (i + 1 == bytes.length) {
        throw TimeErrors.invalidFormat(pattern, "it ends in a single %; write %% for a per cent");
      } else {
        i++;
        addToken((char) bytes[i]);
      }
    }
  }

  private void addBlanks() {
    if (steps.isEmpty() || steps.get(steps.size() - 1).field() != Field.BLANKS) {
      steps.add(new Step(Field.BLANKS, (byte) 0));
    }
  }

  private void addToken(char token) {
    switch (token) {
      case 'Y' -> add(Field.YEAR);
      case 'y' -> add(Field.SHORT_YEAR);
      case 'm' -> add(Field.MONTH);
      case 'b', 'B' -> add(Field.MONTH_NAME);
      case 'd' -> add(Field.DAY);
      case 'j' -> add(Field.DAY_OF_YEAR);
      case 'H' -> add(Field.HOUR);
      case 'I' -> add(Field.HOUR_OF_HALF);
      case 'p' -> add(Field.HALF);
      case 'M' -> add(Field.MINUTE);
      case 'S' -> add(Field.SECOND);
      case 'f' -> add(Field.FRACTION);
      case 'z' -> add(Field.OFFSET);
      case 'Z' -> add(Field.ZONE);
      case 'a', 'A' -> add(Field.DAY_NAME);
      case 'T' -> addAll("%H:%M:%S");
      case 'F' -> addAll("%Y-%m-%d");
      case '%' -> steps.add(new Step(Field.LITERAL, (byte) '%'));
      default ->
          throw TimeErrors.invalidFormat(
              pattern, "%" + token + " is not supported; supported are " + SUPPORTED);
    }
  }

  private void add(Field field) {
    if (!seen.add(field)) {
      throw TimeErrors.invalidFormat(pattern, "it names the same part of a time twice");
    }
    steps.add(new Step(field, (byte) 0));
  }

  private void checkFields() {
    refuseBoth(Field.YEAR, Field.SHORT_YEAR, "%Y and %y");
    refuseBoth(Field.HOUR, Field.HOUR_OF_HALF, "%H and %I");
    refuseBoth(Field.MONTH, Field.MONTH_NAME, "%m and %b");
    refuseBoth(Field.DAY_OF_YEAR, Field.MONTH, "%j and %m");
    refuseBoth(Field.DAY_OF_YEAR, Field.MONTH_NAME, "%j and %b");
    refuseBoth(Field.DAY_OF_YEAR, Field.DAY, "%j and %d");
    if (!seen.contains(Field.YEAR) && !seen.contains(Field.SHORT_YEAR)) {
      throw TimeErrors.invalidFormat(pattern, "it has no year; add %Y or %y");
    }
    boolean month = seen.contains(Field.MONTH) || seen.contains(Field.MONTH_NAME);
    if (seen.contains(Field.DAY) && !month) {
      throw TimeErrors.invalidFormat(pattern, "it has a day but no month; add %m, or use %j");
    }
    if (seen.contains(Field.HOUR_OF_HALF) && !seen.contains(Field.HALF)) {
      throw TimeErrors.invalidFormat(pattern, "it has %I but no %p; add %p or use %H");
    }
    if (seen.contains(Field.FRACTION) && !seen.contains(Field.SECOND)) {
      throw TimeErrors.invalidFormat(pattern, "it has %f but no %S");
    }
  }

  private void refuseBoth(Field one, Field other, String names) {
    if (seen.contains(one) && seen.contains(other)) {
      throw TimeErrors.invalidFormat(pattern, "it has both " + names + "; keep one");
    }
  }
}
