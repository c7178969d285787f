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
package io.feathub.spark.features;

import io.feathub.spark.interop.ScalaCollections;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A value that depends on which of several rows of the same time comes first, and with it the
 * columns that decide that. The operator goes by the columns that reach it: as the value refers to
 * them, Spark does not prune them before, whichever columns of a view a query selects.
 */
final class RowOrderKept extends Expression {
  private final Seq<Expression> valueAndColumns;

  private RowOrderKept(Seq<Expression> valueAndColumns) {
    this.valueAndColumns = valueAndColumns;
  }

  static Column of(Column value, List<Column> columns) {
    List<Expression> children = new ArrayList<>();
    children.add(ExpressionUtils.expression(value));
    columns.forEach(column -> children.add(ExpressionUtils.expression(column)));
    return ExpressionUtils.column(new RowOrderKept(ScalaCollections.seq(children)));
  }

  private Expression value() {
    return valueAndColumns.head();
  }

  @Override
  public Seq<Expression> children() {
    return valueAndColumns;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new RowOrderKept(newChildren);
  }

  @Override
  public DataType dataType() {
    return value().dataType();
  }

  @Override
  public boolean nullable() {
    return value().nullable();
  }

  @Override
  public Object eval(InternalRow row) {
    return value().eval(row);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return value().genCode(context);
  }

  @Override
  public String prettyName() {
    return "in_order_of";
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int index) {
    return valueAndColumns;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RowOrderKept;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowOrderKept that && valueAndColumns.equals(that.valueAndColumns);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
