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

import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A physical operator with one input, written in Java.
 *
 * <p>A subclass is public and has one public constructor whose arguments are those that {@link
 * #arguments} gives, in that order: Catalyst copies nodes by reflection. Arguments that hold
 * expressions are expressions, options or sequences of them, as Catalyst looks into nothing else.
 */
public abstract class JavaUnaryExec extends SparkPlan implements UnaryExecNode {
  private final SparkPlan child;
  private transient Seq<SparkPlan> children;

  protected JavaUnaryExec(SparkPlan child) {
    this.child = child;
  }

  /** The constructor's arguments, in order; the identity of this node. */
  protected abstract Object[] arguments();

  /** The same operator over another input. */
  protected abstract SparkPlan withChild(SparkPlan newChild);

  @Override
  public final SparkPlan child() {
    return child;
  }

  @Override
  public final Seq<SparkPlan> children() {
    if (children == null) {
      children = ScalaCollections.seq(child);
    }
    return children;
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    return UnaryExecNode.super.mapChildren(function);
  }

  @Override
  public final SparkPlan withNewChildInternal(SparkPlan newChild) {
    return withChild(newChild);
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return withChild(newChildren.head());
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
