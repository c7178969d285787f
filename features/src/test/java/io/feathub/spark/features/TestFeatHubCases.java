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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feathub.spark.FeathubSparkExtensions;
import io.feathub.spark.testing.TestSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the views of {@code cases/feathub_cases.json}, see the README beside it. */
class TestFeatHubCases {
  private static final SparkSession SESSION =
      TestSession.with(extensions -> new FeathubSparkExtensions().apply(extensions));

  private static final Map<String, JsonNode> CASES = readCases();

  /** What a case needs that the engine refuses so far. */
  private static final Map<String, List<String>> LEFT_OUT =
      new TreeMap<>(
          Map.of(
              "a window without a size, or with a limit",
              List.of(
                  "over_window_unbounded",
                  "over_window_limit",
                  "over_window_window_and_limit",
                  "over_window_different_criteria",
                  "over_window_count_limit",
                  "c_window_peers_range",
                  "java_over_window_avg_window_limit",
                  "java_over_window_avg_limit",
                  "java_over_window_avg_unbounded"),
              "FIRST_VALUE, LAST_VALUE, VALUE_COUNTS or COLLECT_LIST",
              List.of(
                  "over_window_first_last_window",
                  "over_window_first_last_limit",
                  "over_window_value_counts",
                  "over_window_collect_list",
                  "over_window_on_join_field"),
              "a filter",
              List.of(
                  "over_window_filter_window",
                  "over_window_filter_limit",
                  "over_window_filter_window_and_limit",
                  "dfv_filter_is_not_null_string",
                  "dfv_filter_is_not_null_float",
                  "c_agg_empty_frame"),
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
    assertThat(replayed()).hasSize(60 - listed.size()).hasSizeGreaterThan(18);
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
              Arrays.stream(CaseTables.strings(test.get("expected_dtypes")))
                  .map(type -> FieldTypes.parse(type).sql())
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
    JsonNode definition = test.get("view");
    DerivedFeatureView.Builder view =
        DerivedFeatureView.builder(definition.get("name").asText())
            .source(definition.get("source").asText())
            .keepSourceFields(definition.get("keep_source_fields").asBoolean());
    for (JsonNode feature : definition.get("features")) {
      if (feature.isTextual()) {
        view.feature(feature.asText());
      } else {
        view.feature(feature(feature));
      }
    }
    return view.build();
  }

  private static Feature feature(JsonNode definition) {
    JsonNode transform = definition.get("transform");
    Feature.Builder feature =
        Feature.builder(definition.get("name").asText(), transform(transform));
    if (definition.hasNonNull("dtype")) {
      feature.dtype(definition.get("dtype").asText());
    }
    if (definition.hasNonNull("keys")) {
      feature.keys(CaseTables.strings(definition.get("keys")));
    }
    return feature.build();
  }

  private static Transform transform(JsonNode transform) {
    String expr = transform.get("expr").asText();
    return switch (transform.get("type").asText()) {
      case "expression" -> ExpressionTransform.of(expr);
      case "join" -> JoinTransform.of(transform.get("table_name").asText(), expr);
      case "over_window" ->
          OverWindowTransform.builder(expr, AggFunc.of(transform.get("agg_func").asText()))
              .windowSize(Duration.ofMillis(transform.get("window_size_ms").asLong()))
              .groupByKeys(CaseTables.strings(transform.get("group_by_keys")))
              .build();
      default -> throw new IllegalArgumentException("unknown transform " + transform);
    };
  }

  private static List<List<Object>> actual(Dataset<Row> rows) {
    List<List<Object>> actual = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        values.add(row.get(i) instanceof Number number ? number.doubleValue() : row.get(i));
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
        values.add(value.isNull() ? null : value.isNumber() ? value.doubleValue() : value.asText());
      }
      expected.add(values);
    }
    return expected;
  }
}
