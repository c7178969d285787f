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
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code asof_using('k')} beside asof() in an ON clause: what remains of {@code ASOF JOIN .. USING
 * (k)} in the rewritten text. Never resolved, so that nothing above the join is before {@link
 * ResolveAsOfUsing} has replaced it.
 */
public final class AsOfUsing extends Expression {
  private final Seq<String> names;

  /** Public for Catalyst, which copies expressions by reflection. */
  public AsOfUsing(Seq<String> names) {
    this.names = names;
  }

  List<String> names() {
    return ScalaCollections.list(names);
  }

  @Override
  public boolean resolved() {
    return false;
  }

  @Override
  public String prettyName() {
    return AsOfFunctions.AS_OF_USING;
  }

  @Override
  public String sql() {
    return prettyName() + "('" + String.join("', '", names()) + "')";
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Object eval(InternalRow row) {
    throw new IllegalStateException(sql() + " was not resolved");
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw new IllegalStateException(sql() + " was not resolved");
  }

  @Override
  public Seq<Expression> children() {
    return ScalaCollections.seq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return this;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return names;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AsOfUsing;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsOfUsing that && names.equals(that.names);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
