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
package io.feathub.spark.asof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feathub.spark.testing.AcceptanceCases;
import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As-of joins of other systems' tests, with the rows that come out there: {@code
 * cases/asof_and_window_cases.json}.
 */
class TestAsOfCases {
  private static SparkSession spark;

  @BeforeAll
  static void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
  }

  static Stream<JsonNode> cases() throws IOException {
    List<JsonNode> cases = AcceptanceCases.ofKind("asof");
    assertThat(cases).hasSize(77);
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheRowsOfTheCase(JsonNode found) {
    String name = found.get("name").asText();
    for (Form form : Form.values()) {
      spark.conf().set("spark.sql.feathub.asOf.form", form.key);
      // It would drop the sort of a side of which one row is left.
      spark.conf().set("spark.sql.adaptive.enabled", form != Form.KEY_ORDERED);
      Dataset<Row> joined = joined(found, form);
      assertThat(texts(joined.collectAsList()))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(expected(found));
      assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
          .as(name)
          .extracting(AsOfJoinExec::nodeName)
          .containsExactly(operatorName(found, form));
    }
    spark.conf().set("spark.sql.feathub.asOf.enabled", "false");
    try {
      assertThat(texts(joined(found, Form.HASHED).collectAsList()))
          .as("Spark's own operators: " + name)
          .containsExactlyInAnyOrderElementsOf(expected(found));
    } finally {
      spark.conf().unset("spark.sql.feathub.asOf.enabled");
    }
  }

  /** How a case is made to run. */
  private enum Form {
    BROADCAST("broadcast"),
    HASHED("hashed"),
    MERGED("merged"),
    /** Where both sides come so. */
    KEY_ORDERED("auto");

    private final String key;

    Form(String key) {
      this.key = key;
    }
  }

  /** What has to run: what cannot be merged, or make use of the inputs' order, is hashed. */
  private static String operatorName(JsonNode found, Form form) {
    List<String> residuals = List.of(found.path("residual_sql").asText().split(" AND ", -1));
    boolean readsLeft = residuals.stream().anyMatch(residual -> residual.contains("l."));
    boolean readsBoth =
        residuals.stream().anyMatch(residual -> residual.contains("l.") && residual.contains("r."));
    boolean plain = isEncoded(found) && !readsBoth;
    boolean nearest = found.get("direction").asText().equals("nearest");
    boolean leftTimesVary = readsLeft && found.get("how").asText().equals("left");
    boolean ordered = !found.get("keys").isEmpty() && !found.has("null_safe_keys") && !isFew(found);
    return switch (form) {
      case BROADCAST -> "BroadcastAsOfJoin";
      case HASHED -> "HashedAsOfJoin";
      case MERGED -> plain && !nearest ? "MergedAsOfJoin" : "HashedAsOfJoin";
      case KEY_ORDERED ->
          plain && ordered && !leftTimesVary ? "KeyOrderedAsOfJoin" : "HashedAsOfJoin";
    };
  }

  /** Whether its times fit in 64 bits. */
  private static boolean isEncoded(JsonNode found) {
    for (JsonNode column : found.get("left").get("columns")) {
      if (column.get("name").equals(found.get("time").get(0))) {
        return !column.get("type").asText().equals("string");
      }
    }
    throw new IllegalArgumentException(found.toString());
  }

  /** Whether a side has no more than one row, which Spark does not sort. */
  private static boolean isFew(JsonNode found) {
    return found.get("left").get("rows").size() < 2 || found.get("right").get("rows").size() < 2;
  }

  private static Dataset<Row> joined(JsonNode found, Form form) {
    List<String> columns = new ArrayList<>();
    for (JsonNode column : found.get("expected").get("columns")) {
      columns.add(column.get("name").asText());
    }
    return side(found, "left", form)
        .alias("l")
        .join(
            side(found, "right", form).alias("r"),
            functions.expr(condition(found)),
            found.get("how").asText())
        .selectExpr(columns.toArray(new String[0]));
  }

  /** For the one form that needs it laid out by the keys, and sorted by them and the time. */
  private static Dataset<Row> side(JsonNode found, String name, Form form) {
    Dataset<Row> rows = AcceptanceCases.frame(spark, found.get(name));
    if (form != Form.KEY_ORDERED || found.get("keys").isEmpty()) {
      return rows;
    }
    int side = name.equals("left") ? 0 : 1;
    List<Column> order = new ArrayList<>();
    for (JsonNode key : found.get("keys")) {
      order.add(functions.col(key.get(side).asText()));
    }
    Dataset<Row> laidOut = rows.repartition(order.toArray(new Column[0]));
    order.add(functions.col(found.get("time").get(side).asText()));
    return laidOut.sortWithinPartitions(order.toArray(new Column[0]));
  }

  private static String condition(JsonNode found) {
    List<String> conjuncts = new ArrayList<>();
    for (JsonNode key : found.get("keys")) {
      String left = key.get(0).asText();
      boolean nullSafe = false;
      for (JsonNode safe : found.path("null_safe_keys")) {
        nullSafe |= safe.asText().equals(left);
      }
      conjuncts.add("l." + left + (nullSafe ? " <=> r." : " = r.") + key.get(1).asText());
    }
    conjuncts.add(asOf(found));
    if (found.has("residual_sql")) {
      conjuncts.add("(" + found.get("residual_sql").asText() + ")");
    }
    String left = "l." + found.get("time").get(0).asText();
    String right = "r." + found.get("time").get(1).asText();
    if (found.get("direction").asText().equals("nearest") && found.get("strict").asBoolean()) {
      conjuncts.add(left + " <> " + right);
    }
    return String.join(" AND ", conjuncts);
  }

  private static String asOf(JsonNode found) {
    String left = "l." + found.get("time").get(0).asText();
    String right = "r." + found.get("time").get(1).asText();
    String equal = found.get("strict").asBoolean() ? "" : "=";
    String asOf =
        switch (found.get("direction").asText()) {
          case "backward" -> "asof(" + left + " >" + equal + " " + right;
          case "forward" -> "asof(" + left + " <" + equal + " " + right;
          default -> "asof_nearest(" + left + ", " + right;
        };
    String tieBreak = found.has("sequence") ? ", r." + found.get("sequence").asText() : "";
    return asOf + ", " + tolerance(found) + tieBreak + ")";
  }

  private static String tolerance(JsonNode found) {
    JsonNode tolerance = found.get("tolerance");
    if (tolerance.isNull()) {
      return "NULL";
    }
    return found.get("tolerance_unit").asText().equals("seconds")
        ? "INTERVAL '" + tolerance.asText() + "' SECOND"
        : tolerance.asText();
  }

  private static List<String> expected(JsonNode found) {
    return texts(AcceptanceCases.rows(found.get("expected")));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }
}
