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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code asof(l.ts >= r.ts)} in the ON clause of a join: keep of all right rows that satisfy the
 * rest of the condition only the one that is closest in time.
 *
 * <p>While Spark analyzes the query this is an ordinary Boolean predicate of an ordinary join, so
 * that aliases, self-joins, views and type coercion are Spark's own. It is never evaluated: {@link
 * CheckAsOf} refuses it in any place where {@link NormalizeAsOfJoin} does not turn the join into a
 * {@link FeathubAsOfJoin}.
 */
public final class AsOfPredicate extends Expression {
  private final Expression comparison;
  private final Option<Expression> tolerance;
  private final Option<Expression> tieBreak;
  private final boolean nearest;

  /**
   * Public for Catalyst, which copies expressions by reflection.
   *
   * @param comparison of the two times; for the nearest row {@code >=}, for its type coercion
   * @param tolerance null when evaluated means none
   * @param tieBreak decides between right rows of one time
   */
  public AsOfPredicate(
      Expression comparison,
      Option<Expression> tolerance,
      Option<Expression> tieBreak,
      boolean nearest) {
    this.comparison = comparison;
    this.tolerance = tolerance;
    this.tieBreak = tieBreak;
    this.nearest = nearest;
  }

  Expression comparison() {
    return comparison;
  }

  Optional<Expression> tolerance() {
    return ScalaCollections.optional(tolerance);
  }

  Optional<Expression> tieBreak() {
    return ScalaCollections.optional(tieBreak);
  }

  boolean isNearest() {
    return nearest;
  }

  @Override
  public Seq<Expression> children() {
    List<Expression> children = new ArrayList<>(List.of(comparison));
    tolerance().ifPresent(children::add);
    tieBreak().ifPresent(children::add);
    return ScalaCollections.seq(children);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new AsOfPredicate(
        newChildren.head(),
        tolerance.isDefined() ? Option.apply(newChildren.apply(1)) : tolerance,
        tieBreak.isDefined() ? Option.apply(newChildren.last()) : tieBreak,
        nearest);
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  /** Never folded away: {@code asof(true)} must reach the check that refuses it. */
  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public String prettyName() {
    return nearest ? AsOfFunctions.AS_OF_NEAREST : AsOfFunctions.AS_OF;
  }

  /** As it was written: the nearest row's two times are arguments of their own. */
  @Override
  public String sql() {
    List<Expression> written = new ArrayList<>(ScalaCollections.list(children()));
    if (nearest && !comparison.children().isEmpty()) {
      written.remove(0);
      written.addAll(0, ScalaCollections.list(comparison.children()));
    }
    List<String> arguments = written.stream().map(Expression::sql).toList();
    return prettyName() + "(" + String.join(", ", arguments) + ")";
  }

  @Override
  public Object eval(InternalRow row) {
    throw notPlanned();
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw notPlanned();
  }

  /** Whatever the user writes, {@link CheckAsOf} has seen it: this would be a bug of ours. */
  private IllegalStateException notPlanned() {
    return new IllegalStateException(sql() + " was not turned into an as-of join");
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int index) {
    return switch (index) {
      case 0 -> comparison;
      case 1 -> tolerance;
      case 2 -> tieBreak;
      default -> nearest;
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AsOfPredicate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsOfPredicate that
        && nearest == that.nearest
        && comparison.equals(that.comparison)
        && tolerance.equals(that.tolerance)
        && tieBreak.equals(that.tieBreak);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
