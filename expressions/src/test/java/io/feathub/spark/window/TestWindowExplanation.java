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

import io.feathub.spark.testing.TestSession;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ExtendedExplainGenerator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EXPLAIN says why a window was left to Spark, and says nothing where none is. */
class TestWindowExplanation {
  private static final String PROVIDERS = "spark.sql.extendedExplainProviders";
  private static final String SECTION = "== Extended Information (FeatHub windows) ==\n";
  private static final String LEFT =
      "SELECT ntile(2) OVER (PARTITION BY id % 2 ORDER BY id) FROM range(4)";
  private static final String STREAMED =
      "SELECT sum(id) OVER (PARTITION BY id % 2 ORDER BY id RANGE BETWEEN 1L PRECEDING AND"
          + " CURRENT ROW) FROM range(4)";

  private SparkSession spark;

  @BeforeEach
  void startSession() {
    spark = TestSession.with(WindowExtension::install);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EXTENDED", "FORMATTED"})
  void namesEachWindowThatWasLeft(String mode) {
    assertThat(explain(mode, LEFT))
        .contains(
            SECTION
                + "Left to Spark's own operator: ntile(2) OVER (PARTITION BY _w0 ORDER BY id ASC"
                + " NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)\n  because: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void findsThemBelowAdaptivePartsAndInSubqueries(String adaptive) {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.adaptive.enabled", adaptive),
        () ->
            assertThat(
                    explain(
                        "FORMATTED",
                        "SELECT (SELECT max(r) FROM (SELECT rank() OVER (ORDER BY id) AS r FROM"
                            + " range(3))) AS m, n FROM (SELECT ntile(3) OVER (ORDER BY id) AS n"
                            + " FROM range(3))"))
                .contains("operator: RANK()", "operator: ntile(3)"));
  }

  @Test
  void saysThatTheOperatorIsOff() {
    TestSession.withConf(
        spark,
        Map.of("spark.sql.feathub.window.enabled", "false"),
        () ->
            assertThat(explain("", STREAMED))
                .contains("\n  because: spark.sql.feathub.window.enabled is false"));
    assertThat(explain("", STREAMED))
        .contains(SECTION + "No window is left to Spark's own operator.");
  }

  @Test
  void aSessionThatLeavesNoWindowHasNoSection() {
    assertThat(explain("EXTENDED", STREAMED)).doesNotContain("Extended Information");
    assertThat(explain("EXTENDED", "SELECT 1")).doesNotContain("Extended Information");
    assertThat(spark.conf().getAll().contains(PROVIDERS)).isFalse();
  }

  @Test
  void aPlanThatRanIsExplainedAsItRan() {
    Dataset<Row> rows = spark.sql(LEFT);
    rows.collectAsList();

    assertThat(((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().toString())
        .contains(SECTION + "Left to Spark's");
  }

  @Test
  void whatTheUserHasSetStays() {
    spark.conf().set(PROVIDERS, Hello.class.getName());
    assertThat(explain("", "SELECT 1")).contains("hello");
    assertThat(explain("", LEFT)).contains("hello", SECTION + "Left to Spark's");
    assertThat(explain("", LEFT)).containsOnlyOnce(SECTION);
    assertThat(spark.conf().get(PROVIDERS))
        .isEqualTo(Hello.class.getName() + "," + WindowExplanation.class.getName());
  }

  @Test
  void whatTheUserSetsLaterStaysToo() {
    explain("", LEFT);
    spark.conf().set(PROVIDERS, Hello.class.getName());

    assertThat(explain("", LEFT)).contains("hello", SECTION + "Left to Spark's");
  }

  @Test
  void sessionsMadeFromThisOneHaveItToo() {
    SparkSession before = cloned(spark);
    explain("", LEFT);
    SparkSession after = cloned(spark);
    SparkSession fresh = spark.newSession();

    for (SparkSession other : new SparkSession[] {before, after, fresh}) {
      assertThat(text(other, "", LEFT)).containsOnlyOnce(SECTION + "Left to Spark's");
    }
  }

  @Test
  void stockSessionsAreLeftAlone() {
    explain("", LEFT);

    assertThat(text(TestSession.stock(), "", LEFT)).doesNotContain("Extended Information");
  }

  /** Spark would fail each query of a session whose provider its threads cannot load. */
  @Test
  void nothingIsSetWhereTheClassCannotBeLoaded() {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader()));
    try {
      WindowExplanation.activate(spark);
    } finally {
      thread.setContextClassLoader(loader);
    }
    assertThat(spark.conf().getAll().contains(PROVIDERS)).isFalse();
  }

  private static SparkSession cloned(SparkSession spark) {
    return ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
  }

  private String explain(String mode, String query) {
    return text(spark, mode, query);
  }

  private static String text(SparkSession spark, String mode, String query) {
    return spark.sql("EXPLAIN " + mode + " " + query).head().getString(0);
  }

  /** Another generator, which the user has configured. */
  public static final class Hello implements ExtendedExplainGenerator {
    @Override
    public String title() {
      return "hello";
    }

    @Override
    public String generateExtendedInfo(SparkPlan plan) {
      return "";
    }
  }
}
