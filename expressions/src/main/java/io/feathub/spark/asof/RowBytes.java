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
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The bytes of a row of these columns, as {@link TieOrder} compares them last: how the off switch
 * tells rows apart whose columns are equal or have no order.
 */
public final class RowBytes extends Expression implements CodegenFallback, Serializable {
  private final Seq<Expression> columns;
  private transient UnsafeProjection toRow;

  /** Public for Catalyst, which copies expressions by reflection. */
  public RowBytes(Seq<Expression> columns) {
    this.columns = columns;
  }

  @Override
  public Object eval(InternalRow input) {
    if (toRow == null) {
      toRow = UnsafeProjection.create(columns);
    }
    return toRow.apply(input).getBytes();
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Seq<Expression> children() {
    return columns;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new RowBytes(ScalaCollections.seq(ScalaCollections.list(newChildren)));
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return columns;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RowBytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowBytes that && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
