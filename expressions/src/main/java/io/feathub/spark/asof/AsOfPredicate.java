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
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
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
  private final Expression child;

  public AsOfPredicate(Expression child) {
    this.child = child;
  }

  Expression child() {
    return child;
  }

  @Override
  public Seq<Expression> children() {
    return ScalaCollections.seq(child);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new AsOfPredicate(newChildren.head());
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
    return AsOfFunctions.AS_OF;
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
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return child;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AsOfPredicate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsOfPredicate that && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
