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

import io.feathub.spark.interop.AddedCasts;
import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The ON clause of an as-of join, taken apart. Left operands stand left whatever side of the
 * comparison they were written on.
 *
 * @param leftKeys what must equal the right key at the same position
 */
record AsOfCondition(
    AsOfMatching matching,
    Expression leftTime,
    Expression rightTime,
    List<Expression> leftKeys,
    List<Expression> rightKeys) {

  /**
   * Takes a join's condition apart, and refuses by name what an as-of join cannot mean. Empty if no
   * conjunct of the condition is an as-of predicate.
   */
  static Optional<AsOfCondition> of(Join join) {
    if (join.condition().isEmpty()) {
      return Optional.empty();
    }
    List<Expression> others = new ArrayList<>();
    List<AsOfPredicate> asOfs = new ArrayList<>();
    for (Expression conjunct : conjuncts(join.condition().get())) {
      if (conjunct instanceof AsOfPredicate asOf) {
        asOfs.add(asOf);
      } else {
        others.add(conjunct);
      }
    }
    if (asOfs.isEmpty()) {
      return Optional.empty();
    }
    if (asOfs.size() > 1) {
      throw AsOfErrors.repeated(asOfs.get(1));
    }
    return Optional.of(new Parser(join, asOfs.get(0)).parse(others));
  }

  private static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> both = new ArrayList<>(conjuncts(and.left()));
      both.addAll(conjuncts(and.right()));
      return both;
    }
    return List.of(condition);
  }

  /** One join's condition while it is being read. */
  private record Parser(Join join, AsOfPredicate asOf) {

    AsOfCondition parse(List<Expression> otherConjuncts) {
      AsOfMatching written =
          matching(asOf.child()).orElseThrow(() -> AsOfErrors.comparisonExpected(asOf));
      Expression first = asOf.child().children().head();
      Expression second = asOf.child().children().last();
      boolean leftFirst = reads(first, join.left()) && reads(second, join.right());
      if (!leftFirst && !(reads(first, join.right()) && reads(second, join.left()))) {
        throw AsOfErrors.mixedSides(asOf);
      }
      checkTimeType(first, second);

      List<Expression> leftKeys = new ArrayList<>();
      List<Expression> rightKeys = new ArrayList<>();
      for (Expression conjunct : otherConjuncts) {
        addKey(conjunct, leftKeys, rightKeys);
      }
      if (leftKeys.isEmpty()) {
        throw AsOfErrors.keylessNotSupported(asOf);
      }
      return new AsOfCondition(
          leftFirst ? written : written.mirrored(),
          leftFirst ? first : second,
          leftFirst ? second : first,
          List.copyOf(leftKeys),
          List.copyOf(rightKeys));
    }

    private void addKey(
        Expression conjunct, List<Expression> leftKeys, List<Expression> rightKeys) {
      if (!(conjunct instanceof EqualTo equality)) {
        throw unexpected(conjunct);
      }
      boolean leftFirst =
          reads(equality.left(), join.left()) && reads(equality.right(), join.right());
      if (!leftFirst
          && !(reads(equality.left(), join.right()) && reads(equality.right(), join.left()))) {
        throw unexpected(conjunct);
      }
      checkKeyType(equality.left());
      leftKeys.add(leftFirst ? equality.left() : equality.right());
      rightKeys.add(leftFirst ? equality.right() : equality.left());
    }

    private RuntimeException unexpected(Expression conjunct) {
      Optional<Expression> hidden = PlanTraversal.find(conjunct, AsOfPredicate.class::isInstance);
      throw hidden.isPresent()
          ? AsOfErrors.misplaced(hidden.get())
          : AsOfErrors.residualNotSupported(asOf, conjunct);
    }

    /** Equality of keys is equality of their bytes, so only types for which that is true. */
    private void checkKeyType(Expression key) {
      DataType type = key.dataType();
      boolean nested =
          type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
      if (nested || !UnsafeRowUtils.isBinaryStable(type)) {
        throw AsOfErrors.keyTypeNotSupported(asOf, key);
      }
    }

    private void checkTimeType(Expression first, Expression second) {
      for (Expression operand : List.of(first, second)) {
        // Spark would parse the text as a time, row by row, and fail or not as the data has it.
        if (AddedCasts.isAdded(operand, asOf.child())
            && operand.children().head().dataType() instanceof StringType) {
          throw AsOfErrors.stringTime(asOf, operand.dataType().sql());
        }
      }
      if (!TimeColumn.supports(first.dataType())) {
        throw AsOfErrors.timeTypeNotSupported(asOf, first.dataType().sql());
      }
    }
  }

  /** Whether an expression reads columns, all of them this side's. */
  private static boolean reads(Expression expression, LogicalPlan side) {
    return !ScalaCollections.list(expression.references().toSeq()).isEmpty()
        && expression.references().subsetOf(side.outputSet());
  }

  private static Optional<AsOfMatching> matching(Expression comparison) {
    if (comparison instanceof GreaterThanOrEqual) {
      return Optional.of(new AsOfMatching(AsOfMatching.Direction.BACKWARD, true));
    }
    if (comparison instanceof GreaterThan) {
      return Optional.of(new AsOfMatching(AsOfMatching.Direction.BACKWARD, false));
    }
    if (comparison instanceof LessThanOrEqual) {
      return Optional.of(new AsOfMatching(AsOfMatching.Direction.FORWARD, true));
    }
    if (comparison instanceof LessThan) {
      return Optional.of(new AsOfMatching(AsOfMatching.Direction.FORWARD, false));
    }
    return Optional.empty();
  }
}
