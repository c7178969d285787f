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
package io.feathub.spark.connector.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

class TestPlainFilesOptions {
  private static PlainFilesOptions parse(String format, String... more) {
    Map<String, String> options = new HashMap<>(Map.of("path", "/data", "data_format", format));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return PlainFilesOptions.parse(new CaseInsensitiveStringMap(options), "Asia/Tokyo");
  }

  @Test
  void defaultsAreFailfastAndTheSessionsZone() {
    PlainFilesOptions options = parse("json");

    assertThat(options.paths()).containsExactly("/data");
    assertThat(options.format()).isEqualTo(DataFormat.JSON);
    assertThat(options.mode()).isEqualTo(ReadMode.FAILFAST);
    assertThat(options.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(options.keys()).isEmpty();
    assertThat(options.ordering()).isEmpty();
    assertThat(options.timestampField()).isNull();
    assertThat(options.readerOptions())
        .isEqualTo(Map.of("mode", "FAILFAST", "timeZone", "Asia/Tokyo"));
  }

  @Test
  void namesOfOptionsAndTheirValuesIgnoreCase() {
    PlainFilesOptions options =
        parse("CSV", "Keys", " user_id , item ", "MODE", "Permissive", "HEADER", "true");

    assertThat(options.format()).isEqualTo(DataFormat.CSV);
    assertThat(options.keys()).containsExactly("user_id", "item");
    assertThat(options.mode()).isEqualTo(ReadMode.PERMISSIVE);
    assertThat(options.readerOption("header")).contains("true");
  }

  @Test
  void strictCsvCountsColumnsAndChecksHeadersUnlessToldOtherwise() {
    assertThat(parse("csv").readerOptions())
        .containsEntry("columnPruning", "false")
        .containsEntry("enforceSchema", "false");
    assertThat(parse("csv", "ENFORCESCHEMA", "true").readerOptions())
        .containsEntry("ENFORCESCHEMA", "true")
        .doesNotContainKey("enforceSchema");
    assertThat(parse("csv", "mode", "permissive").readerOptions())
        .doesNotContainKeys("columnPruning", "enforceSchema");
  }

  @Test
  void oneZoneHoldsForTypedAndUntypedTimes() {
    assertThat(parse("json", "time_zone", "UTC").readerOption("timeZone")).contains("UTC");
    assertThat(parse("json", "timeZone", "+05:30").zone()).isEqualTo(ZoneId.of("+05:30"));
    assertThat(parse("parquet", "time_zone", "UTC").readerOption("timeZone")).contains("UTC");
  }

  @Test
  void everyReaderOptionOfTheFormatIsTaken() {
    for (DataFormat format : DataFormat.values()) {
      for (String name : ReaderOptions.names(format)) {
        boolean checked = name.equalsIgnoreCase("mode") || name.equalsIgnoreCase("timeZone");
        if (!checked && !name.equals("columnNameOfCorruptRecord")) {
          assertThat(parse(format.optionValue(), name, "true").readerOption(name)).contains("true");
        }
      }
    }
    assertThatThrownBy(() -> parse("parquet", "multiLine", "true"))
        .hasMessageContaining("[FEATHUB_UNKNOWN_OPTION]");
  }

  @Test
  void pathsAndPathAreReadTogether() {
    assertThat(parse("json", "paths", "[\"/a b\",\"/c\"]").paths())
        .containsExactly("/a b", "/c", "/data");
  }

  @Test
  void secretsOfFileSystemsPassThroughUnseen() {
    PlainFilesOptions options = parse("json", "fs.s3a.secret.key", "pl4nted");

    assertThat(options.readerOptions()).containsEntry("fs.s3a.secret.key", "pl4nted");
    assertThat(options.toString()).contains("fs.s3a.secret.key").doesNotContain("pl4nted");
  }
}
