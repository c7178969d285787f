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

import org.apache.spark.sql.catalyst.plans.logical.BinaryNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A logical operator with two inputs, written in Java.
 *
 * <p>A subclass is public and has one public constructor whose arguments are those that {@link
 * #arguments} gives, in that order: Catalyst copies nodes by reflection. Arguments that hold
 * expressions are expressions, options or sequences of them, as Catalyst looks into nothing else.
 */
public abstract class JavaBinaryNode extends LogicalPlan implements BinaryNode {
  private final LogicalPlan left;
  private final LogicalPlan right;
  private transient Seq<LogicalPlan> children;

  protected JavaBinaryNode(LogicalPlan left, LogicalPlan right) {
    this.left = left;
    this.right = right;
  }

  /** The constructor's arguments, in order; the identity of this node. */
  protected abstract Object[] arguments();

  /** The same operator over other inputs. */
  protected abstract LogicalPlan withChildren(LogicalPlan newLeft, LogicalPlan newRight);

  @Override
  public final LogicalPlan left() {
    return left;
  }

  @Override
  public final LogicalPlan right() {
    return right;
  }

  @Override
  public final Seq<LogicalPlan> children() {
    if (children == null) {
      children = ScalaCollections.seq(left, right);
    }
    return children;
  }

  @Override
  public final LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> function) {
    return BinaryNode.super.mapChildren(function);
  }

  @Override
  public final LogicalPlan withNewChildrenInternal(LogicalPlan newLeft, LogicalPlan newRight) {
    return withChildren(newLeft, newRight);
  }

  @Override
  public final LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return withChildren(newChildren.head(), newChildren.last());
  }

  @Override
  public final int productArity() {
    return arguments().length;
  }

  @Override
  public final Object productElement(int index) {
    return arguments()[index];
  }

  @Override
  public final boolean canEqual(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public final boolean equals(Object other) {
    return JavaNodes.equal(this, other);
  }

  @Override
  public final int hashCode() {
    return super.hashCode();
  }
}
