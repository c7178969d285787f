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

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Sorts what stands in an ON clause beside the times by the side that it reads. */
final class PairConditions {
  private final LogicalPlan left;
  private final LogicalPlan right;
  private final List<AsOfCondition.Key> keys = new ArrayList<>();
  private final List<Expression> leftOnly = new ArrayList<>();
  private final List<Expression> rightOnly = new ArrayList<>();
  private final List<Expression> both = new ArrayList<>();

  PairConditions(LogicalPlan left, LogicalPlan right) {
    this.left = left;
    this.right = right;
  }

  List<AsOfCondition.Key> keys() {
    return List.copyOf(keys);
  }

  /** Those that read the left side alone, or no side. */
  List<Expression> leftOnly() {
    return List.copyOf(leftOnly);
  }

  List<Expression> rightOnly() {
    return List.copyOf(rightOnly);
  }

  /** Those that read both and are no keys. */
  List<Expression> both() {
    return List.copyOf(both);
  }

  void add(Expression conjunct) {
    Optional<AsOfCondition.Key> key = key(conjunct);
    if (key.isPresent()) {
      keys.add(key.get());
    } else if (readsBoth(conjunct)) {
      both.add(conjunct);
    } else {
      (reads(conjunct, right) ? rightOnly : leftOnly).add(conjunct);
    }
  }

  boolean readsBoth(Expression expression) {
    return reads(expression, left) && reads(expression, right);
  }

  /** Whether an expression reads columns, all of them the left side's. */
  boolean isLeft(Expression expression) {
    return readsOnly(expression, left);
  }

  /** Whether an expression reads columns, all of them the right side's. */
  boolean isRight(Expression expression) {
    return readsOnly(expression, right);
  }

  Optional<AsOfCondition.Key> key(Expression conjunct) {
    boolean nullSafe = conjunct instanceof EqualNullSafe;
    if (!nullSafe && !(conjunct instanceof EqualTo)) {
      return Optional.empty();
    }
    Expression first = conjunct.children().head();
    Expression second = conjunct.children().last();
    if (isLeft(first) && isRight(second)) {
      return Optional.of(new AsOfCondition.Key(first, second, nullSafe));
    }
    return isRight(first) && isLeft(second)
        ? Optional.of(new AsOfCondition.Key(second, first, nullSafe))
        : Optional.empty();
  }

  private static boolean reads(Expression expression, LogicalPlan side) {
    return !ScalaCollections.list(expression.references().intersect(side.outputSet()).toSeq())
        .isEmpty();
  }

  private static boolean readsOnly(Expression expression, LogicalPlan side) {
    return !ScalaCollections.list(expression.references().toSeq()).isEmpty()
        && expression.references().subsetOf(side.outputSet());
  }
}
