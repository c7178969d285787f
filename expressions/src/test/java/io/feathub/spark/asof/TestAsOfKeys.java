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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are equal as they are to Spark's own joins, whatever their type, in every form. */
@TestInstance(Lifecycle.PER_CLASS)
class TestAsOfKeys {
  private SparkSession spark;

  @BeforeAll
  void startSession() {
    spark = TestSession.with(AsOfExtension::install);
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    spark.conf().set("spark.sql.feathub.asOf.broadcastThreshold", "0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          concat(IF(n % 2 = 0, 'key', 'KEY'), n % 5) | KeyOrdered
          concat(IF(n % 2 = 0, 'key', 'KEY'), n % 5) COLLATE UTF8_LCASE | Hashed
          concat(IF(n % 2 = 0, 'e', 'E'), IF(n % 3 = 0, ' ', '')) COLLATE UNICODE_CI_RTRIM | Hashed
          named_struct('a', n % 3, 'b', concat('x', n % 2)) | Hashed
          named_struct('a', IF(n % 4 = 0, NULL, n % 3), 'b', IF(n % 3 = 0, 0.0D, -0.0D)) | Hashed
          named_struct('a', IF(n % 2 = 0, 'k', 'K') COLLATE UTF8_LCASE) | Hashed
          array(n % 3, IF(n % 5 = 0, NULL, 1)) | Hashed
          array(named_struct('a', IF(n % 2 = 0, double('NaN'), n % 3))) | Hashed
          CAST(n % 4 - 2 AS DECIMAL(30, 4)) | KeyOrdered
          CAST(n % 4 - 2 AS DECIMAL(9, 2)) | KeyOrdered
          CAST(concat('k', n % 4) AS BINARY) | KeyOrdered
          element_at(array(double('NaN'), -0.0D, 0.0D, 1.5D), CAST(n % 4 + 1 AS INT)) | Hashed
          element_at(array(float('NaN'), -0.0F, 0.0F, 1.5F), CAST(n % 4 + 1 AS INT)) | Hashed
          n % 2 = 0 | KeyOrdered
          CAST(n % 100 AS TINYINT) | KeyOrdered
          date_from_unix_date(CAST(n % 6 AS INT)) | KeyOrdered
          timestamp_seconds(n % 6) | KeyOrdered
          make_ym_interval(0, CAST(n % 6 AS INT)) | KeyOrdered
          make_dt_interval(0, n % 6) | KeyOrdered
          IF(n % 3 = 0, NULL, n % 5) | KeyOrdered
          """)
  void matchAsInSparksOwnJoins(String key, String ofSorted) {
    for (String side : List.of("l", "r")) {
      Dataset<Row> rows =
          spark
              .range(0, 60, 1, 3)
              .selectExpr("id AS n", "id * 31 % 47 AS t")
              .withColumn("k", functions.expr(key));
      rows.createOrReplaceTempView(side);
      rows.repartition(2, rows.col("k"))
          .sortWithinPartitions("k", "t")
          .createOrReplaceTempView(side + "_sorted");
    }
    String query =
        "SELECT '%1$s', l.n, CAST(l.k AS STRING), r.n, CAST(r.k AS STRING) FROM l LEFT JOIN r"
            + " ON l.k %1$s r.k AND asof(l.t >= r.t)";
    List<String> expected =
        assertForms(query.formatted("=") + " UNION ALL " + query.formatted("<=>"));
    assertForm(
        "auto",
        ofSortedInputs(query.formatted("=")),
        expected.stream().filter(row -> row.startsWith("[=,")).toList(),
        ofSorted + "AsOfJoin");
  }

  private static String ofSortedInputs(String query) {
    return query.replace("FROM l LEFT JOIN r ", "FROM l_sorted l LEFT JOIN r_sorted r ");
  }

  /** The rows of Spark's own joins; fails unless those of every form are the same. */
  private List<String> assertForms(String query) {
    List<String> expected = AgainstSpark.throughSpark(spark, query);
    assertForm("broadcast", query, expected, "BroadcastAsOfJoin");
    assertForm("hashed", query, expected, "HashedAsOfJoin");
    assertForm("merged", query, expected, "MergedAsOfJoin");
    return expected;
  }

  private void assertForm(String form, String query, List<String> expected, String name) {
    spark.conf().set("spark.sql.feathub.asOf.form", form);
    Dataset<Row> joined = spark.sql(query);
    assertThat(AgainstSpark.sorted(joined.collectAsList())).as(form).isEqualTo(expected);
    assertThat(ExecutedPlan.of(joined).operators(AsOfJoinExec.class))
        .isNotEmpty()
        .extracting(AsOfJoinExec::nodeName)
        .containsOnly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "named_struct('a', 1, 'b', %s)",
        "named_struct('a', 1, 'b', named_struct('c', %s))",
        "array(1, %s)",
        "array(named_struct('a', %s))",
        "named_struct('a', array(%s))"
      })
  void aNullInsideAKeyIsEqualToNothing(String key) {
    List<String> joins = new ArrayList<>();
    for (String value : List.of("2", "CAST(NULL AS INT)")) {
      String side = "(SELECT 1 t, " + key.formatted(value) + " k)";
      for (String equal : List.of("=", "<=>")) {
        joins.add(
            ("SELECT '%1$s %3$s' FROM %2$s l LEFT SEMI JOIN %2$s r"
                    + " ON l.k %3$s r.k AND asof(l.t >= r.t)")
                .formatted(value, side, equal));
      }
    }
    String query = String.join(" UNION ALL ", joins);
    assertThat(assertForms(query))
        .containsExactlyInAnyOrder("[2 =]", "[2 <=>]", "[CAST(NULL AS INT) <=>]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CAST(n % 5 AS INT) | n % 5
          CAST(n % 5 AS DECIMAL(9, 2)) | CAST(n % 5 AS INT)
          concat('2022-01-0', 1 + n % 5) | date_from_unix_date(18993 + CAST(n % 5 AS INT))
          """)
  void areComparedInACommonType(String leftKey, String rightKey) {
    spark
        .range(0, 40)
        .selectExpr("id AS n", "id AS t")
        .withColumn("k", functions.expr(leftKey))
        .createOrReplaceTempView("l");
    spark
        .range(0, 40)
        .selectExpr("id AS n", "id * 3 % 41 AS t")
        .withColumn("k", functions.expr(rightKey))
        .createOrReplaceTempView("r");
    assertForms("SELECT l.n, r.n, r.k FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)");
  }

  @Test
  void textsOfFixedLengthArePaddedToTheLongerOne(@TempDir Path directory) {
    spark.sql("CREATE DATABASE padded LOCATION '" + directory.toUri() + "'");
    try {
      spark.sql("CREATE TABLE padded.l (v INT, k CHAR(5)) USING parquet");
      spark.sql("CREATE TABLE padded.r (v INT, k CHAR(8)) USING parquet");
      spark.sql("INSERT INTO padded.l VALUES (1, 'a'), (2, 'a  '), (3, 'ab'), (4, NULL)");
      spark.sql(
          "INSERT INTO padded.r VALUES (10, 'a'), (20, 'ab     '), (30, 'abcdef'), (40, NULL)");
      for (String equal : List.of("=", "<=>")) {
        String query =
            "SELECT l.v, r.v FROM padded.l LEFT JOIN padded.r ON l.k %s r.k AND asof(l.v < r.v)"
                .formatted(equal);
        assertThat(assertForms(query))
            .containsExactlyInAnyOrder(
                "[1,10]", "[2,10]", "[3,20]", equal.equals("=") ? "[4,null]" : "[4,40]");
      }
    } finally {
      spark.sql("DROP DATABASE padded CASCADE");
    }
  }

  @Test
  void mayBeFieldsOfStructs() {
    for (String side : List.of("l", "r")) {
      Dataset<Row> rows =
          spark
              .range(0, 40, 1, 2)
              .selectExpr("id AS n", "id * 7 % 41 AS t", "named_struct('a', id % 4, 'b', id) AS s");
      rows.createOrReplaceTempView(side);
      rows.repartition(2, functions.col("s.a"))
          .sortWithinPartitions("s.a", "t")
          .createOrReplaceTempView(side + "_sorted");
    }
    String query = "SELECT l.n, r.n FROM l LEFT JOIN r ON l.s.a = r.s.a AND asof(l.t >= r.t)";
    List<String> expected = assertForms(query);
    assertForm("auto", ofSortedInputs(query), expected, "KeyOrderedAsOfJoin");
  }

  @Test
  void areNamedInTheCaseThatTheSessionAsksFor() {
    String query =
        "SELECT l.v, r.v FROM (VALUES ('a', 'b', 5, 1)) l(%s, t, v)"
            + " LEFT JOIN (VALUES ('a', 'x', 3, 10), ('x', 'a', 4, 20)) r(%s, t, v) ON ";
    String distinct = query.formatted("k, K", "k, K");
    String other = query.formatted("k, k2", "k, k2");
    spark.conf().set("spark.sql.caseSensitive", "true");
    assertThat(assertForms(distinct + "l.k = r.K AND asof(l.t >= r.t)")).containsExactly("[1,20]");
    assertThat(texts(distinct + "l.k = r.k AND asof(l.t >= r.t)")).containsExactly("[1,10]");
    assertThatThrownBy(() -> texts(other + "l.k = r.K AND asof(l.t >= r.t)"))
        .hasMessageContaining("UNRESOLVED_COLUMN");
    spark.conf().set("spark.sql.caseSensitive", "false");
    assertThat(assertForms(other + "L.K = r.k AND ASOF(l.T >= R.t)")).containsExactly("[1,10]");
    assertThatThrownBy(() -> texts(distinct + "l.k = r.K AND asof(l.t >= r.t)"))
        .hasMessageContaining("AMBIGUOUS_REFERENCE");
  }

  private List<String> texts(String query) {
    return spark.sql(query).collectAsList().stream().map(Row::toString).toList();
  }
}
