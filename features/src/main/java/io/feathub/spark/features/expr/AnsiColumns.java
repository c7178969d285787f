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
import io.feathub.spark.features.expr.ViewExpression.Comparison;
import io.feathub.spark.features.expr.ViewExpression.Connective;
import io.feathub.spark.features.expr.ViewExpression.Constant;
import io.feathub.spark.features.expr.ViewExpression.Field;
import io.feathub.spark.features.expr.ViewExpression.Logical;
import io.feathub.spark.features.expr.ViewExpression.Negation;
import io.feathub.spark.features.expr.ViewExpression.Operator;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.NumericEvalContext;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import scala.Option;

/**
 * Columns that fail on overflow, on division by zero and on values that do not fit a type, whatever
 * {@code spark.sql.ansi.enabled} says in the session: a view has one meaning.
 */
public final class AnsiColumns {
  private final Function<String, DataType> fieldTypes;

  private AnsiColumns(Function<String, DataType> fieldTypes) {
    this.fieldTypes = fieldTypes;
  }

  /**
   * The value of an expression, in the type that Spark gives it.
   *
   * @param fieldTypes the types of the columns that the expression reads
   */
  public static Column of(ViewExpression expression, Function<String, DataType> fieldTypes) {
    return ExpressionUtils.column(new AnsiColumns(fieldTypes).expression(expression));
  }

  public static Column cast(Column column, DataType type) {
    return ExpressionUtils.column(
        new Cast(ExpressionUtils.expression(column), type, Option.empty(), EvalMode.ANSI()));
  }

  /** The value in another type, null where it does not fit. */
  public static Column tryCast(Column column, DataType type) {
    return ExpressionUtils.column(
        new Cast(ExpressionUtils.expression(column), type, Option.empty(), EvalMode.TRY()));
  }

  /** The sum as an aggregate function. */
  public static AggregateFunction sum(Expression input) {
    return new Sum(input, ansi());
  }

  /** The sum as an aggregate function, null where its type does not hold it. */
  public static AggregateFunction trySum(Expression input) {
    return new Sum(input, NumericEvalContext.apply(EvalMode.TRY(), true));
  }

  /** The mean as an aggregate function. */
  public static AggregateFunction average(Expression input) {
    return new Average(input, EvalMode.ANSI());
  }

  private Expression expression(ViewExpression expression) {
    if (expression instanceof Field field) {
      return ExpressionUtils.expression(functions.col("`" + field.name().replace("`", "``") + "`"));
    }
    if (expression instanceof Constant constant) {
      return constant.literal();
    }
    if (expression instanceof Negation negation) {
      return new UnaryMinus(expression(negation.operand()), true);
    }
    if (expression instanceof Arithmetic arithmetic) {
      return arithmetic(arithmetic);
    }
    return condition(expression);
  }

  private Expression condition(ViewExpression expression) {
    if (expression instanceof Comparison comparison) {
      return comparison(comparison);
    }
    if (expression instanceof Logical logical) {
      Expression left = expression(logical.left());
      Expression right = expression(logical.right());
      return logical.connective() == Connective.AND ? new And(left, right) : new Or(left, right);
    }
    if (expression instanceof ViewExpression.Not not) {
      return new Not(expression(not.operand()));
    }
    return new IsNull(expression(((ViewExpression.IsNull) expression).operand()));
  }

  private Expression comparison(Comparison comparison) {
    boolean asDoubles = meetAsDoubles(comparison.left(), comparison.right());
    Expression left = operand(comparison.left(), asDoubles);
    Expression right = operand(comparison.right(), asDoubles);
    return switch (comparison.comparator()) {
      case EQUAL -> new EqualTo(left, right);
      case LESS -> new LessThan(left, right);
      case LESS_OR_EQUAL -> new LessThanOrEqual(left, right);
      case GREATER -> new GreaterThan(left, right);
      case GREATER_OR_EQUAL -> new GreaterThanOrEqual(left, right);
    };
  }

  private Expression arithmetic(Arithmetic arithmetic) {
    boolean asDoubles = meetAsDoubles(arithmetic.left(), arithmetic.right());
    Expression left = operand(arithmetic.left(), asDoubles);
    Expression right = operand(arithmetic.right(), asDoubles);
    return switch (arithmetic.operator()) {
      case ADD -> new Add(left, right, ansi());
      case SUBTRACT -> new Subtract(left, right, ansi());
      case MULTIPLY -> new Multiply(left, right, ansi());
      case DIVIDE -> new Divide(left, right, ansi());
    };
  }

  private Expression operand(ViewExpression operand, boolean asDouble) {
    Expression value = expression(operand);
    return asDouble
        ? new Cast(value, DataTypes.DoubleType, Option.empty(), EvalMode.ANSI())
        : value;
  }

  private boolean meetAsDoubles(ViewExpression left, ViewExpression right) {
    return isIntegerWithFloat(left, right) || isIntegerWithFloat(right, left);
  }

  /**
   * Whether an integer meets a FLOAT. Left to Spark, both become DOUBLE in an ANSI session and
   * FLOAT, which rounds, in another.
   */
  private boolean isIntegerWithFloat(ViewExpression one, ViewExpression other) {
    return isOf(IntegralType.class, one) && isOf(FloatType.class, other);
  }

  /** Whether Spark computes an expression in a type of a class of numbers. */
  private boolean isOf(Class<? extends DataType> numbers, ViewExpression expression) {
    if (expression instanceof Field field) {
      return numbers.isInstance(fieldTypes.apply(field.name()));
    }
    if (expression instanceof Constant constant) {
      return numbers.isInstance(constant.literal().dataType());
    }
    if (expression instanceof Negation negation) {
      return isOf(numbers, negation.operand());
    }
    return expression instanceof Arithmetic arithmetic
        && arithmetic.operator() != Operator.DIVIDE
        && isOf(numbers, arithmetic.left())
        && isOf(numbers, arithmetic.right());
  }

  private static NumericEvalContext ansi() {
    return NumericEvalContext.apply(EvalMode.ANSI(), true);
  }
}
