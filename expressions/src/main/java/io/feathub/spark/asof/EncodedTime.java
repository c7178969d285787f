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
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** A time as {@link TimeColumn} encodes it; null if the time is. */
public final class EncodedTime extends JavaExpression {

  /** Public for Catalyst. */
  public EncodedTime(Expression time) {
    super(List.of(time));
  }

  @Override
  protected Expression with(List<Expression> newChildren) {
    return new EncodedTime(newChildren.get(0));
  }

  @Override
  public Object eval(InternalRow input) {
    Object time = child(0).eval(input);
    return time == null
        ? null
        : TimeColumn.of(0, child(0).dataType()).read(new GenericInternalRow(new Object[] {time}));
  }

  @Override
  public DataType dataType() {
    return DataTypes.LongType;
  }

  @Override
  public boolean nullable() {
    return child(0).nullable();
  }
}
