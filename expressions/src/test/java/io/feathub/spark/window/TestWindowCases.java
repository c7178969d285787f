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
package io.feathub.spark.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feathub.spark.testing.AcceptanceCases;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows of other systems' tests, with the rows that come out there. */
class TestWindowCases {
  /** Rows of another table that feed the frames and do not come out: no SQL says that. */
  private static final List<String> LEFT_OUT =
      List.of("openmldb_union", "openmldb_union_two_tables");

  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(WindowExtension::install);
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
  }

  private static List<WindowCase> all() throws IOException {
    return AcceptanceCases.ofKind("window").stream().map(WindowCase::new).toList();
  }

  static Stream<WindowCase> cases() throws IOException {
    return all().stream()
        .filter(found -> !LEFT_OUT.contains(found.name()))
        .filter(found -> !WindowSessions.SPARK_ANSWERS || !found.needsOurFunctions());
  }

  @Test
  void onlyTheUnionsOfTablesAreLeftOut() throws IOException {
    assertThat(all()).hasSize(45);
    assertThat(all())
        .filteredOn(found -> found.hasTag("window-union"))
        .extracting(WindowCase::name)
        .containsExactlyInAnyOrderElementsOf(LEFT_OUT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheRowsOfTheCase(WindowCase given) {
    JsonNode found = given.found();
    AcceptanceCases.frame(spark, found).createOrReplaceTempView("events");
    double tolerance = found.path("float_tol").asDouble(1e-9);
    List<Row> expected = new ArrayList<>(AcceptanceCases.rows(found.get("expected")));
    List<Row> actual = WindowSessions.streamedAlone(spark, given.sql());
    assertThat(actual).as(given.sql()).hasSameSizeAs(expected);
    for (Row row : actual) {
      Row match =
          expected.stream()
              .filter(candidate -> areSame(candidate, row, tolerance))
              .findFirst()
              .orElse(null);
      assertThat(match).as("%s gives %s, of %s are left", given.sql(), row, expected).isNotNull();
      expected.remove(match);
    }
  }

  private static boolean areSame(Row expected, Row actual, double tolerance) {
    for (int column = 0; column < expected.size(); column++) {
      Object right = NaiveOrder.plain(expected.get(column));
      Object found = NaiveOrder.plain(actual.get(column));
      boolean same =
          (right instanceof Double number && found instanceof Double other)
              ? (number.equals(other) || Math.abs(number - other) <= tolerance)
              : Objects.equals(right, found);
      if (!same) {
        return false;
      }
    }
    return expected.size() == actual.size();
  }
}
