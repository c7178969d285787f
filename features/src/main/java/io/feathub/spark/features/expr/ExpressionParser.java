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

import io.feathub.spark.features.expr.ViewExpression.Arithmetic;
import io.feathub.spark.features.expr.ViewExpression.Comparator;
import io.feathub.spark.features.expr.ViewExpression.Comparison;
import io.feathub.spark.features.expr.ViewExpression.Connective;
import io.feathub.spark.features.expr.ViewExpression.Constant;
import io.feathub.spark.features.expr.ViewExpression.Field;
import io.feathub.spark.features.expr.ViewExpression.Logical;
import io.feathub.spark.features.expr.ViewExpression.Negation;
import io.feathub.spark.features.expr.ViewExpression.Operator;
import java.math.BigDecimal;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * Reads the text of an expression. Spark's parser does the reading; only the nodes named here are
 * let through, so that whatever else SQL can say is refused rather than run.
 */
public final class ExpressionParser {
  private static final Set<DataType> LITERAL_TYPES =
      Set.of(
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.StringType,
          DataTypes.BooleanType);

  private final String where;
  private final String text;

  private ExpressionParser(String where, String text) {
    this.where = where;
    this.text = text;
  }

  /**
   * Reads an expression.
   *
   * @param where what the expression belongs to, for messages, such as {@code feature cost}
   */
  public static ViewExpression parse(String where, String text) {
    return new ExpressionParser(where, text).parse();
  }

  private ViewExpression parse() {
    try {
      // Spark's defaults, so that a text means the same in every session.
      return convert(
          SQLConf.withExistingConf(
              new SQLConf(), () -> new CatalystSqlParser().parseExpression(text)));
    } catch (Exception e) {
      if (e instanceof ParseException parseException) {
        throw ExpressionErrors.syntax(where, text, parseException);
      }
      throw e;
    }
  }

  private ViewExpression convert(Expression node) {
    if (node instanceof UnresolvedAttribute attribute && attribute.nameParts().size() == 1) {
      return new Field(attribute.nameParts().head());
    }
    if (node instanceof Literal literal) {
      return constant(literal);
    }
    if (node instanceof UnaryMinus minus) {
      return new Negation(convert(minus.child()));
    }
    if (node instanceof UnaryPositive plus) {
      return convert(plus.child());
    }
    if (node instanceof BinaryArithmetic arithmetic) {
      return new Arithmetic(
          operator(arithmetic), convert(arithmetic.left()), convert(arithmetic.right()));
    }
    return condition(node);
  }

  private ViewExpression condition(Expression node) {
    if (node instanceof BinaryComparison comparison) {
      return new Comparison(
          comparator(comparison), convert(comparison.left()), convert(comparison.right()));
    }
    if (node instanceof And and) {
      return new Logical(Connective.AND, convert(and.left()), convert(and.right()));
    }
    if (node instanceof Or or) {
      return new Logical(Connective.OR, convert(or.left()), convert(or.right()));
    }
    if (node instanceof Not not) {
      return new ViewExpression.Not(convert(not.child()));
    }
    if (node instanceof IsNull isNull) {
      return new ViewExpression.IsNull(convert(isNull.child()));
    }
    if (node instanceof IsNotNull isNotNull) {
      return new ViewExpression.Not(new ViewExpression.IsNull(convert(isNotNull.child())));
    }
    throw notSupported(node);
  }

  private Comparator comparator(BinaryComparison node) {
    if (node instanceof EqualTo) {
      return Comparator.EQUAL;
    }
    if (node instanceof LessThan) {
      return Comparator.LESS;
    }
    if (node instanceof LessThanOrEqual) {
      return Comparator.LESS_OR_EQUAL;
    }
    if (node instanceof GreaterThan) {
      return Comparator.GREATER;
    }
    if (node instanceof GreaterThanOrEqual) {
      return Comparator.GREATER_OR_EQUAL;
    }
    throw notSupported(node);
  }

  private Operator operator(BinaryArithmetic node) {
    if (node instanceof Add) {
      return Operator.ADD;
    }
    if (node instanceof Subtract) {
      return Operator.SUBTRACT;
    }
    if (node instanceof Multiply) {
      return Operator.MULTIPLY;
    }
    if (node instanceof Divide) {
      return Operator.DIVIDE;
    }
    throw notSupported(node);
  }

  private Constant constant(Literal literal) {
    if (literal.value() instanceof Decimal decimal && literal.dataType() instanceof DecimalType) {
      BigDecimal exact = decimal.toJavaBigDecimal();
      return new Constant(new Literal(exact.doubleValue(), DataTypes.DoubleType));
    }
    if (literal.value() == null || !LITERAL_TYPES.contains(literal.dataType())) {
      throw notSupported(literal);
    }
    return new Constant(literal);
  }

  private RuntimeException notSupported(Expression node) {
    String fragment = node.origin().context() == null ? "" : node.origin().context().fragment();
    return ExpressionErrors.notSupported(
        where, text, fragment.isEmpty() ? node.prettyName() : fragment);
  }
}
