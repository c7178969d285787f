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
package io.feathub.spark.features.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.feathub.spark.features.expr.ViewExpression.Arithmetic;
import io.feathub.spark.features.expr.ViewExpression.Comparison;
import io.feathub.spark.features.expr.ViewExpression.Constant;
import io.feathub.spark.features.expr.ViewExpression.Field;
import io.feathub.spark.features.expr.ViewExpression.IsNull;
import io.feathub.spark.features.expr.ViewExpression.Logical;
import io.feathub.spark.features.expr.ViewExpression.Negation;
import io.feathub.spark.features.expr.ViewExpression.Not;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestExpressionParser {

  /** The tree of an expression with all its parentheses. */
  private static String tree(String text) {
    return tree(ExpressionParser.parse("feature f", text));
  }

  private static String tree(ViewExpression expression) {
    if (expression instanceof Field field) {
      return field.name();
    }
    if (expression instanceof Constant constant) {
      return constant.literal().value() + ":" + constant.literal().dataType().sql();
    }
    if (expression instanceof Negation negation) {
      return "-" + tree(negation.operand());
    }
    if (expression instanceof Not not) {
      return "!" + tree(not.operand());
    }
    if (expression instanceof IsNull isNull) {
      return "null?" + tree(isNull.operand());
    }
    return "(%s %s %s)"
        .formatted(
            tree(expression.operands().get(0)),
            between(expression),
            tree(expression.operands().get(1)));
  }

  private static Object between(ViewExpression expression) {
    if (expression instanceof Arithmetic arithmetic) {
      return arithmetic.operator();
    }
    return expression instanceof Comparison comparison
        ? comparison.comparator()
        : ((Logical) expression).connective();
  }

  @Test
  void expressionsAreNamesNumbersTextsAndArithmetic() {
    assertThat(tree("item_count * price")).isEqualTo("(item_count MULTIPLY price)");
    assertThat(tree("a + b - c * d / e"))
        .isEqualTo("((a ADD b) SUBTRACT ((c MULTIPLY d) DIVIDE e))");
    assertThat(tree("-(a + 1)")).isEqualTo("-(a ADD 1:INT)");
    assertThat(tree("+a")).isEqualTo("a");
    assertThat(tree("`a.b` + `we``ird` + timestamp + `select`"))
        .isEqualTo("(((a.b ADD we`ird) ADD timestamp) ADD select)");
    assertThat(tree("\"it's\"")).isEqualTo("it's:STRING");
    assertThat(tree("'x'")).isEqualTo("x:STRING");
    assertThat(ExpressionParser.parse("f", "b + a * b").fields()).containsExactly("b", "a");
  }

  @Test
  void conditionsAreComparisonsAndWhatJoinsThem() {
    assertThat(tree("action='pay'")).isEqualTo("(action EQUAL pay:STRING)");
    assertThat(tree("a == b")).isEqualTo("(a EQUAL b)");
    assertThat(tree("a <> b")).isEqualTo("!(a EQUAL b)");
    assertThat(tree("a != b")).isEqualTo("!(a EQUAL b)");
    assertThat(tree("a < 1 OR a <= 2 AND NOT b > 3 or c >= 4"))
        .isEqualTo(
            "(((a LESS 1:INT) OR ((a LESS_OR_EQUAL 2:INT) AND !(b GREATER 3:INT)))"
                + " OR (c GREATER_OR_EQUAL 4:INT))");
    assertThat(tree("a IS NULL AND (b + 1 IS NOT NULL OR ok = true)"))
        .isEqualTo("(null?a AND (!null?(b ADD 1:INT) OR (ok EQUAL true:BOOLEAN)))");
    assertThat(ExpressionParser.parse("f", "NOT (b IS NULL) OR a = -c").fields())
        .containsExactly("b", "a", "c");
  }

  @Test
  void aLiteralWithAPointIsADouble() {
    assertThat(tree("0.1 + .5")).isEqualTo("(0.1:DOUBLE ADD 0.5:DOUBLE)");
    assertThat(tree("3.0")).isEqualTo("3.0:DOUBLE");
    assertThat(tree("1e3")).isEqualTo("1000.0:DOUBLE");
    assertThat(tree("5000000000")).isEqualTo("5000000000:BIGINT");
  }

  @Test
  void whateverElseSqlCanSayIsRefused() {
    for (String text :
        List.of(
            "lower(name)",
            "a <=> b",
            "a BETWEEN 1 AND 2",
            "a LIKE 'x'",
            "a IS TRUE",
            "a % b",
            "a DIV b",
            "a || b",
            "CASE WHEN a THEN 1 END",
            "CAST(a AS INT)",
            "a::int",
            "m['k']",
            "s.field",
            "*",
            "a AS b",
            "NULL",
            "DATE '2022-01-01'",
            "INTERVAL 1 DAY",
            "X'00'",
            "(SELECT 1)",
            "a IN (SELECT 1)",
            "EXISTS (SELECT 1)",
            "sum(a) OVER ()",
            "rand()",
            "reflect('java.lang.System', 'exit', 0)",
            "x -> x",
            ":parameter",
            "?",
            "{fn now()}",
            "~a",
            "a & b",
            "a << 1")) {
      assertThat(catchThrowable(() -> tree(text)))
          .as(text)
          .hasMessageMatching("(?s)\\[FEATHUB_EXPRESSION_(NOT_SUPPORTED|SYNTAX)].*feature f.*");
    }
    assertThatThrownBy(() -> tree("1 + LOWER(name)"))
        .hasMessageContaining("`LOWER(name)` is not supported")
        .hasMessageContaining("An expression consists of column names, + - * /");
  }

  @Test
  void whatCannotBeReadIsAnErrorWithItsPosition() {
    assertThatThrownBy(() -> tree("a + * b"))
        .hasMessageContaining("FEATHUB_EXPRESSION_")
        .hasMessageContaining("a + * b");
    for (String text :
        List.of("", " ", "a +", "(a", "a; DROP TABLE t", "a -- b\n c d e", "'open")) {
      assertThat(catchThrowable(() -> tree(text)))
          .as(text)
          .hasMessageContaining("FEATHUB_EXPRESSION_");
    }
  }

  @Test
  void arithmeticHasTheHigherTypeInFeatHubsOrder() {
    Map<String, DataType> types =
        Map.of(
            "i", DataTypes.IntegerType,
            "l", DataTypes.LongType,
            "f", DataTypes.FloatType,
            "d", DataTypes.DoubleType,
            "n", DataTypes.createDecimalType(10, 2),
            "s", DataTypes.StringType);
    Map<String, DataType> expected =
        Map.of(
            "i + i", DataTypes.IntegerType,
            "i / i", DataTypes.IntegerType,
            "i * l", DataTypes.LongType,
            "l - f", DataTypes.FloatType,
            "i + 0.5", DataTypes.DoubleType,
            "-f", DataTypes.FloatType,
            "s", DataTypes.StringType);
    expected.forEach((text, type) -> assertThat(derive(text, types)).as(text).contains(type));
    assertThat(derive("i + n", types)).isEmpty();
    assertThatThrownBy(() -> derive("(n + 1) * s", types))
        .hasMessageContaining("field s is of type STRING");
    assertThatThrownBy(() -> derive("-'x'", types)).hasMessageContaining("'x' is of type STRING");
  }

  @Test
  void conditionsAreBooleansOfWhatCanBeCompared() {
    Map<String, DataType> types =
        Map.of(
            "i", DataTypes.IntegerType,
            "f", DataTypes.FloatType,
            "n", DataTypes.createDecimalType(10, 2),
            "s", DataTypes.StringType,
            "b", DataTypes.BooleanType,
            "t", DataTypes.TimestampType,
            "m", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType));
    for (String text :
        List.of(
            "i < f", "n + 1 = f", "s = 'x' AND b", "t >= t", "NOT b OR m IS NULL", "b = TRUE")) {
      assertThat(derive(text, types)).as(text).contains(DataTypes.BooleanType);
    }
    for (String text : List.of("i = s", "t > s", "b < i", "m = m", "(s = 'x') = i")) {
      assertThat(catchThrowable(() -> derive(text, types)))
          .as(text)
          .hasMessageContaining("FEATHUB_EXPRESSION_COMPARISON");
    }
    assertThatThrownBy(() -> derive("s < i", types))
        .hasMessageContaining("field s of type STRING cannot be compared with field i of type INT");
    for (String text : List.of("i AND b", "NOT s", "b OR m", "b AND 'x'")) {
      assertThat(catchThrowable(() -> derive(text, types)))
          .as(text)
          .hasMessageContaining("FEATHUB_EXPRESSION_CONDITION");
    }
    assertThatThrownBy(() -> derive("1 + (b AND b)", types))
        .hasMessageContaining("FEATHUB_EXPRESSION_TYPE");
  }

  private static java.util.Optional<DataType> derive(String text, Map<String, DataType> types) {
    return ExpressionTypes.derive(
        "feature f", ExpressionParser.parse("feature f", text), types::get);
  }
}
