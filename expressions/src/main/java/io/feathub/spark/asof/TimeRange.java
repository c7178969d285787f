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
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The number of the range that a time is in: how many bounds are not after it. Null if the time is;
 * 0 without bounds.
 */
public final class TimeRange extends JavaExpression {

  /**
   * Public for Catalyst.
   *
   * @param time as {@link EncodedTime} gives it
   * @param bounds doubles, ascending. Both sides of a join compare with the same ones, so that it
   *     does not matter what rounding a time to a double loses.
   */
  public TimeRange(Expression time, Expression bounds) {
    super(List.of(time, bounds));
  }

  @Override
  protected Expression with(List<Expression> newChildren) {
    return new TimeRange(newChildren.get(0), newChildren.get(1));
  }

  @Override
  public Object eval(InternalRow input) {
    Object time = child(0).eval(input);
    Object bounds = child(1).eval(input);
    if (time == null) {
      return null;
    }
    return bounds == null ? 0 : rangeOf((double) (long) time, (ArrayData) bounds);
  }

  private static int rangeOf(double time, ArrayData bounds) {
    int low = 0;
    int high = bounds.numElements();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds.getDouble(middle) <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public DataType dataType() {
    return DataTypes.IntegerType;
  }

  @Override
  public boolean nullable() {
    return child(0).nullable();
  }
}
