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

import io.feathub.spark.interop.JavaExpression;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The bytes of a row of these columns, as {@link TieOrder} compares them last: how the off switch
 * tells rows apart whose columns are equal or have no order.
 */
public final class RowBytes extends JavaExpression {
  private transient UnsafeProjection toRow;

  /** Public for Catalyst. */
  public RowBytes(List<? extends Expression> columns) {
    super(columns);
  }

  @Override
  protected Expression with(List<Expression> newChildren) {
    return new RowBytes(newChildren);
  }

  @Override
  public Object eval(InternalRow input) {
    if (toRow == null) {
      toRow = UnsafeProjection.create(children());
    }
    // A copy: the projection's buffer may be the very array, and is that of the next row as well.
    return toRow.apply(input).copy().getBytes();
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public boolean nullable() {
    return false;
  }
}
