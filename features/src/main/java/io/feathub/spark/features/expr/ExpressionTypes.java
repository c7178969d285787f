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
import io.feathub.spark.features.expr.ViewExpression.Constant;
import io.feathub.spark.features.expr.ViewExpression.Field;
import io.feathub.spark.features.expr.ViewExpression.IsNull;
import io.feathub.spark.features.expr.ViewExpression.Negation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/**
 * FeatHub's types of expressions: arithmetic has the higher type of its operands in the order
 * Int32, Int64, Float32, Float64, under which Int64 and Float32 make Float32, and a division of
 * integers is an integer. Conditions are Bool. Only numbers are compared with values of another
 * type: what Spark makes of a text and a number depends on the session.
 */
public final class ExpressionTypes {
  private static final List<DataType> ORDER =
      List.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.FloatType, DataTypes.DoubleType);

  private final String where;
  private final Function<String, DataType> fieldTypes;

  private ExpressionTypes(String where, Function<String, DataType> fieldTypes) {
    this.where = where;
    this.fieldTypes = fieldTypes;
  }

  /**
   * The type of an expression; empty for arithmetic on numbers that FeatHub does not have, such as
   * DECIMAL, for which Spark's rules hold. Arithmetic on anything but numbers is an error, and so
   * is AND, OR or NOT of anything but conditions.
   *
   * @param where what the expression belongs to, for messages
   */
  public static Optional<DataType> derive(
      String where, ViewExpression expression, Function<String, DataType> fieldTypes) {
    return new ExpressionTypes(where, fieldTypes).derive(expression);
  }

  private Optional<DataType> derive(ViewExpression expression) {
    if (expression instanceof Field field) {
      return Optional.of(fieldTypes.apply(field.name()));
    }
    if (expression instanceof Constant constant) {
      return Optional.of(constant.literal().dataType());
    }
    if (expression instanceof Negation negation) {
      return number(negation.operand());
    }
    if (expression instanceof Arithmetic arithmetic) {
      int left = rank(number(arithmetic.left()));
      int right = rank(number(arithmetic.right()));
      return left < 0 || right < 0
          ? Optional.empty()
          : Optional.of(ORDER.get(Math.max(left, right)));
    }
    requireOperands(expression);
    return Optional.of(DataTypes.BooleanType);
  }

  private void requireOperands(ViewExpression condition) {
    if (condition instanceof Comparison comparison) {
      requireComparable(comparison);
      return;
    }
    for (ViewExpression operand : condition.operands()) {
      Optional<DataType> type = derive(operand);
      if (!(condition instanceof IsNull) && !type.equals(Optional.of(DataTypes.BooleanType))) {
        throw ExpressionErrors.notACondition(where, describe(operand), text(type));
      }
    }
  }

  private void requireComparable(Comparison comparison) {
    Optional<DataType> left = derive(comparison.left());
    Optional<DataType> right = derive(comparison.right());
    if (isNumber(left) && isNumber(right)) {
      return;
    }
    boolean alike =
        left.equals(right)
            || (left.orElse(null) instanceof StringType
                && right.orElse(null) instanceof StringType);
    if (!alike || !RowOrdering.isOrderable(left.orElseThrow())) {
      throw ExpressionErrors.notComparable(
          where,
          describe(comparison.left()),
          text(left),
          describe(comparison.right()),
          text(right));
    }
  }

  private static boolean isNumber(Optional<DataType> type) {
    return type.isEmpty() || type.get() instanceof NumericType;
  }

  private static String text(Optional<DataType> type) {
    return type.map(DataType::sql).orElse("DECIMAL");
  }

  private Optional<DataType> number(ViewExpression operand) {
    Optional<DataType> type = derive(operand);
    if (type.isPresent() && !(type.get() instanceof NumericType)) {
      throw ExpressionErrors.notNumeric(where, describe(operand), type.get().sql());
    }
    return type;
  }

  private static String describe(ViewExpression operand) {
    if (operand instanceof Field field) {
      return "field " + field.name();
    }
    return operand instanceof Constant constant ? constant.literal().sql() : "an operand";
  }

  private static int rank(Optional<DataType> type) {
    return type.map(ORDER::indexOf).orElse(-1);
  }
}
