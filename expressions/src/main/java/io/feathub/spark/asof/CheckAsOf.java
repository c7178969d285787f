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

import io.feathub.spark.interop.PlanTraversal;
import io.feathub.spark.interop.ScalaCollections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockLength;
import org.apache.spark.sql.catalyst.expressions.InputFileBlockStart;
import org.apache.spark.sql.catalyst.expressions.InputFileName;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Refuses asof() wherever it does not make sense, at the end of analysis: anywhere but as a
 * top-level conjunct of a join's ON clause, twice in one clause, and in joins that cannot be as-of
 * joins. What passes is what {@link NormalizeAsOfJoin} can rewrite.
 */
final class CheckAsOf extends AbstractFunction1<LogicalPlan, BoxedUnit> {
  private static final List<Class<? extends Expression>> INPUT_FILE =
      List.of(InputFileName.class, InputFileBlockStart.class, InputFileBlockLength.class);

  @Override
  public BoxedUnit apply(LogicalPlan plan) {
    PlanTraversal.visit(plan, CheckAsOf::check);
    return BoxedUnit.UNIT;
  }

  private static void check(LogicalPlan node) {
    find(node, AsOfUsing.class)
        .ifPresent(
            using -> {
              throw AsOfErrors.misplaced(using);
            });
    find(node, AsOfPredicate.class).ifPresent(asOf -> check(node, asOf));
    checkInputFile(node);
  }

  /** Left rows are read ahead of the join: the file that is being read is not theirs then. */
  private static void checkInputFile(LogicalPlan node) {
    for (Class<? extends Expression> type : INPUT_FILE) {
      Optional<? extends Expression> found = find(node, type);
      if (found.isPresent() && isAboveAsOf(node)) {
        throw AsOfErrors.inputFile(found.get());
      }
    }
  }

  private static boolean isAboveAsOf(LogicalPlan node) {
    return ScalaCollections.list(node.children()).stream()
        .anyMatch(child -> find(child, AsOfPredicate.class).isPresent() || isAboveAsOf(child));
  }

  private static void check(LogicalPlan node, AsOfPredicate asOf) {
    if (!(node instanceof Join join)) {
      throw AsOfErrors.misplaced(asOf);
    }
    checkJoinType(join, asOf);
    if (node.isStreaming()) {
      throw AsOfErrors.streaming(asOf);
    }
    checkUncorrelated(join, asOf);
    if (AsOfCondition.of(join).isEmpty()) {
      throw AsOfErrors.misplaced(asOf);
    }
  }

  private static void checkJoinType(Join join, AsOfPredicate asOf) {
    JoinType type = join.joinType();
    switch (type.sql()) {
      case "INNER", "LEFT OUTER", "LEFT SEMI", "LEFT ANTI" -> {}
      default -> throw AsOfErrors.joinType(asOf, type.sql());
    }
  }

  /** Spark cannot move a reference to an outer query through an operator it does not know. */
  private static void checkUncorrelated(LogicalPlan plan, AsOfPredicate asOf) {
    for (Expression expression : ScalaCollections.list(plan.expressions())) {
      PlanTraversal.find(expression, OuterReference.class::isInstance)
          .ifPresent(
              reference -> {
                throw AsOfErrors.correlated(asOf, reference.sql());
              });
    }
    for (LogicalPlan child : ScalaCollections.list(plan.children())) {
      checkUncorrelated(child, asOf);
    }
  }

  private static <T extends Expression> Optional<T> find(LogicalPlan node, Class<T> type) {
    for (Expression expression : ScalaCollections.list(node.expressions())) {
      Optional<Expression> found = PlanTraversal.find(expression, type::isInstance);
      if (found.isPresent()) {
        return found.map(type::cast);
      }
    }
    return Optional.empty();
  }
}
