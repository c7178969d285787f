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

import io.feathub.spark.testing.ExecutedPlan;
import io.feathub.spark.testing.TestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.window.WindowExec;

/** Runs queries on the streaming operator and on Spark's own. */
final class WindowSessions {
  /**
   * Whether Spark's own operator is to answer where the streaming one is tested, which tells
   * whether a test expects the right rows: {@code -Dfeathub.test.window.operator=spark}.
   */
  static final boolean SPARK_ANSWERS =
      System.getProperty("feathub.test.window.operator", "streaming").equals("spark");

  private WindowSessions() {}

  /** The rows of a query that has to run on the streaming operator. */
  static List<Row> streamed(SparkSession spark, String query) {
    return streamed(spark, query, true);
  }

  /** The rows of a query none of whose windows may run on Spark's own operator. */
  static List<Row> streamedAlone(SparkSession spark, String query) {
    return streamed(spark, query, false);
  }

  private static List<Row> streamed(SparkSession spark, String query, boolean besideSparks) {
    Dataset<Row> rows = spark.sql(query);
    List<Row> collected = rows.collectAsList();
    ExecutedPlan plan = ExecutedPlan.of(rows);
    assertThat(plan.contains(StreamingWindowExec.class)).as(plan.toString()).isTrue();
    assertThat(besideSparks || !plan.contains(WindowExec.class)).as(plan.toString()).isTrue();
    assertThat(plan.meetsItsRequirements()).as(plan.toString()).isTrue();
    return collected;
  }

  /** The rows of a query on Spark's own operators. */
  static List<Row> stock(SparkSession spark, String query) {
    List<Row> collected = new ArrayList<>();
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.window.enabled", "false"),
        () -> {
          Dataset<Row> rows = spark.sql(query);
          collected.addAll(rows.collectAsList());
          assertThat(ExecutedPlan.of(rows).contains(StreamingWindowExec.class)).isFalse();
        });
    return collected;
  }

  /** Runs a query both ways, adaptively and not; the rows have to be the same. */
  static List<Row> checkSame(SparkSession spark, String query) {
    List<Row> expected = stock(spark, query);
    for (String adaptive : List.of("false", "true")) {
      TestSession.withConf(
          spark,
          Map.of("spark.sql.adaptive.enabled", adaptive),
          () ->
              assertThat(streamed(spark, query))
                  .as("adaptive: " + adaptive)
                  .containsExactlyInAnyOrderElementsOf(expected));
    }
    return expected;
  }

  /** The error at the bottom of what Spark throws. */
  static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
