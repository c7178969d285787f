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
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.types.StringType;

/**
 * The ON clause of an as-of join, taken apart. Left operands stand left whatever side of the
 * comparison they were written on.
 *
 * @param tieBreak of the right side: of right rows of one time the one where it is greatest wins
 * @param keys what must be equal
 * @param leftResiduals the further conditions that read the left side alone, or no side
 * @param rightResiduals those that read the right side alone
 * @param residuals those that read both
 */
record AsOfCondition(
    AsOfMatching matching,
    Expression leftTime,
    Expression rightTime,
    Optional<Expression> tieBreak,
    List<Key> keys,
    List<Expression> leftResiduals,
    List<Expression> rightResiduals,
    List<Expression> residuals) {

  /**
   * Two expressions that must be equal.
   *
   * @param nullSafe whether NULL is equal to NULL
   */
  record Key(Expression left, Expression right, boolean nullSafe) {
    /** The same key, equal to none where it has a null inside; one side of it is enough. */
    Key withoutNulls() {
      return nullSafe ? this : new Key(KeyWithoutNulls.of(left), right, false);
    }
  }

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

  static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> both = new ArrayList<>(conjuncts(and.left()));
      both.addAll(conjuncts(and.right()));
      return both;
    }
    return List.of(condition);
  }

  /** One join's condition while it is being read. */
  private static final class Parser {
    private final AsOfPredicate asOf;
    private final PairConditions conditions;

    Parser(Join join, AsOfPredicate asOf) {
      this.asOf = asOf;
      this.conditions = new PairConditions(join.left(), join.right());
    }

    AsOfCondition parse(List<Expression> otherConjuncts) {
      AsOfMatching matching = written();
      Expression first = asOf.comparison().children().head();
      Expression second = asOf.comparison().children().last();
      boolean leftFirst = conditions.isLeft(first) && conditions.isRight(second);
      if (!leftFirst && !(conditions.isRight(first) && conditions.isLeft(second))) {
        throw AsOfErrors.mixedSides(asOf);
      }
      checkTimes(first, second);
      asOf.tieBreak().ifPresent(this::checkTieBreak);
      matching = matching.within(AsOfTolerance.of(asOf, first.dataType()));
      if (!leftFirst) {
        matching = matching.mirrored();
      }
      for (Expression conjunct : otherConjuncts) {
        if (isUnequal(conjunct, first, second)) {
          matching = matching.withoutExactMatches();
        } else {
          add(conjunct);
        }
      }
      return new AsOfCondition(
          matching,
          leftFirst ? first : second,
          leftFirst ? second : first,
          asOf.tieBreak(),
          conditions.keys().stream().map(Key::withoutNulls).toList(),
          conditions.leftOnly(),
          conditions.rightOnly(),
          conditions.both());
    }

    private AsOfMatching written() {
      AsOfMatching matching =
          matching(asOf.comparison()).orElseThrow(() -> AsOfErrors.comparisonExpected(asOf));
      return asOf.isNearest() ? new AsOfMatching(AsOfMatching.Direction.NEAREST, true) : matching;
    }

    private void checkTimes(Expression first, Expression second) {
      for (Expression operand : List.of(first, second)) {
        // Spark would parse the text as a time, row by row, and fail or not as the data has it.
        if (AddedCasts.isAdded(operand, asOf.comparison())
            && operand.children().head().dataType() instanceof StringType) {
          throw AsOfErrors.stringTime(asOf, operand.dataType().sql());
        }
        checkDeterministic(operand);
      }
      if (asOf.isNearest() && !AsOfTolerance.hasDistance(first.dataType())) {
        throw AsOfErrors.noDistance(asOf, first.dataType().sql());
      }
    }

    private void checkTieBreak(Expression tieBreak) {
      checkDeterministic(tieBreak);
      if (!conditions.isRight(tieBreak) || !RowOrdering.isOrderable(tieBreak.dataType())) {
        throw AsOfErrors.tieBreak(asOf, tieBreak);
      }
    }

    private void add(Expression conjunct) {
      Optional<Expression> hidden = PlanTraversal.find(conjunct, AsOfPredicate.class::isInstance);
      if (hidden.isPresent()) {
        throw AsOfErrors.misplaced(hidden.get());
      }
      checkDeterministic(conjunct);
      if (conditions.readsBoth(conjunct) && conditions.key(conjunct).isEmpty()) {
        checkPair(conjunct);
      }
      conditions.add(conjunct);
    }

    private void checkDeterministic(Expression expression) {
      if (!expression.deterministic()) {
        throw AsOfErrors.condition(
            asOf, expression, "it may give another value each time it is computed");
      }
    }

    /** It is computed by the join itself, for pairs of rows that no other operator ever sees. */
    private void checkPair(Expression residual) {
      if (PlanTraversal.find(residual, PythonUDF.class::isInstance).isPresent()) {
        throw AsOfErrors.condition(asOf, residual, "a Python function of columns of both sides");
      }
      if (PlanTraversal.find(residual, SubqueryExpression.class::isInstance).isPresent()) {
        throw AsOfErrors.condition(asOf, residual, "a subquery beside columns of both sides");
      }
    }
  }

  /** What a comparison of the left with the right time asks for; empty if it is none. */
  static Optional<AsOfMatching> matching(Expression comparison) {
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

  /** Whether a condition says no more than that two times are not equal. */
  static boolean isUnequal(Expression condition, Expression first, Expression second) {
    if (!(condition instanceof Not not) || !(not.child() instanceof EqualTo equal)) {
      return false;
    }
    return (equal.left().semanticEquals(first) && equal.right().semanticEquals(second))
        || (equal.left().semanticEquals(second) && equal.right().semanticEquals(first));
  }
}
