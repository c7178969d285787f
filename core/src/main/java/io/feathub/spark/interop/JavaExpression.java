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
package io.feathub.spark.interop;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An expression in Java that is evaluated as it is, without generated code, and is told apart from
 * others by its class and children.
 */
public abstract class JavaExpression extends Expression implements CodegenFallback, Serializable {
  private final Seq<Expression> children;

  protected JavaExpression(List<? extends Expression> children) {
    this.children = ScalaCollections.seq(children);
  }

  /** The same expression of other children. */
  protected abstract Expression with(List<Expression> newChildren);

  protected final Expression child(int index) {
    return children.apply(index);
  }

  @Override
  public final Seq<Expression> children() {
    return children;
  }

  @Override
  public final Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return with(ScalaCollections.list(newChildren));
  }

  @Override
  public final ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public final int productArity() {
    return children.size();
  }

  @Override
  public final Object productElement(int index) {
    return children.apply(index);
  }

  @Override
  public final boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final boolean equals(Object other) {
    return canEqual(other) && children.equals(((JavaExpression) other).children);
  }

  @Override
  public final int hashCode() {
    return super.hashCode();
  }
}
