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

import static io.feathub.spark.asof.PurchasesAndPrices.ENRICHED;
import static io.feathub.spark.asof.PurchasesAndPrices.assertAsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feathub.spark.asof.sql.AsOfJoinParser;
import io.feathub.spark.testing.TestSession;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parser among those of other extensions, which stand before or behind it. */
class TestOtherParsers {
  private static final String JOIN =
      "SELECT p.*, r.price FROM purchases p LEFT ASOF JOIN prices r"
          + " MATCH_CONDITION (p.ts >= r.ts) ON p.item_id = r.item_id";

  /** What no parser but one understands, with much that another could stumble over. */
  private static final List<String> SHOUTS =
      List.of(
          "SHOUT",
          "SHOUT 'l ASOF JOIN r MATCH_CONDITION (l.t >= r.t)' \t-- and more  ",
          "\n SHOUT ${x} :y ? \"never closed, /* nor this, nor ` this 😀\u00a0(((",
          "SHOUT MATCH_CONDITION ( asof JOIN",
          "SHOUT MATCH_CONDITION (1) INTO ASOF;",
          "SHOUT 'it''s \\' \\u0041 match_condition (");

  private final List<String> asked = new ArrayList<>();
  private final List<String> shouted = new ArrayList<>();

  /** Where the other parser stands: Spark asks the last one that was installed first. */
  enum Order {
    ASKED_FIRST(true),
    ASKED_FIRST_BUT_MODEST(false),
    ASKED_LAST(true),
    ASKED_LAST_BUT_MODEST(false);

    private final boolean eager;

    Order(boolean eager) {
      this.eager = eager;
    }

    boolean isAskedLast() {
      return this == ASKED_LAST || this == ASKED_LAST_BUT_MODEST;
    }
  }

  private SparkSession session(Order order) {
    SparkSession spark =
        TestSession.with(
            extensions -> {
              if (order.isAskedLast()) {
                inject(extensions, order);
              }
              AsOfExtension.install(extensions);
              if (!order.isAskedLast()) {
                inject(extensions, order);
              }
            });
    PurchasesAndPrices.createViews(spark);
    asked.clear();
    return spark;
  }

  private void inject(SparkSessionExtensions extensions, Order order) {
    extensions.injectParser(
        (session, next) -> new ShoutingParser(next, order.eager, asked, shouted));
  }

  @ParameterizedTest
  @EnumSource
  void leaveTheJoinAsItIs(Order order) {
    SparkSession spark = session(order);

    assertAsOf(spark.sql(JOIN), ENRICHED);
    assertAsOf(spark.sql(JOIN + " WHERE item_count < :most", Map.of("most", 100)), ENRICHED);
    spark.sql("CREATE OR REPLACE TEMPORARY VIEW enriched AS " + JOIN);
    assertAsOf(spark.sql("SELECT * FROM enriched"), ENRICHED);
    assertThat(shouted).isEmpty();
    assertThat(asked).anyMatch(text -> text.contains("ASOF") != order.isAskedLast());
  }

  @ParameterizedTest
  @EnumSource
  void getTheirOwnStatementsAsTheyWereWritten(Order order) {
    SparkSession spark = session(order);
    for (String shout : SHOUTS) {
      assertThat(spark.sql(shout).first().getString(0)).as(shout).isEqualTo("heard");
    }
    assertThat(shouted).containsExactlyElementsOf(SHOUTS);
  }

  @ParameterizedTest
  @EnumSource
  void getOtherStatementsAsTheyWereWritten(Order order) {
    SparkSession spark = session(order);
    String query = "SELECT  /* MATCH_CONDITION (a) */ 'x ASOF JOIN y' AS `match_condition (b)`\n";

    assertThat(spark.sql(query).first().getString(0)).isEqualTo("x ASOF JOIN y");
    assertThat(asked).anyMatch(text -> text.contains("(" + query + ")"));
  }

  @ParameterizedTest
  @EnumSource
  void doNotChangeTheErrorsOfBrokenStatements(Order order) {
    SparkSession spark = session(order);
    assertThatThrownBy(() -> spark.sql("SELEC 1"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("[PARSE_SYNTAX_ERROR]");
    assertThatThrownBy(() -> spark.sql("SELECT * FROM purchases ASOF JOIN prices USING (item_id)"))
        .hasMessageContaining("[FEATHUB_AS_OF_ALIAS]");
  }

  @Test
  void areAskedEverythingElse() throws Exception {
    ParserInterface parser =
        new AsOfJoinParser(new ShoutingParser(CatalystSqlParser$.MODULE$, false, asked, shouted));

    assertThat(parser.parseExpression("a + 1").sql()).isEqualTo("(a + 1)");
    assertThat(parser.parseTableIdentifier("a.b").table()).isEqualTo("b");
    assertThat(parser.parseFunctionIdentifier("a.f").funcName()).isEqualTo("f");
    assertThat(parser.parseMultipartIdentifier("a.b.c").size()).isEqualTo(3);
    assertThat(parser.parseRoutineParam("a INT DEFAULT 1").fieldNames()).containsExactly("a");
    assertThat(parser.parseTableSchema("a INT, b STRING").fieldNames()).containsExactly("a", "b");
    assertThat(parser.parseDataType("decimal(9, 2)").sql()).isEqualTo("DECIMAL(9,2)");
    assertThat(parser.parseQuery("SELECT 1").children().isEmpty()).isFalse();
    assertThat(asked)
        .containsExactly(
            "parseExpression(a + 1)",
            "parseTableIdentifier(a.b)",
            "parseFunctionIdentifier(a.f)",
            "parseMultipartIdentifier(a.b.c)",
            "parseRoutineParam(a INT DEFAULT 1)",
            "parseTableSchema(a INT, b STRING)",
            "parseDataType(decimal(9, 2))",
            "parseQuery(SELECT 1)");
  }

  /** A method with a body of its own in Spark's interface would not ask the next parser. */
  @Test
  void areAskedByEveryMethodThatSparkHas() {
    List<String> ours =
        Arrays.stream(AsOfJoinParser.class.getDeclaredMethods())
            .map(TestOtherParsers::signature)
            .toList();

    assertThat(ParserInterface.class.getMethods())
        .filteredOn(method -> !method.getName().contains("$"))
        .extracting(TestOtherParsers::signature)
        .isSubsetOf(ours)
        .contains("parsePlanWithParameters" + List.of(String.class, ParameterContext.class));
  }

  private static String signature(Method method) {
    return method.getName() + List.of(method.getParameterTypes());
  }
}
