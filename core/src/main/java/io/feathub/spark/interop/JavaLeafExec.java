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

import org.apache.spark.sql.execution.LeafExecNode;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A physical operator without inputs, written in Java. What {@link JavaUnaryExec} says of
 * constructors and arguments holds for it too.
 */
public abstract class JavaLeafExec extends SparkPlan implements LeafExecNode {

  /** The constructor's arguments, in order; the identity of this node. */
  protected abstract Object[] arguments();

  @Override
  public final Seq<SparkPlan> children() {
    return ScalaCollections.seq();
  }

  @Override
  public final SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> function) {
    return this;
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return this;
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
