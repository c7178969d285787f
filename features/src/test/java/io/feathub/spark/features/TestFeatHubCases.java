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
package io.feathub.spark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the views of {@code cases/feathub_cases.json}, see the README beside it. */
class TestFeatHubCases {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private static final List<JsonNode> OTHER_CASES = new ArrayList<>();

  private static final Map<String, JsonNode> CASES = readCases();

  /** What a case needs that the engine refuses so far. */
  private static final Map<String, List<String>> LEFT_OUT =
      new TreeMap<>(
          Map.of(
              "a filter of a view",
              List.of("dfv_filter_is_not_null_string", "dfv_filter_is_not_null_float"),
              "a view over another view",
              List.of(
                  "join_transform",
                  "join_zoned_timestamp",
                  "overwrite_source_field",
                  "c_view_without_source_fields_as_window_source"),
              "a lookup in a joined map",
              List.of("join_map_lookup"),
              "a time range",
              List.of("c_time_range_after_windows"),
              "a user's function",
              List.of(
                  "seed_yarn_concat_udf",
                  "python_udf_on_over_window",
                  "udf_lower",
                  "udf_nested_composite",
                  "udf_value_on_exception"),
              "more of the expression language than arithmetic",
              List.of(
                  "unix_timestamp_tz",
                  "lower",
                  "concat",
                  "case",
                  "map_function",
                  "json_string",
                  "size",
                  "map_bracket",
                  "c_lowercase_function_in_built_view",
                  "c_string_literal_with_quote")));

  @TempDir private Path directory;

  private static Map<String, JsonNode> readCases() {
    try (InputStream in = TestFeatHubCases.class.getResourceAsStream("/cases/feathub_cases.json")) {
      Map<String, JsonNode> cases = new LinkedHashMap<>();
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        if (node.get("kind").asText().equals("view")) {
          cases.put(node.get("name").asText(), node);
        } else {
          OTHER_CASES.add(node);
        }
      }
      return cases;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<String> replayed() {
    List<String> leftOut = LEFT_OUT.values().stream().flatMap(List::stream).toList();
    return CASES.keySet().stream().filter(name -> !leftOut.contains(name));
  }

  @Test
  void eachCaseIsReplayedOrLeftOutForAReason() {
    List<String> listed = LEFT_OUT.values().stream().flatMap(List::stream).toList();
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(CASES.keySet()).containsAll(listed);
    assertThat(CASES).hasSize(60);
    assertThat(replayed()).hasSize(60 - listed.size()).hasSizeGreaterThan(36);
  }

  @ParameterizedTest
  @MethodSource("replayed")
  void replay(String name) throws IOException {
    JsonNode test = CASES.get(name);
    Dataset<Row> rows = features(test);

    String[] columns = CaseTables.strings(test.get("expected_columns"));
    assertThat(rows.columns()).containsExactly(columns);
    if (test.has("expected_dtypes")) {
      assertThat(Arrays.stream(rows.schema().fields()).map(field -> field.dataType().sql()))
          .containsExactly(
              StreamSupport.stream(test.get("expected_dtypes").spliterator(), false)
                  .map(type -> CaseViews.type(type).sql())
                  .toArray(String[]::new));
    }
    assertThat(actual(rows)).containsExactlyInAnyOrderElementsOf(expected(test));
    if (test.has("expected_csv_lines")) {
      assertThat(csvLines(test))
          .containsExactlyInAnyOrder(CaseTables.strings(test.get("expected_csv_lines")));
    }
  }

  private List<String> csvLines(JsonNode test) throws IOException {
    FeathubClient client = FeathubClient.create(SESSION);
    Path output = directory.resolve("output");
    client.materializeFeatures(
        view(client, test), FileSystemSink.of(output.toString(), "csv"), false);
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private Dataset<Row> features(JsonNode test) throws IOException {
    FeathubClient client = FeathubClient.create(SESSION);
    return client.getFeatures(view(client, test));
  }

  private DerivedFeatureView view(FeathubClient client, JsonNode test) throws IOException {
    CaseTables tables = new CaseTables(directory);
    String timeZone = test.has("time_zone") ? test.get("time_zone").asText() : "UTC";
    for (Map.Entry<String, JsonNode> table : test.get("tables").properties()) {
      client.buildFeatures(tables.source(table.getKey(), table.getValue(), timeZone));
    }
    return CaseViews.view(test.get("view"));
  }

  private static Stream<JsonNode> ofKind(String kind) {
    return OTHER_CASES.stream().filter(test -> test.get("kind").asText().equals(kind));
  }

  @Test
  void aggregateFunctionsHaveFeatHubsTypes() {
    List<JsonNode> tests = ofKind("agg_result_type").toList();
    assertThat(tests).hasSize(10);
    for (JsonNode test : tests) {
      DataType input = CaseViews.type(test.get("input_dtype"));
      StructType fields = new StructType().add("v", input).add("t", DataTypes.TimestampType);
      Dataset<Row> rows =
          FeathubClient.create(SESSION)
              .getFeatures(
                  DerivedFeatureView.builder("view")
                      .source(
                          DataFrameSource.builder(
                                  "source", SESSION.createDataFrame(List.<Row>of(), fields))
                              .timestampField("t")
                              .build())
                      .feature(
                          Feature.of(
                              "f",
                              OverWindowTransform.builder(
                                      "v", AggFunc.of(test.get("agg_func").asText()))
                                  .build()))
                      .build());

      assertThat(rows.schema().apply("f").dataType().sql())
          .as(test.get("name").asText())
          .isEqualTo(CaseViews.type(test.get("expected_dtype")).sql());
    }
  }

  @Test
  void windowsAreBuiltOrRefusedAsFeatHubDoes() throws IOException {
    JsonNode unknown = other("over_window_unsupported_agg_func").get("definition");
    assertThatThrownBy(() -> CaseViews.feature(unknown))
        .hasMessageContaining("FEATHUB_UNKNOWN_AGG_FUNC");

    assertThat(features(other("dfv_order_ok")).columns())
        .contains(CaseTables.strings(other("dfv_order_ok").get("expected_feature_names_include")));
    for (String name : List.of("dfv_order_expr_before_join", "dfv_order_expr_before_window")) {
      assertThatThrownBy(() -> features(other(name)))
          .as(name)
          .hasMessageContaining("FEATHUB_FEATURE_ORDER");
    }
  }

  private static JsonNode other(String name) {
    return OTHER_CASES.stream()
        .filter(test -> test.get("name").asText().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static List<List<Object>> actual(Dataset<Row> rows) {
    List<List<Object>> actual = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        values.add(CaseViews.plain(row, i));
      }
      actual.add(values);
    }
    return actual;
  }

  private static List<List<Object>> expected(JsonNode test) {
    List<List<Object>> expected = new ArrayList<>();
    for (JsonNode row : test.get("expected_rows")) {
      List<Object> values = new ArrayList<>();
      for (JsonNode value : row) {
        values.add(CaseViews.plain(value));
      }
      expected.add(values);
    }
    return expected;
  }
}
