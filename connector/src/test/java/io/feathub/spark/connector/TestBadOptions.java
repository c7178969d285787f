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
package io.feathub.spark.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.FeathubErrors;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBadOptions {
  /** Options besides format and path (- removes one) | condition | what the message says. */
  private static final String CASES =
      """
      -data_format | MISSING_OPTION | `data_format`; never guessed
      -path | MISSING_OPTION | `path`; directory or a glob
      data_format=avro | INVALID_OPTION | `avro`; json, csv, parquet
      paths=[1 | INVALID_OPTION | `paths`; JSON array
      timestampfield=ts | UNKNOWN_OPTION | `timestampfield`; Did you mean `timestamp_field`?
      mutiLine=true | UNKNOWN_OPTION | Did you mean `multiLine`?; json reader
      header=true | UNKNOWN_OPTION | `header`; timestamp_field
      mode=lenient | INVALID_OPTION | `lenient`; failfast, permissive or dropmalformed
      mode=quarantine | INVALID_OPTION | not available; permissive
      bad_records_path=/x | INVALID_OPTION | `bad_records_path`; not available
      version=3 | INVALID_OPTION | `version`; no versions
      columnNameOfCorruptRecord=c | INVALID_OPTION | permissive
      time_zone=Mars/Base | INVALID_OPTION | `Mars/Base`; Asia/Shanghai
      time_zone=UTC,timeZone=+01:00 | INVALID_OPTION | contradicts
      keys= | INVALID_OPTION | `keys`; empty
      keys=user&&ts | INVALID_OPTION | `a,b`
      ordering=user&user | INVALID_OPTION | twice
      ordering=m | INVALID_OPTION | `m`; no order
      keys=usr | COLUMN_NOT_FOUND | `usr`; `keys`; user, amount, ts, m; Did you mean `user`?
      timestamp_field=time | COLUMN_NOT_FOUND | `time`; `timestamp_field`
      ordering=user&Amnt | COLUMN_NOT_FOUND | `Amnt`; Did you mean `amount`?
      timestamp_field=ts,event_time_column=USER | EVENT_TIME_COLUMN_CLASH | `USER`; another name
      timestamp_format=epoch | MISSING_OPTION | `timestamp_field`
      event_time_column=et | MISSING_OPTION | `timestamp_field`
      timestamp_field=ts,timestamp_format=%Y %Q | INVALID_TIMESTAMP_FORMAT | %Q is not supported; %Y %y
      timestamp_field=ts,timestamp_format=bogus | INVALID_TIMESTAMP_FORMAT | neither epoch
      timestamp_field=amount,timestamp_format=%Y | TIMESTAMP_TYPE | `amount` is of type INT; STRING
      path=/no/such/place | PATH_NOT_FOUND | /no/such/place; Check the spelling
      path=/no/such/*.json | PATH_NOT_FOUND | /no/such/*.json
      pathGlobFilter=*.nope | NO_DATA_FILES | *.nope; data.json
      """;

  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void startSpark() {
    spark = TestSession.stock();
  }

  @Test
  void wrongOptionsAreNamedWithTheirFixBeforeAnythingIsRead() {
    String path = Files.write(directory, "data.json", "{}").toString();
    for (String line : CASES.lines().toList()) {
      String[] parts = line.split(" \\| ", -1);
      DataFrameReader reader =
          spark
              .read()
              .format("feathub")
              .schema("user STRING, amount INT, ts STRING, m MAP<STRING, INT>")
              .options(options(path, parts[0]));
      assertError(
          line, catchThrowable(reader::load), "FEATHUB_" + parts[1], parts[2].split("; ", -1));
    }
  }

  @Test
  void textWithoutASchemaIsRefused() {
    String path = Files.write(directory, "data.json", "{}").toString();
    for (String format : new String[] {"json", "csv"}) {
      DataFrameReader reader = spark.read().format("feathub").option("data_format", format);
      assertError(
          format,
          catchThrowable(() -> reader.load(path)),
          "FEATHUB_SCHEMA_REQUIRED",
          format,
          ".schema(");
    }
  }

  @Test
  void secretsAreNotInErrors() {
    assertThat(
            catchThrowable(
                () ->
                    spark
                        .read()
                        .format("feathub")
                        .schema("a INT")
                        .option("data_format", "json")
                        .option("fs.s3a.secret.key", "pl4nted")
                        .option("fs_s3a_secret_key", "pl4nted")
                        .load("/nowhere")))
        .hasMessageContaining("fs_s3a_secret_key")
        .hasMessageNotContaining("pl4nted");
  }

  private static Map<String, String> options(String path, String changes) {
    Map<String, String> options = new HashMap<>(Map.of("data_format", "json", "path", path));
    for (String change : changes.split(",", -1)) {
      String[] sides = change.strip().split("=", 2);
      if (sides.length == 1) {
        options.remove(sides[0].substring(1));
      } else {
        options.put(sides[0], sides[1].replace('&', ','));
      }
    }
    return options;
  }

  private static void assertError(String name, Throwable thrown, String condition, String... says) {
    assertThat(thrown).as(name).isNotNull();
    SparkThrowable error =
        FeathubErrors.find(thrown).orElseThrow(() -> new AssertionError(name, thrown));
    assertThat(error.getCondition()).as(name + ": " + error).isEqualTo(condition);
    assertThat(((Throwable) error).getMessage()).as(name).contains(says);
  }
}
