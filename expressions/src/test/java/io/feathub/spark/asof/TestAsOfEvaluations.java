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

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often the conditions of an ON clause are tested, and on what: none is evaluated for each pair
 * of rows with equal keys.
 */
class TestAsOfEvaluations {
  /** What {@code noted(name, value, result)} was called with, as {@code name value}. */
  private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

  private static SparkSession spark;

  @BeforeAll
  static void createViews() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    UDF3<String, Long, Boolean, Boolean> noted =
        (name, value, result) -> {
          CALLS.add(name + " " + value);
          return result;
        };
    spark.udf().register("noted", noted, DataTypes.BooleanType);
    spark
        .range(0, 40, 1, 1)
        .selectExpr("id", "id % 5 AS k", "id AS t", "id % 4 AS v")
        .createOrReplaceTempView("l");
    spark
        .range(0, 36, 1, 1)
        .selectExpr("id", "id % 3 AS k", "id + 4 AS t", "id % 7 AS w")
        .createOrReplaceTempView("r");
  }

  @BeforeEach
  void forgetCalls() {
    CALLS.clear();
  }

  /** The condition on both sides holds for every pair: what a linear cost is. */
  @ParameterizedTest
  @CsvSource({
    "broadcast, LEFT",
    "broadcast, INNER",
    "broadcast, LEFT SEMI",
    "hashed, LEFT",
    "hashed, INNER",
    "hashed, LEFT ANTI"
  })
  void eachRowIsTestedOnceWhereTheConditionsHold(String form, String kind) {
    long candidates =
        spark
            .sql(
                "SELECT id FROM l WHERE v <> 1 AND EXISTS (SELECT 1 FROM r WHERE r.k = l.k"
                    + " AND r.t <= l.t AND r.w <> 2)")
            .count();
    String query =
        ("SELECT l.id%s FROM l %s JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
                + " AND noted('left', l.id, l.v <> 1) AND noted('right', r.id, r.w <> 2)"
                + " AND noted('both', l.id, l.v + r.w >= 0)")
            .formatted(kind.startsWith("LEFT ") ? "" : ", r.id", kind);
    for (String generated : List.of("true", "false")) {
      spark.conf().set("spark.sql.codegen.wholeStage", generated);
      CALLS.clear();
      run(form, query);

      assertThat(calls("left")).doesNotHaveDuplicates().hasSize(40);
      assertThat(calls("right")).doesNotHaveDuplicates().hasSize(36);
      assertThat(calls("both")).doesNotHaveDuplicates().hasSize((int) candidates);
    }
    spark.conf().unset("spark.sql.codegen.wholeStage");
    AgainstSpark.assertSameRows(spark, query);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT", "LEFT ANTI"})
  void aMergeTestsEachRowOnce(String kind) {
    run(
        "merged",
        ("SELECT l.id%s FROM l %s JOIN r ON l.k = r.k AND asof(l.t >= r.t)"
                + " AND noted('left', l.id, l.v <> 1) AND noted('right', r.id, r.w <> 2)")
            .formatted(kind.equals("LEFT") ? ", r.id" : "", kind));

    assertThat(calls("left")).doesNotHaveDuplicates().hasSize(40);
    assertThat(calls("right")).doesNotHaveDuplicates().hasSize(36);
  }

  /** One left row of time 15; right rows of the times 4, 5, .., 39. */
  @ParameterizedTest
  @CsvSource({
    "asof(l.t >= r.t), r.t <= l.v + 9, 15 14 13 12",
    "asof(l.t > r.t), r.t <= l.v + 9, 14 13 12",
    "asof(l.t <= r.t), r.t >= l.v + 15, 15 16 17 18",
    "asof(l.t < r.t), r.t >= l.v + 15, 16 17 18",
    "'asof_nearest(l.t, r.t)', r.t <= l.v + 9, 15 14 16 13 17 12",
    "'asof(l.t >= r.t, 2)', r.t > l.v + 50, 15 14 13",
    "'asof_nearest(l.t, r.t, 2)', r.t > l.v + 50, 15 14 16 13 17"
  })
  void candidatesAreTestedFromTheBestOnUntilOnePasses(String asOf, String passes, String tested) {
    for (String form : List.of("broadcast", "hashed")) {
      CALLS.clear();
      run(
          form,
          "SELECT l.id, r.id FROM l LEFT JOIN (SELECT 0 AS k, id, t FROM r) r"
              + " ON l.k = r.k AND noted('both', r.t, "
              + passes
              + ") AND "
              + asOf
              + " WHERE l.id = 15");

      assertThat(calls("both")).containsExactly(tested.split(" ", -1));
    }
  }

  private static void run(String form, String query) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    Dataset<Row> joined = spark.sql(query);
    assertThat(joined.collectAsList()).isNotEmpty();
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
        .extracting(AsOfJoinExec::nodeName)
        .containsExactly(Character.toUpperCase(form.charAt(0)) + form.substring(1) + "AsOfJoin");
  }

  /** The values with which a condition was tested, in that order. */
  private static List<String> calls(String name) {
    Stream<String> named = CALLS.stream().filter(call -> call.startsWith(name + " "));
    return named.map(call -> call.substring(name.length() + 1)).toList();
  }
}
