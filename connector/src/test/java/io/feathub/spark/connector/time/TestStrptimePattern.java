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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestStrptimePattern {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static Instant parse(String pattern, String text, ZoneId zone) throws Exception {
    long micros = StrptimePattern.compile(pattern).parser(zone).parse(UTF8String.fromString(text));
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%Y-%m-%d %H:%M:%S | 2022-01-01 00:01:30 | 2022-01-01T00:01:30Z",
        "%Y-%m-%d %H:%M:%S | 2022-1-1 0:1:3 | 2022-01-01T00:01:03Z",
        "%F %T | 2022-12-31 23:59:59 | 2022-12-31T23:59:59Z",
        "%F %T | 2022-12-31   23:59:59 | 2022-12-31T23:59:59Z",
        "%Y%m%d%H%M%S | 20220131235959 | 2022-01-31T23:59:59Z",
        "%Y | 2022 | 2022-01-01T00:00:00Z",
        "%Y/%j | 2024/366 | 2024-12-31T00:00:00Z",
        "%d %b %Y %I:%M %p | 5 Mar 2022 12:05 am | 2022-03-05T00:05:00Z",
        "%d %B %Y %I:%M %p | 05 MARCH 2022 12:05 PM | 2022-03-05T12:05:00Z",
        "%d %B %Y | 5 may 2022 | 2022-05-05T00:00:00Z",
        "%a %b %d %H:%M:%S %Y | Sat Jan 01 00:01:02 2022 | 2022-01-01T00:01:02Z",
        "%A, %d-%b-%y | Saturday, 01-Jan-22 | 2022-01-01T00:00:00Z",
        "%y | 68 | 2068-01-01T00:00:00Z",
        "%y | 69 | 1969-01-01T00:00:00Z",
        "%FT%T.%f | 2022-01-01T00:00:00.5 | 2022-01-01T00:00:00.500Z",
        "%FT%T.%f | 2022-01-01T00:00:00.000001 | 2022-01-01T00:00:00.000001Z",
        "%FT%T.%f | 1969-12-31T23:59:59.999999 | 1969-12-31T23:59:59.999999Z",
        "%FT%T%z | 2022-01-01T08:00:00+0800 | 2022-01-01T00:00:00Z",
        "%FT%T%z | 2022-01-01T08:00:00+08:00 | 2022-01-01T00:00:00Z",
        "%FT%T%z | 2022-01-01T00:00:00-00:30:15 | 2022-01-01T00:30:15Z",
        "%FT%T%z | 2022-01-01T00:00:00Z | 2022-01-01T00:00:00Z",
        "%F %T %Z | 2022-01-01 08:00:00 Asia/Shanghai | 2022-01-01T00:00:00Z",
        "%F %T %Z | 2022-01-01 08:00:00 UTC | 2022-01-01T08:00:00Z",
        "100%% %Y at 'noon' | 100% 2022 at 'noon' | 2022-01-01T00:00:00Z",
        "%Y年%m月 | 2022年07月 | 2022-07-01T00:00:00Z",
        "%F %H %p | 2022-01-01 13 PM | 2022-01-01T13:00:00Z",
        "%F | 0001-01-01 | 0001-01-01T00:00:00Z",
        "%F %T.%f | 9999-12-31 23:59:59.999999 | 9999-12-31T23:59:59.999999Z",
      },
      quoteCharacter = '"')
  void readsWhatPythonReads(String pattern, String text, String expected) throws Exception {
    assertThat(parse(pattern, text, ZoneOffset.UTC)).isEqualTo(Instant.parse(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%F %T | 2022-02-30 00:00:00 | no such date",
        "%F %T | 2022-13-01 00:00:00 | no such date",
        "%F %T | 2022-01-01 24:00:00 | no hour 24",
        "%F %T | 2022-01-01 00:60:00 | no minute 60",
        "%F %T | 2022-01-01 00:00:60 | no second 60",
        "%F %T | 2022-01-01T00:00:00 | at character 11 a blank is expected",
        "%F %T | 2022-01-01 00:00:00.5 | at character 20 the pattern ends",
        "%F %T | 2022-01-01 | at character 11 a blank",
        "%F %T | 202-01-01 00:00:00 | 4 digits",
        "%F %T.%f | 2022-01-01 00:00:00.1234567 | more precise than a microsecond",
        "%Y/%j | 2023/366 | no such date",
        "%F %I %p | 2022-01-01 13 PM | no hour 13",
        "%F %H %p | 2022-01-01 13 AM | contradicts",
        "%a %F | Mon 2022-01-01 | day of the week",
        "%F%z | 2022-01-01+8 | 2 digits",
        "%F %Z | 2022-01-01 Mars/Base | not the name of a time zone",
        "%d %b %Y | 1 Foo 2022 | English name of a month",
        "%F | 0000-01-01 | no year 0",
        "%F | '' | 4 digits",
        "%F | ２０２２-01-01 | 4 digits",
      })
  void refusesWhatDoesNotFit(String pattern, String text, String reason) {
    assertThatThrownBy(() -> parse(pattern, text, ZoneOffset.UTC))
        .isInstanceOf(UnparsableEventTimeException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%Y-%Q | %Q is not supported; supported are %Y %y",
        "%Y-%U | %U",
        "%H:%M | no year",
        "%Y %y | both %Y and %y",
        "%Y %d | a day but no month",
        "%Y %Y | twice",
        "%F %I | no %p",
        "%F %f | no %S",
        "%Y% | ends in a single %",
      })
  void refusesPatternsByName(String pattern, String reason) {
    assertThatThrownBy(() -> StrptimePattern.compile(pattern))
        .hasMessageContaining("[FEATHUB_INVALID_TIMESTAMP_FORMAT]")
        .hasMessageContaining("`" + pattern + "`")
        .hasMessageContaining(reason);
  }

  @Test
  void gapsMoveForwardAndOverlapsAreTheEarlierInstant() throws Exception {
    assertThat(parse("%F %T", "2022-03-13 02:30:00", NEW_YORK))
        .isEqualTo(Instant.parse("2022-03-13T07:30:00Z"))
        .isEqualTo(LocalDateTime.parse("2022-03-13T02:30:00").atZone(NEW_YORK).toInstant());
    assertThat(parse("%F %T", "2022-11-06 01:30:00", NEW_YORK))
        .isEqualTo(Instant.parse("2022-11-06T05:30:00Z"))
        .isEqualTo(LocalDateTime.parse("2022-11-06T01:30:00").atZone(NEW_YORK).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "+05:30",
        "Asia/Kolkata"
      })
  void agreesWithJavaTimeOnRandomTimes(String zoneName) throws Exception {
    long seed = Long.getLong("feathub.test.seed", System.nanoTime());
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(zoneName);
    DateTimeFormatter micros =
        new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
            .toFormatter(Locale.ENGLISH);
    DateTimeFormatter names =
        DateTimeFormatter.ofPattern("EEE, dd MMMM uuuu hh:mm:ss a", Locale.ENGLISH);
    DateTimeFormatter offset = DateTimeFormatter.ofPattern("uuuu-DDD HH:mm:ss xxx", Locale.ENGLISH);
    TextParser microsParser = StrptimePattern.compile("%Y-%m-%dT%H:%M:%S.%f").parser(zone);
    TextParser namesParser = StrptimePattern.compile("%a, %d %B %Y %I:%M:%S %p").parser(zone);
    TextParser offsetParser = StrptimePattern.compile("%Y-%j %T %z").parser(zone);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          LocalDateTime.of(1, 1, 1, 0, 0)
              .plusSeconds((long) (random.nextDouble() * 315_537_897_599L))
              .plusNanos(random.nextInt(1_000_000) * 1_000L);
      if (i % 2 == 0) {
        time = time.withYear(1990 + random.nextInt(40));
      }
      LocalDateTime seconds = time.truncatedTo(ChronoUnit.SECONDS);
      OffsetDateTime there =
          seconds.atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(1440) - 720) * 60));
      String context = "seed " + seed + ", " + time + " in " + zone;
      assertThat(microsParser.parse(text(micros.format(time))))
          .as(context)
          .isEqualTo(micros(time.atZone(zone).toInstant()));
      assertThat(namesParser.parse(text(names.format(time))))
          .as(context)
          .isEqualTo(micros(seconds.atZone(zone).toInstant()));
      assertThat(offsetParser.parse(text(offset.format(there))))
          .as(context)
          .isEqualTo(micros(there.toInstant()));
    }
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
  }
}
