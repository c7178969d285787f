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
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class TestEventTime {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Instant NOON = Instant.parse("2022-01-01T12:00:00Z");

  private static Instant read(DataType type, String format, ZoneId zone, Object value)
      throws UnparsableEventTimeException {
    EventTimeReader reader = EventTime.of("ts", type, format, zone).reader();
    long micros = reader.read(new GenericInternalRow(new Object[] {value}), 0);
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  @Test
  void epochIsTheDefaultAndIsExact() throws Exception {
    assertThat(read(DataTypes.LongType, null, SHANGHAI, 1641038400L)).isEqualTo(NOON);
    assertThat(read(DataTypes.IntegerType, "epoch", SHANGHAI, 1641038400)).isEqualTo(NOON);
    assertThat(read(DataTypes.LongType, "epoch_millis", SHANGHAI, 1641038400001L))
        .isEqualTo(NOON.plusMillis(1));
    assertThat(read(DataTypes.DoubleType, "epoch", SHANGHAI, 1641038400.25))
        .isEqualTo(NOON.plusMillis(250));
    assertThat(
            read(
                DataTypes.createDecimalType(18, 6),
                "epoch",
                SHANGHAI,
                Decimal.apply("1641038400.000001")))
        .isEqualTo(NOON.plus(1, ChronoUnit.MICROS));
    assertThat(read(DataTypes.StringType, "epoch", SHANGHAI, text("1641038400"))).isEqualTo(NOON);
    assertThat(read(DataTypes.LongType, "epoch", SHANGHAI, -1L))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59Z"));
  }

  @Test
  void epochThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> read(DataTypes.LongType, "epoch", SHANGHAI, Long.MAX_VALUE / 1000))
        .hasMessageContaining("out of the range");
    assertThatThrownBy(() -> read(DataTypes.LongType, "epoch", SHANGHAI, Long.MIN_VALUE / 1000))
        .hasMessageContaining("out of the range");
    assertThatThrownBy(() -> read(DataTypes.DoubleType, "epoch", SHANGHAI, 1.23456789))
        .hasMessageContaining("more precise");
    assertThatThrownBy(() -> read(DataTypes.DoubleType, "epoch", SHANGHAI, Double.NaN))
        .hasMessageContaining("not a number");
    assertThatThrownBy(() -> read(DataTypes.DoubleType, "epoch", SHANGHAI, 1e300))
        .hasMessageContaining("out of the range");
    assertThatThrownBy(
            () -> read(DataTypes.StringType, "epoch", SHANGHAI, text("2022-01-01 00:00:00")))
        .hasMessageContaining("not a number");
    assertThatThrownBy(() -> read(DataTypes.StringType, "epoch", SHANGHAI, text("1e999999999")))
        .hasMessageContaining("out of the range");
  }

  @Test
  void typedColumnsNeedNoFormat() throws Exception {
    assertThat(read(DataTypes.TimestampType, null, SHANGHAI, 1641038400000001L))
        .isEqualTo(NOON.plus(1, ChronoUnit.MICROS));
    long local = LocalDateTime.parse("2022-01-01T20:00:00").toEpochSecond(ZoneOffset.UTC);
    assertThat(read(DataTypes.TimestampNTZType, null, SHANGHAI, local * 1_000_000L))
        .isEqualTo(NOON);
    assertThat(
            read(DataTypes.DateType, null, SHANGHAI, (int) LocalDate.of(2022, 1, 1).toEpochDay()))
        .isEqualTo(Instant.parse("2021-12-31T16:00:00Z"));
    assertThatThrownBy(() -> read(DataTypes.DateType, null, SHANGHAI, Integer.MAX_VALUE))
        .hasMessageContaining("out of range");
    assertThatThrownBy(() -> read(DataTypes.TimestampNTZType, null, SHANGHAI, Long.MIN_VALUE))
        .hasMessageContaining("out of range");
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.TimestampType, "epoch", SHANGHAI))
        .hasMessageContaining("[FEATHUB_TIMESTAMP_TYPE]")
        .hasMessageContaining("leave the option out");
  }

  @Test
  void sparkPatternsAreReadBySpark() throws Exception {
    assertThat(read(DataTypes.StringType, "dd/MM/yyyy HH:mm", SHANGHAI, text("01/01/2022 20:00")))
        .isEqualTo(NOON);
    assertThat(
            read(
                DataTypes.StringType,
                "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
                SHANGHAI,
                text("2022-01-01T12:00:00.000001Z")))
        .isEqualTo(NOON.plus(1, ChronoUnit.MICROS));
    assertThatThrownBy(() -> read(DataTypes.StringType, "dd/MM/yyyy", SHANGHAI, text("2022-01-01")))
        .isInstanceOf(UnparsableEventTimeException.class)
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.StringType, "HH:mm:ss.SSSSSSS", SHANGHAI))
        .hasMessageContaining("at most six letters S");
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.StringType, "bogus", SHANGHAI))
        .hasMessageContaining("[FEATHUB_INVALID_TIMESTAMP_FORMAT]")
        .hasMessageContaining("neither epoch");
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.StringType, "HH:mm:ss", SHANGHAI))
        .hasMessageContaining("no year");
    assertThatThrownBy(
            () -> EventTime.of("ts", DataTypes.StringType, "yyyy-MM-dd hh:mm:ss", SHANGHAI))
        .hasMessageContaining("halves of the day");
  }

  @Test
  void typesThatCannotHoldTheFormatAreRefusedByName() {
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.LongType, "%Y%m%d", SHANGHAI))
        .hasMessageContaining("[FEATHUB_TIMESTAMP_TYPE]")
        .hasMessageContaining("`ts` is of type BIGINT")
        .hasMessageContaining("STRING");
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.BooleanType, null, SHANGHAI))
        .hasMessageContaining("BOOLEAN");
    assertThatThrownBy(() -> EventTime.of("ts", DataTypes.FloatType, "epoch", SHANGHAI))
        .hasMessageContaining("FLOAT");
  }
}
