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

import io.feathub.spark.testing.TestSession;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
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
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          concat(IF(n % 2 = 0, 'key', 'KEY'), n % 5)
          concat(IF(n % 2 = 0, 'key', 'KEY'), n % 5) COLLATE UTF8_LCASE
          concat(IF(n % 2 = 0, 'e', 'E'), IF(n % 3 = 0, ' ', '')) COLLATE UNICODE_CI_RTRIM
          named_struct('a', n % 3, 'b', concat('x', n % 2))
          named_struct('a', IF(n % 4 = 0, NULL, n % 3), 'b', IF(n % 3 = 0, 0.0D, -0.0D))
          named_struct('a', IF(n % 2 = 0, 'k', 'K') COLLATE UTF8_LCASE)
          array(n % 3, IF(n % 5 = 0, NULL, 1))
          array(named_struct('a', IF(n % 2 = 0, double('NaN'), n % 3)))
          CAST(n % 4 AS DECIMAL(30, 4))
          CAST(n % 4 AS DECIMAL(9, 2))
          CAST(concat('k', n % 4) AS BINARY)
          CASE n % 4 WHEN 0 THEN double('NaN') WHEN 1 THEN -0.0D WHEN 2 THEN 0.0D ELSE 1.5D END
          CASE n % 4 WHEN 0 THEN float('NaN') WHEN 1 THEN -0.0F WHEN 2 THEN 0.0F ELSE 1.5F END
          n % 2 = 0
          CAST(n % 100 AS TINYINT)
          date_from_unix_date(CAST(n % 6 AS INT))
          timestamp_seconds(n % 6)
          make_ym_interval(0, CAST(n % 6 AS INT))
          make_dt_interval(0, n % 6)
          IF(n % 3 = 0, NULL, n % 5)
          """)
  void matchAsInSparksOwnJoins(String key) {
    for (String side : List.of("l", "r")) {
      spark
          .range(0, 60, 1, 3)
          .selectExpr("id AS n", "id * 31 % 47 AS t")
          .withColumn("k", functions.expr(key))
          .createOrReplaceTempView(side);
    }
    for (String form : List.of("broadcast", "hashed", "merged")) {
      spark.conf().set("spark.sql.feathub.asOf.form", form);
      for (String equal : List.of("=", "<=>")) {
        String condition = "l.k " + equal + " r.k AND asof(l.t >= r.t)";
        AgainstSpark.assertSameRows(
            spark,
            "SELECT l.n, CAST(l.k AS STRING), r.n, CAST(r.k AS STRING) FROM l LEFT JOIN r ON "
                + condition);
      }
    }
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
    for (String value : List.of("2", "CAST(NULL AS INT)")) {
      for (String side : List.of("l", "r")) {
        spark.sql("SELECT 1 t, " + key.formatted(value) + " k").createOrReplaceTempView(side);
      }
      for (String form : List.of("broadcast", "hashed", "merged")) {
        spark.conf().set("spark.sql.feathub.asOf.form", form);
        String query = "SELECT l.t FROM l LEFT SEMI JOIN r ON l.k %s r.k AND asof(l.t >= r.t)";
        assertThat(AgainstSpark.assertSameRows(spark, query.formatted("=")).count())
            .isEqualTo(value.equals("2") ? 1 : 0);
        assertThat(AgainstSpark.assertSameRows(spark, query.formatted("<=>")).count()).isOne();
      }
    }
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
    for (String form : List.of("broadcast", "hashed", "merged")) {
      spark.conf().set("spark.sql.feathub.asOf.form", form);
      AgainstSpark.assertSameRows(
          spark, "SELECT l.n, r.n, r.k FROM l LEFT JOIN r ON l.k = r.k AND asof(l.t >= r.t)");
    }
  }
}
