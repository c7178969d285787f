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
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a query gives on the streaming operator has to be what it gives on Spark's own. */
final class WindowOutcome {
  private WindowOutcome() {}

  /** Of a number that does not fit. */
  static void sameError(SparkSession spark, String query) {
    Throwable stock = catchThrowable(() -> WindowSessions.stock(spark, query));
    Throwable ours = catchThrowable(() -> WindowSessions.streamed(spark, query));
    assertThat(stock).as(query).isNotNull();
    assertThat(ours).as(query).isNotNull();
    Throwable expected = WindowSessions.rootCause(stock);
    assertThat(expected).as(query).isInstanceOf(ArithmeticException.class);
    assertThat(WindowSessions.rootCause(ours))
        .as(query)
        .hasSameClassAs(expected)
        .hasMessage(expected.getMessage());
  }

  /** The same rows, where those that hold NaN are equal too. */
  static void sameTexts(SparkSession spark, String query) {
    assertThat(texts(WindowSessions.streamed(spark, query)))
        .as(query)
        .containsExactlyInAnyOrderElementsOf(texts(WindowSessions.stock(spark, query)));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }

  /** Either the same rows or the same error, whichever Spark gives. */
  static void sameRowsOrError(SparkSession spark, String query) {
    if (catchThrowable(() -> WindowSessions.stock(spark, query)) == null) {
      sameTexts(spark, query);
    } else {
      sameError(spark, query);
    }
  }
}
